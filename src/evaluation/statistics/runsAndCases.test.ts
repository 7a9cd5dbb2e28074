import { describe, expect, test } from "vitest";
import { createRandom } from "../../signal/random.ts";
import { rocArea } from "../metrics/classification.ts";
import { studentQuantile } from "./distributions.ts";
import { runsAndCasesInterval } from "./runsAndCases.ts";

const mean = (values: ArrayLike<number>) =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

describe("a difference over runs and cases", () => {
  test("of means of cases has the variance of the cases that the runs share", () => {
    // Every run differs by the same case-wise amounts 0, 1, 2, 3, and by luck of ± 0.1 for all cases at once.
    const truths = [true, true, true, true];
    const luck = [0.1, -0.1];
    const scores = {
      truths,
      baseline: luck.map(() => [0, 0, 0, 0]),
      candidate: luck.map((own) => [0, 1, 2, 3].map((value) => value + own)),
    };
    const found = runsAndCasesInterval(scores, mean, { resamples: 40_000 });
    expect(found.value).toBeCloseTo(1.5, 12);
    // s² / R = 0.02 / 2; the bootstrap's variance of a mean of n: Σ(x − x̄)² / n² = 5 / 16.
    expect(found.variance?.runs).toBeCloseTo(0.01, 12);
    expect(found.variance?.cases).toBeCloseTo(5 / 16, 2);
    const { runs, cases } = found.variance ?? { runs: 0, cases: 0 };
    const degrees = (runs + cases) ** 2 / (runs ** 2 / 1 + cases ** 2 / 3);
    expect(found.degreesOfFreedom).toBeCloseTo(degrees, 10);
    const reach = Math.sqrt(runs + cases) * studentQuantile(0.975, degrees);
    expect(found.interval?.low).toBeCloseTo(1.5 - reach, 10);
    expect(found.interval?.high).toBeCloseTo(1.5 + reach, 10);
  });

  test("leaves 0 out exactly where its p-value is below 1 − level", () => {
    const random = createRandom(6);
    const truths = Array.from({ length: 40 }, (_, index) => index % 2 === 0);
    for (let trial = 0; trial < 20; trial++) {
      const side = (signal: number) =>
        [0, 1, 2].map(() => truths.map((truth) => (truth ? signal : 0) + random.normal()));
      const scores = { truths, baseline: side(1), candidate: side(1.4) };
      const { interval, probability } = runsAndCasesInterval(scores, rocArea, { resamples: 100, level: 0.9 });
      const holdsZero = (interval?.low ?? 0) <= 0 && (interval?.high ?? 0) >= 0;
      expect(holdsZero).toBe((probability ?? 0) >= 0.1);
    }
  });

  test("of the same scores is 0", () => {
    const scores = {
      truths: [true, false, true],
      baseline: [
        [1, 2, 3],
        [3, 2, 1],
      ],
    };
    const found = runsAndCasesInterval({ ...scores, candidate: scores.baseline }, rocArea);
    expect(found).toMatchObject({ value: 0, interval: { low: 0, high: 0 }, probability: 1 });
  });

  test("does not exist without the metric, and counts resamples that lack it", () => {
    const side = [
      [1, 2, 3, 4],
      [1, 2, 4, 3],
    ];
    const alike = { truths: [true, true, true, true], baseline: side, candidate: side };
    expect(runsAndCasesInterval(alike, rocArea)).toMatchObject({ value: null, interval: null });
    const patients = { ...alike, truths: [true, true, false, false], groups: [1, 1, 2, 2] };
    const found = runsAndCasesInterval(patients, rocArea, { resamples: 1000 });
    expect(found).toMatchObject({ value: 0, interval: null, probability: null });
    expect(found.undefinedResamples).toBeGreaterThan(400);
  });

  test("needs two runs of as many cases", () => {
    const one = { truths: [true, false], baseline: [[1, 2]], candidate: [[1, 2]] };
    expect(() => runsAndCasesInterval(one, rocArea)).toThrow(RangeError);
    const uneven = {
      ...one,
      baseline: [[1, 2], [1]],
      candidate: [
        [1, 2],
        [1, 2],
      ],
    };
    expect(() => runsAndCasesInterval(uneven, rocArea)).toThrow(RangeError);
  });
});
