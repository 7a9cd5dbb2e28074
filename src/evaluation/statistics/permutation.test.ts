import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../signal/random.ts";
import { brierScore } from "../metrics/calibration.ts";
import { rocArea } from "../metrics/classification.ts";
import { casePermutationTest, signFlipTest, smallestReachable } from "./permutation.ts";

/** Darwin's maize, eighths of an inch: Fisher counted 863 of the 32,768 signs with so large a sum, 1,726 on both sides. */
const maize = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];

describe("signs of runs", () => {
  test("of Fisher's example, exactly", () => {
    const both = signFlipTest(maize);
    expect(both).toMatchObject({ isExact: true, permutations: 32_768, undefinedPermutations: 0 });
    expect(both.statistic).toBeCloseTo(314 / 15, 12);
    expect(both.probability).toBe(1726 / 32_768);
    expect(signFlipTest(maize, { alternative: "larger" }).probability).toBe(863 / 32_768);
    expect(
      signFlipTest(
        maize.map((value) => -value),
        { alternative: "smaller" },
      ).probability,
    ).toBe(863 / 32_768);
  });

  test("of five runs reach 0.0625, or 0.03125 on one side", () => {
    const differences = [0.01, 0.02, 0.03, 0.01, 0.02];
    expect(signFlipTest(differences)).toMatchObject({ probability: 0.0625, smallestReachable: 0.0625 });
    expect(signFlipTest(differences, { alternative: "larger" }).probability).toBe(0.03125);
    expect(signFlipTest(differences, { alternative: "smaller" }).probability).toBe(1);
    expect(smallestReachable(6)).toBe(0.03125);
  });

  test("of no difference tell nothing", () => {
    expect(signFlipTest([0, 0, 0]).probability).toBe(1);
    expect(signFlipTest([0.1, -0.1, 0.2, -0.2]).probability).toBe(1);
  });

  test("are drawn where there are more than 65,536, near the exact share", () => {
    // With ±1 the sum is binomial: of 17, at least 13 alike: 2 × 3,214 / 2¹⁷.
    const differences = Array.from({ length: 17 }, (_, index) => (index < 13 ? 1 : -1));
    const found = signFlipTest(differences, { permutations: 19_999, seed: 5 });
    expect(found).toMatchObject({ isExact: false, permutations: 20_000, smallestReachable: 1 / 20_000 });
    expect(found.probability).toBeCloseTo((2 * 3214) / 2 ** 17, 2);
    expect(signFlipTest(differences, { permutations: 19_999, seed: 5 })).toEqual(found);
    const alike = signFlipTest(new Array<number>(17).fill(1), { permutations: 999 });
    expect(alike.probability).toBeGreaterThanOrEqual(0.001);
  });

  test("do not depend on unit, order or direction", () => {
    const drawn = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(drawn, (differences) => {
        const { probability, smallestReachable: least } = signFlipTest(differences);
        expect(probability).toBeGreaterThanOrEqual(least);
        expect(signFlipTest(differences.map((value) => value * -0.001)).probability).toBe(probability);
        expect(signFlipTest([...differences].reverse()).probability).toBe(probability);
      }),
      { seed: 9, numRuns: 100 },
    );
  });

  test("need finite differences", () => {
    expect(() => signFlipTest([])).toThrow(RangeError);
    expect(() => signFlipTest([1, Number.NaN])).toThrow(RangeError);
    expect(() => signFlipTest([1], { permutations: 0 })).toThrow(RangeError);
  });
});

describe("swapping the classifiers of cases", () => {
  const truths = [true, true, false, false];

  test("by hand: four cases", () => {
    // Squared errors fall by 0.75, 0.75, 0.75, 0.75; two of 16 swaps leave a mean change as large.
    const scores = { truths, baseline: [[0, 0, 1, 1]], candidate: [[0.5, 0.5, 0.5, 0.5]] };
    const found = casePermutationTest(scores, brierScore);
    expect(found).toMatchObject({ isExact: true, permutations: 16, probability: 2 / 16 });
    expect(found.statistic).toBeCloseTo(-0.75, 12);
    expect(casePermutationTest(scores, brierScore, { alternative: "smaller" }).probability).toBe(1 / 16);
  });

  test("is the sign-flip test for a mean over cases, whatever the runs", () => {
    const random = createRandom(3);
    const cases = Array.from({ length: 12 }, () => true);
    const draw = () => cases.map(() => random.normal());
    const mean = (values: ArrayLike<number>) =>
      Array.from(values).reduce((sum, value) => sum + value, 0) / 12;
    const scores = { truths: cases, baseline: [draw(), draw()], candidate: [draw(), draw()] };
    const differences = cases.map((_, index) =>
      [0, 1].reduce((sum, run) => sum + (scores.candidate[run][index] - scores.baseline[run][index]) / 2, 0),
    );
    expect(casePermutationTest(scores, mean).probability).toBe(signFlipTest(differences).probability);
  });

  test("keeps the cases of a patient together", () => {
    const scores = {
      truths,
      groups: ["a", "b", "a", "b"],
      baseline: [[0, 0, 1, 1]],
      candidate: [[0.5, 0.5, 0.5, 0.5]],
    };
    expect(casePermutationTest(scores, brierScore)).toMatchObject({ permutations: 4, probability: 0.5 });
  });

  test("of ranks does not see the scale of the scores", () => {
    const random = createRandom(8);
    const labels = Array.from({ length: 30 }, (_, index) => index % 3 === 0);
    const one = labels.map((label) => Number(label) + random.normal());
    const other = labels.map((label) => Number(label) + random.normal());
    const test = (candidate: number[]) =>
      casePermutationTest({ truths: labels, baseline: [one], candidate: [candidate] }, rocArea, {
        swap: "ranks",
        permutations: 199,
      });
    expect(test(other.map((score) => 100 * Math.exp(score)))).toEqual(test(other));
  });

  test("counts a permutation without a metric as extreme", () => {
    const decided = (scores: ArrayLike<number>) => (scores[0] + scores[1] > 0 ? scores[0] : null);
    const found = casePermutationTest(
      { truths: [true, false], baseline: [[1, 0]], candidate: [[0, 1]] },
      decided,
    );
    expect(found).toMatchObject({ permutations: 4, undefinedPermutations: 2, probability: 1 });
  });

  test("needs scores, runs and a metric", () => {
    const scores = { truths, baseline: [[1, 2, 3, 4]], candidate: [[1, 2, 3, 4]] };
    expect(casePermutationTest(scores, rocArea).probability).toBe(1);
    expect(() => casePermutationTest({ ...scores, candidate: [] }, rocArea)).toThrow(RangeError);
    expect(() => casePermutationTest({ ...scores, candidate: [[1, 2, 3]] }, rocArea)).toThrow(RangeError);
    const broken = { ...scores, candidate: [[1, 2, 3, Number.NaN]] };
    expect(() => casePermutationTest(broken, rocArea)).toThrow(RangeError);
    const alike = { ...scores, truths: [true, true, true, true] };
    expect(() => casePermutationTest(alike, rocArea)).toThrow("does not exist");
    expect(() => casePermutationTest({ truths: [], baseline: [[]], candidate: [[]] }, rocArea)).toThrow(
      RangeError,
    );
  });
});
