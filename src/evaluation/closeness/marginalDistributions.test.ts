import { describe, expect, test } from "vitest";
import { rowsFrom } from "../../testing/signalRows.ts";
import { marginalGap } from "./marginalDistributions.ts";
import { closeness } from "./measure.ts";

const real = rowsFrom([
  [0, 5],
  [1, 5],
  [0, 6],
  [1, 6],
]);

describe("the distance of the amplitudes instant by instant", () => {
  test("is counted by hand", () => {
    // At the first instant a quarter must change from 0 to 1; at the second all lie where half of the real ones do.
    const synthetic = rowsFrom([
      [0, 5],
      [0, 5],
      [0, 5],
      [1, 5],
    ]);
    expect(closeness(marginalGap, synthetic, real, 100)).toBeCloseTo((0.25 + 0.5) / 2, 12);
  });

  test("is 0 where only the combinations differ, and 1 beyond all real amplitudes", () => {
    const swapped = rowsFrom([
      [0, 5],
      [0, 5],
      [1, 6],
      [1, 6],
    ]);
    expect(closeness(marginalGap, swapped, real, 100)).toBe(0);
    const far = rowsFrom([
      [-1, 9],
      [7, -3],
    ]);
    expect(closeness(marginalGap, far, real, 100)).toBe(1);
  });
});
