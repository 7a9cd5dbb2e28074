import { describe, expect, test } from "vitest";
import { averagePrecision, rocArea } from "../../evaluation/metrics/classification.ts";
import { metricInterval } from "../../evaluation/statistics/bootstrap.ts";
import { compare } from "../../evaluation/statistics/comparison.ts";
import { people, quick, scored } from "../../testing/scoredBeats.ts";
import { averagePrecisionOfRanks, PatientCases, precisionAtRecall, rocAreaOfRanks } from "./patientCases.ts";

describe("cases by patient", () => {
  const { probabilities, labels, origins } = scored(1, 5, people);
  // Ties: a third of the scores are rounded.
  const scores = probabilities.map((value, row) => (row % 3 === 0 ? Math.round(8 * value) / 8 : value));
  const other = scored(2, 6, people).probabilities;
  const patients = origins.flatMap(({ patient }) => new Array<string>(20).fill(patient));
  const truths = Array.from(labels, (label) => label === 1);
  const cases = new PatientCases([scores, other], labels, patients);

  test("give the average precision of the sorted scores, ties decided together", () => {
    expect(cases.valueOf(0, averagePrecisionOfRanks)).toBeCloseTo(averagePrecision(scores, truths) ?? 0, 12);
  });

  test("give the area under the ROC curve, ties counting half", () => {
    expect(cases.valueOf(0, rocAreaOfRanks)).toBeCloseTo(rocArea(scores, truths) ?? 0, 12);
    // Of the six pairs three stand the right way round, and one is even.
    const own = new PatientCases(
      [Float32Array.of(0.9, 0.6, 0.6, 0.4, 0.2)],
      Uint8Array.of(1, 1, 0, 0, 1),
      new Array(5).fill("p"),
    );
    expect(own.valueOf(0, rocAreaOfRanks)).toBeCloseTo(3.5 / 6, 12);
    const alone = new PatientCases([scores], new Uint8Array(scores.length).fill(1), patients);
    expect(alone.valueOf(0, rocAreaOfRanks)).toBeNull();
  });

  test.each([
    ["average precision", averagePrecisionOfRanks, averagePrecision],
    ["ROC area", rocAreaOfRanks, rocArea],
  ] as const)(
    "give the same interval of the %s as drawing the beats of whole patients",
    (_, byRank, byScore) => {
      const options = { resamples: 300, seed: 4 };
      const expected = metricInterval({ scores, truths, groups: patients }, byScore, options);
      const found = cases.meanInterval([0], byRank, options);
      expect(found.interval?.low).toBeCloseTo(expected.interval?.low ?? 0, 10);
      expect(found.interval?.high).toBeCloseTo(expected.interval?.high ?? 0, 10);
    },
  );

  test("give the same comparison as the scores themselves", () => {
    // Of eight patients all exchanges are tried.
    const few = people.slice(0, 8);
    const own = scored(1, 5, few);
    const beatsOf = few.flatMap((patient) => new Array<string>(20).fill(patient));
    const runs = [scored(1, 5, few), scored(1, 15, few), scored(1.6, 6, few), scored(1.6, 16, few)];
    const four = new PatientCases(
      runs.map((run) => run.probabilities),
      own.labels,
      beatsOf,
    );
    const [found] = compare([four.contest("a", [0, 1], [2, 3], averagePrecisionOfRanks)], quick);
    const [expected] = compare(
      [
        {
          name: "a",
          truths: Array.from(own.labels, (label) => label === 1),
          groups: beatsOf,
          metric: averagePrecision,
          swap: "ranks",
          baseline: runs.slice(0, 2).map((run) => run.probabilities),
          candidate: runs.slice(2).map((run) => run.probabilities),
        },
      ],
      quick,
    );
    expect(found.difference).toBeCloseTo(expected.difference ?? 0, 12);
    expect(found.interval?.low).toBeCloseTo(expected.interval?.low ?? 0, 10);
    expect(found.caseTest?.probability).toBe(expected.caseTest?.probability);
  });

  test("of one patient are its beats, class by class", () => {
    const few = new PatientCases([scores.subarray(0, 20)], labels.subarray(0, 20), patients.slice(0, 20));
    const options = { resamples: 300, seed: 4 };
    const own = { scores: scores.subarray(0, 20), truths: truths.slice(0, 20) };
    const expected = metricInterval(own, averagePrecision, options);
    const found = few.meanInterval([0], averagePrecisionOfRanks, options);
    expect(found.interval?.low).toBeCloseTo(expected.interval?.low ?? 0, 10);
  });

  test("give the precision at the highest threshold that reaches a recall", () => {
    // From the highest score: +, −, +, (+ −), −, +: after each, recall and precision by hand.
    const five = Float32Array.of(0.9, 0.8, 0.7, 0.6, 0.6, 0.5, 0.4);
    const own = new PatientCases([five], Uint8Array.of(1, 0, 1, 1, 0, 0, 1), new Array(7).fill("p"));
    const at = (recall: number) => own.valueOf(0, precisionAtRecall(recall));
    expect(at(0.25)).toBe(1);
    expect(at(0.3)).toBeCloseTo(2 / 3, 12);
    expect(at(0.75)).toBeCloseTo(3 / 5, 12);
    expect(at(0.76)).toBeCloseTo(4 / 7, 12);
    // (1 + 2/3 + 3/5 + 4/7) / 4
    expect(own.valueOf(0, averagePrecisionOfRanks)).toBeCloseTo((1 + 2 / 3 + 3 / 5 + 4 / 7) / 4, 12);
    const without = new PatientCases([five], new Uint8Array(7), new Array(7).fill("p"));
    expect(without.valueOf(0, averagePrecisionOfRanks)).toBeNull();
    expect(without.valueOf(0, precisionAtRecall(0.5))).toBeNull();
  });
});
