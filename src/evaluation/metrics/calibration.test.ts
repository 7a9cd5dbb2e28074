import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { brierScore, expectedCalibrationError, logLoss, reliabilityBins } from "./calibration.ts";

/** The example of scikit-learn's manual for `calibration_curve`. */
const truths = [false, false, false, false, true, true, true, true, true];
const probabilities = [0.1, 0.2, 0.3, 0.4, 0.65, 0.7, 0.8, 0.9, 1];

const drawn = fc
  .array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean()), { minLength: 1, maxLength: 60 })
  .map((pairs) => ({
    probabilities: pairs.map(([probability]) => probability),
    truths: pairs.map(([, truth]) => truth),
  }));

describe("reliability bins", () => {
  test("of the manual's example: observed 0, 0.5, 1 where 0.2, 0.525, 0.85 were predicted", () => {
    const bins = reliabilityBins(probabilities, truths, { bins: 3, kind: "width" });
    expect(bins.map(({ observed }) => observed)).toEqual([0, 0.5, 1]);
    [0.2, 0.525, 0.85].forEach((value, bin) => {
      expect(bins[bin].predicted).toBeCloseTo(value, 12);
    });
    expect(bins.map(({ count }) => count)).toEqual([3, 2, 4]);
  });

  test("with quantiles hold as many cases each", () => {
    // numpy.percentile of the example at thirds: 0.1, 0.3667, 0.7333, 1.
    const bins = reliabilityBins(probabilities, truths, { bins: 3, kind: "quantile" });
    expect(bins.map(({ count }) => count)).toEqual([3, 3, 3]);
    expect(bins[0].to).toBeCloseTo(0.3 + 0.1 * (2 / 3), 12);
    expect(bins[1].to).toBeCloseTo(0.7 + 0.1 / 3, 12);
    expect(bins.map(({ observed }) => observed)).toEqual([0, 2 / 3, 1]);
  });

  test("take an edge into the bin below it, and 0 into the first", () => {
    const bins = reliabilityBins([0, 0.5, 1], [false, true, true], { bins: 2, kind: "width" });
    expect(bins.map(({ count }) => count)).toEqual([2, 1]);
  });

  test("are empty where no prediction falls, also where all are equal", () => {
    const bins = reliabilityBins([0.3, 0.3, 0.3], [true, false, false], { bins: 4, kind: "quantile" });
    expect(bins.map(({ count }) => count)).toEqual([3, 0, 0, 0]);
    expect(bins[1]).toMatchObject({ predicted: null, observed: null });
    expect(reliabilityBins([], [])).toEqual([]);
  });

  test("hold every case once, inside their edges", () => {
    fc.assert(
      fc.property(drawn, fc.integer({ min: 1, max: 15 }), fc.boolean(), (cases, count, isWidth) => {
        const kind = isWidth ? "width" : "quantile";
        const bins = reliabilityBins(cases.probabilities, cases.truths, { bins: count, kind });
        expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(cases.probabilities.length);
        for (const { from, to, predicted } of bins) {
          if (predicted === null) continue;
          expect(predicted).toBeGreaterThanOrEqual(from - 1e-12);
          expect(predicted).toBeLessThanOrEqual(to + 1e-12);
        }
      }),
      { seed: 6, numRuns: 200 },
    );
  });
});

describe("the expected calibration error", () => {
  test("of the manual's example", () => {
    // 3/9 of |0 − 0.2|, 2/9 of |0.5 − 0.525|, 4/9 of |1 − 0.85|.
    const error = expectedCalibrationError(probabilities, truths, { bins: 3, kind: "width" });
    expect(error).toBeCloseTo((3 * 0.2 + 2 * 0.025 + 4 * 0.15) / 9, 12);
  });

  test("is the distance of the means with one bin, and 0 where certainty is right", () => {
    expect(expectedCalibrationError([0.2, 0.4], [true, false], { bins: 1, kind: "width" })).toBeCloseTo(
      0.2,
      12,
    );
    expect(expectedCalibrationError([0, 1, 1], [false, true, true])).toBe(0);
    expect(expectedCalibrationError([1, 1], [false, false])).toBe(1);
    expect(expectedCalibrationError([], [])).toBeNull();
  });

  test("is at least the distance of the means, whatever the bins", () => {
    fc.assert(
      fc.property(drawn, fc.integer({ min: 1, max: 15 }), (cases, bins) => {
        const all =
          expectedCalibrationError(cases.probabilities, cases.truths, { bins: 1, kind: "width" }) ?? 0;
        const fine = expectedCalibrationError(cases.probabilities, cases.truths, { bins, kind: "quantile" });
        expect(fine).toBeGreaterThanOrEqual(all - 1e-12);
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});

describe("proper scores", () => {
  test("of scikit-learn's examples", () => {
    // brier_score_loss([0, 1, 1, 0], [0.1, 0.9, 0.8, 0.3]) = 0.0375
    expect(brierScore([0.1, 0.9, 0.8, 0.3], [false, true, true, false])).toBeCloseTo(0.0375, 12);
    // log_loss(["spam", "ham", "ham", "spam"], …) = 0.21616…
    expect(logLoss([0.9, 0.1, 0.2, 0.65], [true, false, false, true])).toBeCloseTo(0.21616, 5);
  });

  test("of one half are those of a coin", () => {
    expect(brierScore([0.5, 0.5], [true, false])).toBe(0.25);
    expect(logLoss([0.5, 0.5], [true, false])).toBeCloseTo(Math.LN2, 15);
  });

  test("of wrong certainty stay finite, and do not exist without cases", () => {
    expect(brierScore([1], [false])).toBe(1);
    // −log 2⁻⁵²
    expect(logLoss([1], [false])).toBeCloseTo(52 * Math.LN2, 6);
    expect(logLoss([0], [true])).toBeCloseTo(52 * Math.LN2, 6);
    expect(brierScore([], [])).toBeNull();
    expect(logLoss([], [])).toBeNull();
  });

  test("are lowest at the share of the positives", () => {
    const labels = [true, true, true, false];
    const at = (probability: number) => labels.map(() => probability);
    for (const other of [0.6, 0.7, 0.8, 0.9]) {
      expect(brierScore(at(other), labels)).toBeGreaterThan(brierScore(at(0.75), labels) ?? 1);
      expect(logLoss(at(other), labels)).toBeGreaterThan(logLoss(at(0.75), labels) ?? 1);
    }
  });
});

test("what is no probability is refused", () => {
  for (const wrong of [Number.NaN, -0.1, 1.1]) {
    expect(() => reliabilityBins([wrong], [true])).toThrow(RangeError);
    expect(() => expectedCalibrationError([wrong], [true])).toThrow(RangeError);
    expect(() => brierScore([wrong], [true])).toThrow(RangeError);
    expect(() => logLoss([wrong], [true])).toThrow(RangeError);
  }
  expect(() => brierScore([0.5], [])).toThrow(RangeError);
  expect(() => reliabilityBins([0.5], [true], { bins: 0, kind: "width" })).toThrow(RangeError);
});
