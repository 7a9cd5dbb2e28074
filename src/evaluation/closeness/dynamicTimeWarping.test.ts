import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { beatRows, rowsFrom } from "../../testing/signalRows.ts";
import {
  dynamicTimeWarping,
  mostWarpedRows,
  nearestByWarping,
  nearestWarped,
  warpedDistances,
} from "./dynamicTimeWarping.ts";
import { closeness } from "./measure.ts";
import { euclideanDistances } from "./pairDistances.ts";
import { finish } from "./work.ts";

const free = { band: 1 };

/** The least cost over all paths, tried one by one. */
function overAllPaths(one: readonly number[], other: readonly number[], row = 0, column = 0): number {
  const here = Math.abs(one[row] - other[column]);
  const next = [
    [1, 1],
    [1, 0],
    [0, 1],
  ]
    .map(([down, right]) => [row + down, column + right])
    .filter(([nextRow, nextColumn]) => nextRow < one.length && nextColumn < other.length)
    .map(([nextRow, nextColumn]) => overAllPaths(one, other, nextRow, nextColumn));
  return here + (next.length > 0 ? Math.min(...next) : 0);
}

describe("dynamic time warping", () => {
  test.each([
    // Every sample has an equal partner.
    [[0, 1, 2], [0, 0, 1, 2, 2], 0],
    // 1 meets 2, 3 meets 4; all others have equal partners.
    [[1, 2, 3], [2, 2, 2, 3, 4], 2],
    // One against all: |5 − 1| + |5 − 2| + |5 − 9|.
    [[5], [1, 2, 9], 11],
  ])("of %j and %j is counted by hand", (one, other, expected) => {
    expect(dynamicTimeWarping(one, other, free)).toBe(expected);
    expect(dynamicTimeWarping(other, one, free)).toBe(expected);
  });

  test("is the least over all paths", () => {
    const row = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(row, row, (one, other) => {
        expect(dynamicTimeWarping(one, other, free)).toBe(overAllPaths(one, other));
      }),
      { numRuns: 200 },
    );
  });

  test("without a band to move in compares sample by sample", () => {
    expect(dynamicTimeWarping([1, 5, 2, 7], [2, 2, 5, 7], { band: 0 })).toBe(1 + 3 + 3 + 0);
    expect(dynamicTimeWarping([1, 5, 2, 7], [2, 2, 5, 7], { band: 0, cost: "squared" })).toBe(1 + 9 + 9);
    // One place each way lets 5 find 5; 1 meets 2, and 2 meets 2 or 5.
    expect(dynamicTimeWarping([1, 5, 2, 7], [2, 2, 5, 7], { band: 0.25 })).toBe(
      overAllPaths([1, 5, 2, 7], [2, 2, 5, 7]),
    );
  });

  test("costs less with a wider band", () => {
    const { values, length } = beatRows(2, 5);
    const [one, other] = [values.subarray(0, length), values.subarray(length)];
    const costs = [0, 0.02, 0.05, 0.1, 1].map((band) => dynamicTimeWarping(one, other, { band }));
    expect(costs).toEqual([...costs].sort((first, second) => second - first));
    expect(costs[0]).toBeGreaterThan(costs[4]);
  });

  test("refuses an empty row and a band that is no share", () => {
    expect(() => dynamicTimeWarping([], [1])).toThrow(RangeError);
    expect(() => dynamicTimeWarping([1], [1], { band: 2 })).toThrow(RangeError);
  });
});

describe("warped distances", () => {
  const rows = beatRows(12, 4);

  test("of all pairs are those of single pairs, symmetric, 0 on the diagonal, and never above the error unwarped", () => {
    const warped = finish(warpedDistances(rows));
    const plain = finish(euclideanDistances(rows));
    for (let one = 0; one < rows.count; one++) {
      for (let other = 0; other < rows.count; other++) {
        const signal = (row: number) => rows.values.subarray(row * rows.length, (row + 1) * rows.length);
        const cost = dynamicTimeWarping(signal(one), signal(other), { cost: "squared" });
        expect(warped[one * rows.count + other]).toBeCloseTo(Math.sqrt(cost / rows.length), 12);
        expect(warped[one * rows.count + other]).toBe(warped[other * rows.count + one]);
        expect(warped[one * rows.count + other]).toBeLessThanOrEqual(
          plain[one * rows.count + other] / Math.sqrt(rows.length) + 1e-12,
        );
      }
      expect(warped[one * (rows.count + 1)]).toBe(0);
    }
  });

  test("find the nearest row, and are 0 on average for copies", () => {
    const set = rowsFrom([
      [0, 0, 3, 0],
      [0, 2, 2, 0],
      [5, 5, 5, 5],
    ]);
    expect(nearestByWarping([0, 2, 0, 0], set, free)).toEqual({ row: 1, cost: 0 });
    expect(closeness(nearestWarped, rows, rows, 100)).toBe(0);
    expect(closeness(nearestWarped, beatRows(12, 8), rows, 100)).toBeGreaterThan(0);
  });

  test("take as many rows as a few seconds allow", () => {
    // 216 samples, 21 each way: 216 · 43 cells a pair, and (2 n)² / 2 pairs.
    expect(2 * mostWarpedRows(216) ** 2 * 216 * 43).toBeLessThanOrEqual(5e8);
    expect(mostWarpedRows(216)).toBeGreaterThan(150);
    expect(mostWarpedRows(5000)).toBeLessThan(10);
  });
});
