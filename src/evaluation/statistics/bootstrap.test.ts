import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../signal/random.ts";
import { rocArea } from "../metrics/classification.ts";
import { meanDifferenceInterval, meanInterval, metricInterval } from "./bootstrap.ts";
import { drawCases, strataOf } from "./resampling.ts";

/** Every second case is positive. */
const scores = [
  0.13, 0.67, 0.64, 0.9, -0.54, 1.16, 1.3, 1.75, -0.7, -0.47, -0.62, 0.84, -2.33, 0.58, -1.25, 0.07, -0.54,
  0.48, 0.41, 1.84, -0.13, 2.17, -0.67, 1.15, 0.9, 0.89, -0.74, -0.12, -0.46, 1.02,
];
const truths = scores.map((_, index) => index % 2 === 1);

describe("the interval of a metric", () => {
  // scipy 1.17: stats.bootstrap((positives, negatives), area, n_resamples=60000, method=…, random_state=1)
  test.each([
    ["percentile", [0.6933, 0.9689]],
    ["bca", [0.6489, 0.9556]],
  ] as const)("by %s is scipy's", (method, [low, high]) => {
    const found = metricInterval({ scores, truths }, rocArea, { method, resamples: 20_000 });
    // sklearn 1.9: roc_auc_score
    expect(found.value).toBeCloseTo(0.8511111111111112, 12);
    expect(Math.abs((found.interval?.low ?? 0) - low)).toBeLessThan(0.008);
    expect(Math.abs((found.interval?.high ?? 0) - high)).toBeLessThan(0.008);
    expect(found.undefinedResamples).toBe(0);
  });

  test("is the same for the same seed, another for another, and wider for a higher level", () => {
    const at = (seed: number, level: number) =>
      metricInterval({ scores, truths }, rocArea, { seed, level }).interval;
    expect(at(1, 0.95)).toEqual(at(1, 0.95));
    expect(at(1, 0.95)).not.toEqual(at(2, 0.95));
    expect(at(1, 0.99)?.low).toBeLessThan(at(1, 0.9)?.low ?? 0);
  });

  test("does not exist without the metric", () => {
    const alike = truths.map(() => true);
    expect(metricInterval({ scores, truths: alike }, rocArea)).toEqual({
      value: null,
      interval: null,
      undefinedResamples: 0,
    });
  });

  test("counts the resamples of patients that lack a class, and is not given where there are many", () => {
    // Two patients of two: half of the resamples hold one of them alone.
    const groups = truths.map((truth) => (truth ? "ill" : "well"));
    const few = metricInterval({ scores, truths, groups }, rocArea, { resamples: 1000 });
    expect(few.interval).toBeNull();
    expect(few.undefinedResamples / 1000).toBeCloseTo(0.5, 1);
    // Ten patients, one of them without a positive.
    const mixed = truths.map((_, index) => Math.floor(index / 3));
    const many = metricInterval({ scores, truths, groups: mixed }, rocArea, { resamples: 1000 });
    expect(many.interval).not.toBeNull();
  });

  test("is a point where the classes are apart", () => {
    const found = metricInterval({ scores: [1, 2, 3, 4], truths: [false, false, true, true] }, rocArea);
    expect(found.interval).toEqual({ low: 1, high: 1 });
  });

  test("needs cases and finite scores", () => {
    expect(() => metricInterval({ scores: [], truths: [] }, rocArea)).toThrow(RangeError);
    expect(() => metricInterval({ scores: [1, Number.NaN], truths: [true, false] }, rocArea)).toThrow(
      RangeError,
    );
    expect(() => metricInterval({ scores: [1], truths: [true, false] }, rocArea)).toThrow(RangeError);
    expect(() => metricInterval({ scores, truths, groups: [1] }, rocArea)).toThrow(RangeError);
    expect(() => metricInterval({ scores, truths }, rocArea, { level: 1 })).toThrow(RangeError);
    expect(() => metricInterval({ scores, truths }, rocArea, { resamples: 10 })).toThrow(RangeError);
  });
});

test("resamples keep the number of either class, or whole patients", () => {
  const drawn = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 4 })), {
    minLength: 1,
    maxLength: 30,
  });
  fc.assert(
    fc.property(drawn, fc.nat(), (cases, seed) => {
      const labels = cases.map(([label]) => label);
      const groups = cases.map(([, group]) => group);
      const positives = (positions: readonly number[]) => positions.filter((index) => labels[index]).length;
      const alone = drawCases(strataOf({ truths: labels }), createRandom(seed));
      expect(alone).toHaveLength(labels.length);
      expect(positives(alone)).toBe(labels.filter(Boolean).length);
      const together = drawCases(strataOf({ truths: labels, groups }), createRandom(seed));
      const times = labels.map((_, index) => together.filter((position) => position === index).length);
      times.forEach((count, index) => {
        expect(count).toBe(times[groups.indexOf(groups[index])]);
      });
    }),
    { seed: 12, numRuns: 100 },
  );
});

describe("the interval of a mean over runs", () => {
  test("of Darwin's maize is Student's", () => {
    // scipy 1.17: stats.t.interval(0.95, 14, mean, stats.sem)
    const maize = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];
    const { interval, value } = meanInterval(maize);
    expect(value).toBeCloseTo(20.933333333333334, 12);
    expect(interval?.low).toBeCloseTo(0.031193318392979563, 8);
    expect(interval?.high).toBeCloseTo(41.83547334827369, 8);
  });

  test("of pairs is that of their differences, and turns with them", () => {
    const [baseline, candidate] = [
      [0.9, 0.91, 0.89, 0.9, 0.92],
      [0.92, 0.92, 0.93, 0.9, 0.93],
    ];
    const { value, interval } = meanDifferenceInterval(baseline, candidate);
    const turned = meanDifferenceInterval(candidate, baseline);
    expect(value).toBeCloseTo(0.016, 12);
    expect(turned.interval?.low).toBeCloseTo(-(interval?.high ?? 0), 12);
    expect(turned.interval?.high).toBeCloseTo(-(interval?.low ?? 0), 12);
  });

  test("of many values is near Student's where they are normal, and leans where they are skewed", () => {
    const random = createRandom(4);
    const normal = Array.from({ length: 40 }, () => random.normal());
    const { value, interval } = meanInterval(normal);
    const spread = Math.sqrt(normal.reduce((sum, x) => sum + (x - (value ?? 0)) ** 2, 0) / 39 / 40);
    expect((interval?.high ?? 0) - (value ?? 0)).toBeCloseTo(2.02 * spread, 1);
    const skewed = meanInterval(normal.map((x) => Math.exp(1.5 * x)));
    const reach = [skewed.interval?.low ?? 0, skewed.interval?.high ?? 0].map((limit) =>
      Math.abs(limit - (skewed.value ?? 0)),
    );
    expect(reach[1]).toBeGreaterThan(1.3 * reach[0]);
  });

  test("of equal values is a point", () => {
    expect(meanInterval([0.5, 0.5]).interval).toEqual({ low: 0.5, high: 0.5 });
    expect(meanInterval(new Array<number>(30).fill(0.5)).interval).toEqual({ low: 0.5, high: 0.5 });
  });

  test("needs two runs and finite numbers", () => {
    expect(() => meanInterval([1])).toThrow(RangeError);
    expect(() => meanInterval([1, Number.NaN])).toThrow(RangeError);
    expect(() => meanDifferenceInterval([1, 2], [1])).toThrow(RangeError);
    expect(() => meanDifferenceInterval([1, 2], [1, Number.POSITIVE_INFINITY])).toThrow(RangeError);
  });
});
