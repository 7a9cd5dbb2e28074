import { describe, expect, test } from "vitest";
import { createRandom } from "../../signal/random.ts";
import { gaussian, gridPoints, plainBeat } from "./beat.ts";
import { addBeat, addGaussian } from "./fastBeat.ts";
import { plainRecording } from "./plainRecording.ts";
import { planOf } from "./plan.ts";
import { simulateBatch } from "./recording.ts";
import { tableA1 } from "./tableA1.ts";

const grid = Float64Array.from({ length: gridPoints }, (_, index) => index / gridPoints);

function fastBeat(packed: ArrayLike<number>): Float64Array {
  const samples = new Float64Array(gridPoints);
  addBeat(samples, 0, gridPoints, packed, 0, gridPoints);
  return samples;
}

function worstDifference(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let worst = 0;
  for (let index = 0; index < one.length; index++) {
    worst = Math.max(worst, Math.abs(one[index] - other[index]));
  }
  return worst;
}

describe("a wave", () => {
  test("has the standard deviation, not the variance, as its width", () => {
    // e^(−1/2) one width from the centre, e^(−2) two widths from it.
    expect(gaussian(0.5, 2, 0.1, 0.4)).toBeCloseTo(2 * Math.exp(-0.5), 12);
    expect(gaussian(0.6, 2, 0.1, 0.4)).toBeCloseTo(2 * Math.exp(-2), 12);
    expect(gaussian(0.4, 2, 0.1, 0.4)).toBe(2);
  });

  test("is the same for a negative width, and a spike for a width of zero", () => {
    expect(gaussian(0.5, 2, -0.1, 0.4)).toBe(gaussian(0.5, 2, 0.1, 0.4));
    expect(gaussian(0.4, 2, 0, 0.4)).toBe(2);
    expect(gaussian(0.402, 2, 0, 0.4)).toBeCloseTo(0, 12);
  });
});

describe("the fast beat equals the plain formula", () => {
  test("within 1e-5 on 5,000 beats far beyond what Table A.1 draws", () => {
    const random = createRandom(1);
    let worst = 0;
    for (let count = 0; count < 5000; count++) {
      const packed = Object.values(tableA1).flatMap(({ amplitude, width, shift }) => [
        amplitude.base + 2 * amplitude.recordingSd * random.normal(),
        width.base + 2 * width.recordingSd * random.normal(),
        shift.base + 0.3 * random.normal(),
      ]);
      worst = Math.max(worst, worstDifference(fastBeat(packed), plainBeat(packed, grid)));
    }
    expect(worst).toBeLessThan(1e-5);
  });

  test.each([
    ["zero widths", [0.3, 0, 0.2, -0.1, 0, 0.3, 1.5, 0, 0.345, -0.5, 0, 0.44, 0.45, 0, 0.59]],
    [
      "tiny widths",
      [0.3, 1e-5, 0.2001, -0.1, -1e-4, 0.3, 1.5, 2e-4, 0.3453, -0.5, 1e-3, 0.44, 1, 3e-4, 0.59],
    ],
    ["huge widths", [3, 5, 0.2, -4, -20, 0.3, 1.5, 100, 0.345, -0.5, 1e4, 0.44, 0.45, 0.9, 0.59]],
    ["centres outside", [3, 0.2, -0.7, -4, 0.3, 1.6, 1.5, 0.01, -0.001, -0.5, 0.1, 1, 5, 0.25, 1.5]],
    ["no amplitude", [0, 0.1, 0.2, 0, 0.1, 0.3, 0, 0, 0.345, 0, 0.1, 0.44, 0, 0.1, 0.59]],
  ])("within 1e-5 with %s", (_name, packed) => {
    const fast = fastBeat(packed);
    expect(fast.every(Number.isFinite)).toBe(true);
    expect(worstDifference(fast, plainBeat(packed, grid))).toBeLessThan(1e-5);
  });

  test("and touches nothing outside the range that it is given", () => {
    const samples = new Float64Array(100);
    addGaussian(samples, 40, 60, 1, 50, 30);
    expect(samples.findIndex((value) => value !== 0)).toBe(40);
    expect(samples.findLastIndex((value) => value !== 0)).toBe(59);
  });
});

describe("a whole recording", () => {
  test.each([
    [500, 10],
    [250, 10],
    [360, 7],
  ])("made fast equals the one made plainly within 1e-5 (%d Hz, %d s)", (samplingFrequency, duration) => {
    const request = {
      preset: "paper",
      rhythm: "normal",
      overrides: {},
      seed: 100,
      variation: "drawn",
      duration,
      samplingFrequency,
    } as const;
    const [count, length] = [40, duration * samplingFrequency];
    const fast = simulateBatch(request, count);
    const plan = planOf(request);
    for (let index = 0; index < count; index++) {
      const plain = plainRecording(plan, request.seed + index, length, samplingFrequency);
      expect(worstDifference(fast.subarray(index * length, (index + 1) * length), plain)).toBeLessThan(1e-5);
    }
  });
});
