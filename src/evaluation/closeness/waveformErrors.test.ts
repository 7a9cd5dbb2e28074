import { describe, expect, test } from "vitest";
import { otherWaveRows, rowsFrom, waveRows } from "../../testing/signalRows.ts";
import { closeness } from "./measure.ts";
import {
  nearestError,
  nearestNormalised,
  nearestPercentage,
  percentageDifference,
  rootMeanSquareError,
} from "./waveformErrors.ts";

describe("errors of a pair of waveforms", () => {
  test("are counted by hand", () => {
    expect(rootMeanSquareError([1, 2, 3, 4], [1, 4, 3, 0])).toBe(Math.sqrt((4 + 16) / 4));
    // √(25 / 25) and √(1 / 25)
    expect(percentageDifference([3, 4], [0, 0])).toBe(100);
    expect(percentageDifference([3, 4], [3, 5])).toBeCloseTo(20, 12);
    // About the mean 3.5 the reference has power 1/2 only.
    expect(percentageDifference([3, 4], [3, 5], "mean")).toBeCloseTo(100 * Math.SQRT2, 12);
  });

  test("have no percentage of a reference without power, and need equal lengths", () => {
    expect(percentageDifference([0, 0], [1, 1])).toBeNull();
    expect(percentageDifference([2, 2], [1, 1], "mean")).toBeNull();
    expect(() => rootMeanSquareError([1], [1, 2])).toThrow(RangeError);
  });
});

describe("errors against the nearest real row", () => {
  // numpy 2, scipy 1.17: cdist
  test("are numpy's", () => {
    expect(closeness(nearestError, waveRows, otherWaveRows, 100)).toBeCloseTo(0.4551445664846199, 6);
    expect(closeness(nearestPercentage, waveRows, otherWaveRows, 100)).toBeCloseTo(60.14068839893887, 4);
    expect(closeness(nearestNormalised, waveRows, otherWaveRows, 100)).toBeCloseTo(246.21423974842128, 3);
  });

  test("are 0 for copies, even of a single row", () => {
    const collapsed = rowsFrom([
      Array.from(waveRows.values.subarray(0, 3)),
      Array.from(waveRows.values.subarray(0, 3)),
    ]);
    expect(closeness(nearestError, collapsed, waveRows, 100)).toBe(0);
  });

  test("do not exist as a percentage of flat rows", () => {
    const flat = rowsFrom([
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(closeness(nearestPercentage, waveRows, flat, 100)).toBeNull();
  });
});
