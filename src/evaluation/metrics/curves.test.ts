import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { agreementAt, averagePrecision, rocArea } from "./classification.ts";
import {
  operatingPointAtSpecificity,
  precisionRecallCurve,
  rocCurve,
  sensitivityAtSpecificity,
} from "./curves.ts";

/** The example of scikit-learn's manual for `roc_curve` and `precision_recall_curve`. */
const truths = [false, false, true, true];
const scores = [0.1, 0.4, 0.35, 0.8];

const drawn = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.boolean()), { minLength: 1, maxLength: 40 })
  .map((pairs) => ({ scores: pairs.map(([score]) => score), truths: pairs.map(([, truth]) => truth) }));

describe("the receiver operating characteristic", () => {
  test("of the manual's example", () => {
    const points = rocCurve(scores, truths);
    expect(points?.map(({ threshold }) => threshold)).toEqual([
      Number.POSITIVE_INFINITY,
      0.8,
      0.4,
      0.35,
      0.1,
    ]);
    expect(points?.map(({ falsePositiveRate }) => falsePositiveRate)).toEqual([0, 0, 0.5, 0.5, 1]);
    expect(points?.map(({ truePositiveRate }) => truePositiveRate)).toEqual([0, 0.5, 0.5, 1, 1]);
  });

  test("decides equal scores together", () => {
    const points = rocCurve([1, 1, 1, 0], [true, false, true, false]);
    expect(points).toEqual([
      { threshold: Number.POSITIVE_INFINITY, falsePositiveRate: 0, truePositiveRate: 0 },
      { threshold: 1, falsePositiveRate: 0.5, truePositiveRate: 1 },
      { threshold: 0, falsePositiveRate: 1, truePositiveRate: 1 },
    ]);
  });

  test("does not exist where a class is absent", () => {
    expect(rocCurve([], [])).toBeNull();
    expect(rocCurve([1, 2], [true, true])).toBeNull();
    expect(rocCurve([1, 2], [false, false])).toBeNull();
  });

  test("never falls, and has below it the area that counting pairs gives", () => {
    fc.assert(
      fc.property(drawn, (cases) => {
        const points = rocCurve(cases.scores, cases.truths);
        if (points === null) return;
        let area = 0;
        for (let index = 1; index < points.length; index++) {
          const width = points[index].falsePositiveRate - points[index - 1].falsePositiveRate;
          const rise = points[index].truePositiveRate - points[index - 1].truePositiveRate;
          expect(Math.min(width, rise)).toBeGreaterThanOrEqual(0);
          area += width * (points[index].truePositiveRate - rise / 2);
        }
        expect(area).toBeCloseTo(rocArea(cases.scores, cases.truths) ?? Number.NaN, 10);
        expect(points.at(-1)).toMatchObject({ falsePositiveRate: 1, truePositiveRate: 1 });
      }),
      { seed: 3, numRuns: 200 },
    );
  });
});

describe("precision and recall", () => {
  test("of the manual's example", () => {
    const points = precisionRecallCurve(scores, truths);
    expect(points?.map(({ threshold }) => threshold)).toEqual([0.1, 0.35, 0.4, 0.8, null]);
    expect(points?.map(({ precision }) => precision)).toEqual([0.5, 2 / 3, 0.5, 1, 1]);
    expect(points?.map(({ recall }) => recall)).toEqual([1, 1, 0.5, 0.5, 0]);
  });

  test("exist without negatives, and not without positives", () => {
    expect(precisionRecallCurve([1, 1], [true, true])).toEqual([
      { threshold: 1, precision: 1, recall: 1 },
      { threshold: null, precision: 1, recall: 0 },
    ]);
    expect(precisionRecallCurve([1, 2], [false, false])).toBeNull();
    expect(precisionRecallCurve([], [])).toBeNull();
  });

  test("are those of every threshold, and sum to the average precision", () => {
    fc.assert(
      fc.property(drawn, (cases) => {
        const points = precisionRecallCurve(cases.scores, cases.truths);
        if (points === null) return;
        let sum = 0;
        points.forEach(({ threshold, precision, recall }, index) => {
          if (threshold === null) return;
          expect(agreementAt(cases.scores, cases.truths, threshold)).toMatchObject({ precision, recall });
          sum += (recall - points[index + 1].recall) * precision;
        });
        expect(sum).toBeCloseTo(averagePrecision(cases.scores, cases.truths) ?? Number.NaN, 10);
      }),
      { seed: 4, numRuns: 200 },
    );
  });
});

describe("sensitivity at a specificity", () => {
  test("of the manual's example", () => {
    expect(sensitivityAtSpecificity(scores, truths, 1)).toBe(0.5);
    expect(sensitivityAtSpecificity(scores, truths, 0.51)).toBe(0.5);
    expect(operatingPointAtSpecificity(scores, truths, 0.5)).toEqual({
      threshold: 0.35,
      sensitivity: 1,
      specificity: 0.5,
    });
  });

  test("allows one false positive in ten at 0.9, and none where the highest score is negative", () => {
    const negatives = Array.from({ length: 10 }, (_, index) => index);
    const labels = [...negatives.map(() => false), true, true];
    expect(sensitivityAtSpecificity([...negatives, 8.5, 2.5], labels, 0.9)).toBe(0.5);
    expect(operatingPointAtSpecificity([...negatives, 8.5, 2.5], labels, 1)).toEqual({
      threshold: Number.POSITIVE_INFINITY,
      sensitivity: 0,
      specificity: 1,
    });
  });

  test("does not exist where a class is absent", () => {
    expect(sensitivityAtSpecificity([1], [true], 0.9)).toBeNull();
    expect(sensitivityAtSpecificity([], [], 0.9)).toBeNull();
  });

  test("falls as the specificity rises, which it keeps", () => {
    fc.assert(
      fc.property(drawn, fc.double({ min: 0, max: 1, noNaN: true }), (cases, specificity) => {
        const point = operatingPointAtSpecificity(cases.scores, cases.truths, specificity);
        if (point === null) return;
        expect(point.specificity).toBeGreaterThanOrEqual(specificity - 1e-9);
        const strict = sensitivityAtSpecificity(cases.scores, cases.truths, 1) ?? 0;
        expect(point.sensitivity).toBeGreaterThanOrEqual(strict);
      }),
      { seed: 5, numRuns: 200 },
    );
  });
});

test("what is no number is refused", () => {
  for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => rocCurve([0.1, wrong], [true, false])).toThrow(RangeError);
    expect(() => precisionRecallCurve([0.1, wrong], [true, false])).toThrow(RangeError);
  }
  expect(() => rocCurve([0.1], [true, false])).toThrow(RangeError);
  expect(() => sensitivityAtSpecificity([0.1, 0.2], [true, false], 1.1)).toThrow(RangeError);
  expect(() => sensitivityAtSpecificity([0.1, 0.2], [true, false], Number.NaN)).toThrow(RangeError);
});
