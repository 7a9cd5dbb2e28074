import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { agreementAt, averagePrecision, bestThreshold, rocArea } from "./classification.ts";

/** The example of scikit-learn's manual for both areas: 0.83 and 0.75. */
const example = { labels: [false, false, true, true], scores: [0.1, 0.4, 0.35, 0.8] };

describe("areas under curves", () => {
  test("of the manual's example", () => {
    // Recall 1/2 at precision 1, recall 1 at precision 2/3: 1/2 + 1/3.
    expect(averagePrecision(example.scores, example.labels)).toBeCloseTo(5 / 6, 12);
    expect(rocArea(example.scores, example.labels)).toBe(0.75);
  });

  test("are 1 where classes are apart, and those of chance where all scores are equal", () => {
    const labels = [true, true, false, false, false];
    expect(averagePrecision([5, 4, 3, 2, 1], labels)).toBe(1);
    expect(rocArea([5, 4, 3, 2, 1], labels)).toBe(1);
    expect(averagePrecision([1, 1, 1, 1, 1], labels)).toBeCloseTo(0.4, 12);
    expect(rocArea([1, 1, 1, 1, 1], labels)).toBe(0.5);
    expect(rocArea([1, 2, 3, 4, 5], labels)).toBe(0);
  });

  test("do not exist where a class is absent", () => {
    expect(averagePrecision([1, 2], [false, false])).toBeNull();
    expect(rocArea([1, 2], [true, true])).toBeNull();
    expect(rocArea([], [])).toBeNull();
  });

  const drawn = fc.array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.boolean()), {
    minLength: 1,
    maxLength: 40,
  });

  test("agree with counting every pair, and every threshold", () => {
    fc.assert(
      fc.property(drawn, (pairs) => {
        const scores = pairs.map(([score]) => score);
        const labels = pairs.map(([, label]) => label);
        const of = (wanted: boolean) => scores.filter((_, index) => labels[index] === wanted);
        const [positive, negative] = [of(true), of(false)];
        let wins = 0;
        for (const one of positive) {
          for (const other of negative) wins += one > other ? 1 : one === other ? 0.5 : 0;
        }
        const area = rocArea(scores, labels);
        if (positive.length * negative.length === 0) expect(area).toBeNull();
        else expect(area).toBeCloseTo(wins / (positive.length * negative.length), 10);
        let [sum, before] = [0, 0];
        for (let threshold = 8; threshold >= 0; threshold--) {
          const { recall, precision } = agreementAt(scores, labels, threshold);
          if (recall === null || precision === null) continue;
          sum += (recall - before) * precision;
          before = recall;
        }
        const average = averagePrecision(scores, labels);
        if (positive.length > 0) expect(average).toBeCloseTo(sum, 10);
      }),
      { seed: 8, numRuns: 300 },
    );
  });

  test("do not change where scores are stretched", () => {
    const stretched = example.scores.map((score) => Math.exp(9 * score));
    expect(rocArea(stretched, example.labels)).toBe(rocArea(example.scores, example.labels));
  });
});

describe("decisions", () => {
  test("are counted, and rated where they can be", () => {
    expect(agreementAt(example.scores, example.labels, 0.4)).toEqual({
      truePositives: 1,
      falsePositives: 1,
      falseNegatives: 1,
      trueNegatives: 1,
      recall: 0.5,
      precision: 0.5,
      specificity: 0.5,
      f1: 0.5,
    });
    expect(agreementAt([0.1], [false], 0.5)).toMatchObject({ recall: null, precision: null, f1: 0 });
  });

  test("are best at the threshold with the highest F1", () => {
    // Above 0.35: two right, one too many: F1 = 4 / 5.
    expect(bestThreshold(example.scores, example.labels)).toBe(0.35);
    expect(bestThreshold([1, 2], [false, false])).toBe(Number.POSITIVE_INFINITY);
  });
});
