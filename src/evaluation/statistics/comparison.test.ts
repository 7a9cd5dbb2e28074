import { describe, expect, test } from "vitest";
import { createRandom } from "../../signal/random.ts";
import { brierScore } from "../metrics/calibration.ts";
import { rocArea } from "../metrics/classification.ts";
import { compare } from "./comparison.ts";

const baseline = [0.8, 0.81, 0.79, 0.8, 0.8];
const shifted = (values: readonly number[], by: number) =>
  values.map((value, run) => value + by + 0.001 * (run % 2));
const few = { resamples: 200, permutations: 999 };

/** Runs of scores; the baseline's are further from the truth than the candidate's. */
function scored(baselineSignal: number, candidateSignal: number, seed: number, runs = 5) {
  const random = createRandom(seed);
  const truths = Array.from({ length: 120 }, (_, index) => index % 3 === 0);
  const hard = truths.map(() => random.normal());
  const side = (signal: number) =>
    Array.from({ length: runs }, () =>
      truths.map((truth, index) => (truth ? signal : 0) + hard[index] + 0.5 * random.normal()),
    );
  return {
    name: "area",
    truths,
    baseline: side(baselineSignal),
    candidate: side(candidateSignal),
    metric: rocArea,
    swap: "ranks" as const,
  };
}

describe("values of runs", () => {
  test("of five cannot be decided, and the reason says so", () => {
    const [found] = compare([{ name: "f1", baseline, candidate: shifted(baseline, 0.1) }]);
    expect(found).toMatchObject({
      scope: "runs",
      verdict: "undecided",
      smallestReachableP: 0.0625,
      probability: 0.0625,
    });
    expect(found.reason).toBe("5 runs without their scores cannot give a p-value below 0.0625.");
    expect(found.interval?.low).toBeGreaterThan(0);
  });

  test("of six can", () => {
    const six = [...baseline, 0.8];
    const [found] = compare([{ name: "f1", baseline: six, candidate: shifted(six, 0.08) }]);
    expect(found).toMatchObject({ verdict: "better", probability: 0.03125, adjustedProbability: 0.03125 });
    // 0.0805 on 0.8.
    expect(found.difference).toBeCloseTo(0.0805, 10);
    expect(found.relativeGain).toBeCloseTo(10.0625, 8);
    const [worse] = compare([{ name: "f1", baseline: shifted(six, 0.08), candidate: six }]);
    expect(worse.verdict).toBe("worse");
    const [loss] = compare([{ name: "loss", baseline: six, candidate: shifted(six, 0.08) }], {
      isLargerBetter: false,
    });
    expect(loss.verdict).toBe("worse");
  });

  test("of six cannot in a family of two", () => {
    const six = [...baseline, 0.8];
    const contest = { name: "f1", baseline: six, candidate: shifted(six, 0.08) };
    const found = compare([contest, contest]);
    expect(found.map(({ verdict }) => verdict)).toEqual(["undecided", "undecided"]);
    expect(found.map(({ adjustedProbability }) => adjustedProbability)).toEqual([0.0625, 0.0625]);
    expect(found[0].reason).toBe("The adjusted p-value, 0.0625, is above 0.05.");
  });

  test("have no relative gain on nothing", () => {
    const [found] = compare([{ name: "f1", baseline: [0, 0], candidate: [0.1, 0.2] }]);
    expect(found).toMatchObject({ relativeGain: null, verdict: "undecided" });
  });
});

describe("scores of runs", () => {
  test("of five decide a clear difference, both ways", () => {
    const contest = scored(1, 2.2, 1);
    const [better] = compare([contest], few);
    expect(better).toMatchObject({ verdict: "better", scope: "runs and cases", smallestReachableP: 0.0625 });
    expect(better).toMatchObject({ doRunsCount: false });
    expect(better.caseTest?.probability).toBe(0.001);
    expect(better.probability).toBeGreaterThanOrEqual(0.001);
    const [worse] = compare([{ ...contest, baseline: contest.candidate, candidate: contest.baseline }], few);
    expect(worse.verdict).toBe("worse");
    expect(worse.difference).toBeCloseTo(-(better.difference ?? 0), 12);
  });

  test("of equal classifiers decide nothing", () => {
    const [found] = compare([scored(1, 1, 2)], few);
    expect(found.verdict).toBe("undecided");
    const same = scored(1, 1, 2);
    const [none] = compare([{ ...same, candidate: same.baseline }], few);
    expect(none).toMatchObject({ difference: 0, probability: 1, reason: "The interval holds 0." });
  });

  test("of eight let the runs' test count, in a family as large as it can serve", () => {
    const contest = scored(1, 2.2, 3, 8);
    // 2 / 256, six times, is below 0.05; seven times it is not.
    expect(compare(new Array(6).fill(contest), { resamples: 100, permutations: 99 })[0].doRunsCount).toBe(
      true,
    );
    expect(compare(new Array(7).fill(contest), { resamples: 100, permutations: 99 })[0].doRunsCount).toBe(
      false,
    );
  });

  test("without a metric stay in the family, undecided", () => {
    const none = { ...scored(1, 2.2, 1), truths: new Array<boolean>(120).fill(true) };
    const found = compare([none, scored(1, 2.2, 1)], few);
    expect(found[0]).toMatchObject({ difference: null, verdict: "undecided", probability: 1 });
    expect(found[1].adjustedProbability).toBeCloseTo(2 * found[1].probability, 12);
  });

  test("of losses are better where they fall", () => {
    const contest = scored(1, 2.2, 1);
    const squashed = (side: readonly number[][]) =>
      side.map((run) => run.map((score) => 1 / (1 + Math.exp(1 - score))));
    const [found] = compare(
      [
        {
          name: "brier",
          truths: contest.truths,
          baseline: squashed(contest.baseline),
          candidate: squashed(contest.candidate),
          metric: brierScore,
        },
      ],
      { ...few, isLargerBetter: false },
    );
    expect(found.difference).toBeLessThan(0);
    expect(found.verdict).toBe("better");
  });
});

test("nothing gives nothing, and what is wrong is refused", () => {
  expect(compare([])).toEqual([]);
  expect(() => compare([{ name: "x", baseline: [1], candidate: [1] }])).toThrow(RangeError);
  expect(() => compare([{ name: "x", baseline: [1, Number.NaN], candidate: [1, 2] }])).toThrow(RangeError);
  expect(() => compare([], { alpha: 0 })).toThrow(RangeError);
});

test("an interval of a difference of shares ends where a difference can", () => {
  const contest = { name: "two patients", baseline: [0.1, 0.9], candidate: [0.9, 0.2] };
  const [free] = compare([contest]);
  const [bounded] = compare([contest], { largestDifference: 1 });
  expect(free.interval?.high).toBeGreaterThan(1);
  expect(bounded.interval).toEqual({ low: -1, high: 1 });
  expect({ ...bounded, interval: null }).toEqual({ ...free, interval: null });
});
