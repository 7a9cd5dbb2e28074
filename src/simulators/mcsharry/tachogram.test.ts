import { describe, expect, test } from "vitest";
import { createRandom } from "../../signal/random.ts";
import { intervalAt, type TachogramParameters, tachogram } from "./tachogram.ts";

const parameters: TachogramParameters = {
  heartRateMean: 60,
  heartRateSd: 1,
  lfHfRatio: 0.5,
  lowFrequency: 0.1,
  highFrequency: 0.25,
};

/** Power between two frequencies, by the sum that defines the periodogram. */
function power(intervals: Float64Array, samplingFrequency: number, from: number, to: number): number {
  const { length } = intervals;
  const resolution = samplingFrequency / length;
  let sum = 0;
  for (let line = Math.ceil(from / resolution); line <= to / resolution; line++) {
    let [real, imaginary] = [0, 0];
    intervals.forEach((value, index) => {
      real += value * Math.cos((2 * Math.PI * line * index) / length);
      imaginary += value * Math.sin((2 * Math.PI * line * index) / length);
    });
    sum += (real * real + imaginary * imaginary) / length ** 2;
  }
  return sum;
}

test.each([
  [60, 1, 10],
  [75, 3, 300],
  [180, 5, 3600],
])("has the mean and standard deviation of %i ± %i beats a minute over %i s", (mean, sd, seconds) => {
  const { intervals } = tachogram(
    { ...parameters, heartRateMean: mean, heartRateSd: sd },
    seconds,
    createRandom(1),
  );
  const average = intervals.reduce((sum, value) => sum + value, 0) / intervals.length;
  const variance = intervals.reduce((sum, value) => sum + (value - average) ** 2, 0) / intervals.length;
  expect(average).toBeCloseTo(60 / mean, 10);
  expect(Math.sqrt(variance)).toBeCloseTo((60 * sd) / mean ** 2, 10);
});

test.each([0.1, 0.5, 2, 8])("has the LF/HF ratio %f", (lfHfRatio) => {
  const { intervals, samplingFrequency } = tachogram({ ...parameters, lfHfRatio }, 256, createRandom(2));
  const ratio =
    power(intervals, samplingFrequency, 0.04, 0.15) / power(intervals, samplingFrequency, 0.15, 0.4);
  expect(ratio / lfHfRatio).toBeCloseTo(1, 3);
});

test("keeps its power within 4 widths of both peaks, wherever respiration is", () => {
  const { intervals, samplingFrequency } = tachogram(
    { ...parameters, highFrequency: 0.4 },
    256,
    createRandom(3),
  );
  const within =
    power(intervals, samplingFrequency, 0.06, 0.14) + power(intervals, samplingFrequency, 0.36, 0.44);
  // Both halves of the spectrum make up the variance.
  expect((2 * within) / (1 / 60) ** 2).toBeCloseTo(1, 3);
});

test("is repeated by its seed, and changed by another", () => {
  const one = tachogram(parameters, 256, createRandom(4));
  expect(tachogram(parameters, 256, createRandom(4))).toEqual(one);
  expect(tachogram(parameters, 256, createRandom(5))).not.toEqual(one);
});

test("is constant where the heart rate does not vary", () => {
  const { intervals } = tachogram({ ...parameters, heartRateSd: 0 }, 256, createRandom(6));
  expect(intervals.every((value) => value === 1)).toBe(true);
});

describe("the interval at a time", () => {
  const steps = { intervals: Float64Array.of(1, 2, 4), samplingFrequency: 2 };

  test.each([
    [0, 1],
    [0.5, 2],
    [0.625, 2.5],
    [1.25, 2.5],
    [1.5, 1],
    [-0.5, 4],
    [-3.875, 2.5],
  ])("at %f s is %f s: linear, and periodic", (time, expected) => {
    expect(intervalAt(steps, time)).toBeCloseTo(expected, 12);
  });
});
