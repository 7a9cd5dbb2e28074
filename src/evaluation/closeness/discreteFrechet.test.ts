import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rowsFrom } from "../../testing/signalRows.ts";
import { discreteFrechet, nearestWalk } from "./discreteFrechet.ts";
import { closeness } from "./measure.ts";

/** The least over all walks of their largest gap, tried one by one. */
function overAllWalks(one: readonly number[], other: readonly number[], row = 0, column = 0): number {
  const here = Math.abs(one[row] - other[column]);
  const next = [
    [1, 1],
    [1, 0],
    [0, 1],
  ]
    .map(([down, right]) => [row + down, column + right])
    .filter(([nextRow, nextColumn]) => nextRow < one.length && nextColumn < other.length)
    .map(([nextRow, nextColumn]) => overAllWalks(one, other, nextRow, nextColumn));
  return Math.max(here, next.length > 0 ? Math.min(...next) : 0);
}

describe("the discrete Fréchet distance", () => {
  test("is counted by hand, the same either way round", () => {
    expect(discreteFrechet([0, 1, 2], [0, 0, 1, 2, 2])).toBe(0);
    // 3 meets 4 at best.
    expect(discreteFrechet([1, 2, 3], [2, 2, 2, 3, 4])).toBe(1);
    expect(discreteFrechet([5], [1, 2, 9])).toBe(4);
    expect(discreteFrechet([1, 2, 9], [5])).toBe(4);
  });

  test("is the least over all walks", () => {
    const row = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(row, row, (one, other) => {
        expect(discreteFrechet(one, other)).toBe(overAllWalks(one, other));
      }),
      { numRuns: 200 },
    );
  });

  test("without a band to move in is the largest gap", () => {
    expect(discreteFrechet([1, 5, 2, 7], [2, 2, 5, 7], 0)).toBe(3);
    expect(() => discreteFrechet([1], [], 0.1)).toThrow(/empty/);
    expect(() => discreteFrechet([1], [1], 2)).toThrow(RangeError);
  });

  test("of the nearest real row is averaged", () => {
    const synthetic = rowsFrom([
      [0, 1],
      [5, 5],
    ]);
    const real = rowsFrom([
      [0, 2],
      [9, 9],
    ]);
    // 1 of the first pair, 4 of [5, 5] and [9, 9].
    expect(closeness(nearestWalk, synthetic, real, 100)).toBe((1 + 4) / 2);
  });
});
