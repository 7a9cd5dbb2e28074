import { describe, expect, test } from "vitest";
import { beatRows, rowsFrom } from "../../testing/signalRows.ts";
import { wassersteinDistance } from "./distributionDistance.ts";
import { closeness } from "./measure.ts";
import { slicedTransport, unitDirections } from "./slicedWasserstein.ts";

describe("the sliced Wasserstein distance", () => {
  test("of single numbers is Wasserstein's own", () => {
    const [one, other] = [
      [0.5, 2, 3.25, 7],
      [1, 1.5, 4, 9.75],
    ];
    const found = closeness(
      slicedTransport,
      rowsFrom(one.map((value) => [value])),
      rowsFrom(other.map((value) => [value])),
      100,
    );
    expect(found).toBeCloseTo(wassersteinDistance(one, other), 10);
  });

  test("of a shift by 1 is the mean |Σ u| over unit vectors: √(2/π) where they are long", () => {
    const rows = beatRows(20, 1, { length: 216 });
    const shifted = { ...rows, values: rows.values.map((value) => value + 1) };
    const found = closeness(slicedTransport, shifted, rows, 360) ?? Number.NaN;
    // Of a hundred directions the mean has a standard deviation of 0.06.
    expect(Math.abs(found - Math.sqrt(2 / Math.PI))).toBeLessThan(0.18);
    const twice = { ...rows, values: rows.values.map((value) => value + 2) };
    expect(closeness(slicedTransport, twice, rows, 360)).toBeCloseTo(2 * found, 4);
  });

  test("looks along unit vectors", () => {
    const directions = unitDirections(5, 7, 3);
    for (let index = 0; index < 5; index++) {
      const squares = directions
        .subarray(7 * index, 7 * (index + 1))
        .reduce((sum, value) => sum + value ** 2, 0);
      expect(squares).toBeCloseTo(1, 12);
    }
    expect(unitDirections(5, 7, 3)).toEqual(directions);
    expect(unitDirections(5, 7, 4)).not.toEqual(directions);
  });
});
