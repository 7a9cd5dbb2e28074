import { describe, expect, test } from "vitest";
import { rowsFrom, waveRows } from "../../testing/signalRows.ts";
import { autocorrelation, autocorrelationGap } from "./autocorrelationDistance.ts";
import { closeness } from "./measure.ts";

describe("the autocorrelation", () => {
  test("of −1, 1, −1, 1 is −3/4, 2/4, −1/4", () => {
    const found = autocorrelation([4, 6, 4, 6], 3);
    [-0.75, 0.5, -0.25].forEach((expected, lag) => {
      expect(found[lag]).toBeCloseTo(expected, 12);
    });
  });

  // numpy 2: correlate(x − mean, x − mean, "full"), scaled
  test("of twelve numbers is numpy's", () => {
    const found = autocorrelation(waveRows.values.subarray(0, 12), 4);
    [-0.30027386, 0.34063812, -0.08715901, -0.17380767].forEach((expected, lag) => {
      expect(found[lag]).toBeCloseTo(expected, 7);
    });
  });

  test("of a flat signal is 0, and there are fewer lags than samples", () => {
    expect(autocorrelation([3, 3, 3], 2)).toEqual(new Float64Array(2));
    expect(() => autocorrelation([1, 2], 2)).toThrow(RangeError);
  });
});

test("the distance of the autocorrelations forgets scale and offset, and sees the order of samples", () => {
  const one = rowsFrom([
    [-1, 1, -1, 1],
    [1, -1, 1, -1],
  ]);
  const scaled = rowsFrom([
    [4, 6, 4, 6],
    [0, 9, 0, 9],
  ]);
  // 1/4, −2/4, −1/4 instead of −3/4, 2/4, −1/4: gaps of 1, 1 and 0.
  const slower = rowsFrom([
    [-1, -1, 1, 1],
    [1, 1, -1, -1],
  ]);
  expect(closeness(autocorrelationGap, scaled, one, 100)).toBeCloseTo(0, 12);
  expect(closeness(autocorrelationGap, slower, one, 100)).toBeCloseTo(2 / 3, 12);
  // At 2 Hz a second holds two lags.
  expect(closeness(autocorrelationGap, slower, one, 2)).toBeCloseTo(1, 12);
});
