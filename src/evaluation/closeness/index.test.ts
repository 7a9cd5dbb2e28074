import { describe, expect, test } from "vitest";
import { beatRows, noisy } from "../../testing/signalRows.ts";
import { type ClosenessKey, closenessMeasures } from "./index.ts";
import { type ClosenessMeasure, closeness } from "./measure.ts";
import { rowsAt, type SignalRows } from "./signalRows.ts";

const samplingFrequency = 100;
const real = beatRows(60, 1);
const fair = beatRows(60, 2);
const measures = Object.entries<ClosenessMeasure>(closenessMeasures);

/** How far a value lies from what is best: smaller is better. */
function badness({ better }: ClosenessMeasure, value: number): number {
  if (better === "lower") return value;
  return better === "higher" ? -value : Math.abs(Math.log(Math.max(value, 1e-12)));
}

/** The value, which must exist. */
function measured(measure: ClosenessMeasure, synthetic: SignalRows, against = real): number {
  return closeness(measure, synthetic, against, samplingFrequency) ?? Number.NaN;
}

describe.each(measures)("%s", (key, measure) => {
  test("says what it is", () => {
    expect(measure.title.length).toBeGreaterThan(3);
    expect(measure.says).toMatch(/^[A-Z].{40,}\.$/);
    expect(measure.paper).toMatch(/\b(19|20)\d\d\b/);
    expect(measure.range[0]).toBeLessThan(measure.range[1]);
    expect(measure.leastRows).toBeGreaterThanOrEqual(1);
    expect(measure.mostRows(216)).toBeGreaterThanOrEqual(100);
  });

  test("has a value within its range that no order of the rows changes", () => {
    const value = measured(measure, fair);
    expect(value).toBeGreaterThanOrEqual(measure.range[0]);
    expect(value).toBeLessThanOrEqual(measure.range[1]);
    const backwards = rowsAt(
      fair,
      Array.from({ length: fair.count }, (_, row) => fair.count - 1 - row),
    );
    expect(measured(measure, backwards)).toBeCloseTo(value, 8);
  });

  test("gets worse with noise, step by step", () => {
    // Beyond it a discrepancy of one bandwidth has reached its end: all kernels are 0.
    const values = [0, 0.1, 0.2].map((noise) => badness(measure, measured(measure, noisy(fair, noise))));
    if (key === "recall") {
      // Synthetic balls grow with the noise, as Naeem et al. criticise: recall is no measure of noise.
      expect(values.every(Number.isFinite)).toBe(true);
      return;
    }
    values.slice(1).forEach((value, step) => {
      expect(value).toBeGreaterThanOrEqual(values[step]);
    });
    expect(values[2]).toBeGreaterThan(values[0]);
  });
});

const zeroForCopies: ClosenessKey[] = [
  "mixtureDiscrepancy",
  "energy",
  "frechet",
  "slicedTransport",
  "spectralShare",
  "spectralDivergence",
  "logSpectral",
  "autocorrelationGap",
  "amplitudeShift",
  "amplitudeGap",
  "marginalGap",
  "skewnessGap",
  "kurtosisGap",
  "nearestError",
  "nearestPercentage",
  "nearestNormalised",
  "nearestWarped",
  "nearestSoftWarped",
  "nearestWalk",
];

test.each(zeroForCopies)("%s is 0 for the real rows themselves", (key) => {
  expect(measured(closenessMeasures[key], real)).toBeCloseTo(0, 6);
});

const symmetric: ClosenessKey[] = [
  "mixtureDiscrepancy",
  "energy",
  "slicedTransport",
  "spectralShare",
  "spectralDivergence",
  "logSpectral",
  "autocorrelationGap",
  "amplitudeShift",
  "amplitudeGap",
  "skewnessGap",
  "kurtosisGap",
];

test.each(symmetric)("%s is the same either way round", (key) => {
  const measure = closenessMeasures[key];
  expect(measured(measure, fair)).toBeCloseTo(measured(measure, real, fair), 10);
});

describe("a closeness measure refuses", () => {
  const measure = closenessMeasures.energy;
  test("a set of one row, rows of other lengths, and numbers that are not finite", () => {
    expect(() => measured(measure, rowsAt(fair, [0]))).toThrow(/1 rows of 72 samples/);
    expect(() => measured(measure, beatRows(60, 1, { length: 60 }))).toThrow(/60 samples cannot be compared/);
    const broken = { ...fair, values: fair.values.with(7, Number.NaN) };
    expect(() => measured(measure, broken)).toThrow(RangeError);
    expect(() => measured(measure, { ...fair, count: 61 })).toThrow(RangeError);
  });
});
