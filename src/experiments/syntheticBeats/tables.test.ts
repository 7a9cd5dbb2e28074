import { describe, expect, test } from "vitest";
import { averagePrecision, rocArea } from "../../evaluation/metrics/classification.ts";
import { metricInterval } from "../../evaluation/statistics/bootstrap.ts";
import { compare } from "../../evaluation/statistics/comparison.ts";
import { readTable } from "../../records/table.ts";
import { createRandom } from "../../signal/random.ts";
import {
  beatTablesAsJson,
  pganAsCsv,
  pganAsLatex,
  simGanAsCsv,
  simGanAsLatex,
  simGanCurvesAsCsv,
} from "./exportTables.ts";
import { pganCellsOf, simGanCellsOf } from "./grid.ts";
import { averagePrecisionOfRanks, PatientCases, precisionAtRecall, rocAreaOfRanks } from "./patientCases.ts";
import { pganFigure } from "./pganFigures.ts";
import { simGanTable } from "./simGanTables.ts";
import {
  type BeatCellResult,
  type BeatOrigin,
  type FinishedBeatCell,
  type PganCell,
  type PganExperiment,
  pganDefaults,
  type ScoredBeats,
  type SimGanCell,
  type SimGanExperiment,
  simGanDefaults,
} from "./specification.ts";

const source = { name: "s", members: ["a"], lead: "MLII", filter: "none" } as const;
const quick = { resamples: 100, permutations: 199 };
const none = { positive: 0, negative: 0 };

const origin = (patient: string, count: number): BeatOrigin => ({
  record: patient,
  patient,
  division: "DS2",
  paced: false,
  count,
});

/** Scores of patients with twenty beats each, every fourth of the class, which lies so many deviations higher. */
function scored(separation: number, seed: number, patients: readonly string[]): ScoredBeats {
  const random = createRandom(seed);
  const shared = createRandom(99);
  const labels = Uint8Array.from({ length: 20 * patients.length }, (_, row) => (row % 4 === 0 ? 1 : 0));
  const probabilities = Float32Array.from(labels, (label) => {
    const score = separation * label + 0.9 * shared.normal() + 0.3 * random.normal();
    return 1 / (1 + Math.exp(-score));
  });
  return { probabilities, labels, origins: patients.map((patient) => origin(patient, 20)) };
}

const resultOf = (tested: ScoredBeats, validated: ScoredBeats): BeatCellResult => ({
  tested,
  validated,
  counts: { train: none, validation: none, test: none },
  added: 0,
  adaptation: { window: 0, used: 0 },
  best: null,
});

const people = Array.from({ length: 12 }, (_, index) => `p${index}`);

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

describe("SimGAN's table", () => {
  const chosen = (generator: string) => ({ generator, hyperparameters: {}, iterations: 0 });
  const experiment: SimGanExperiment = {
    ...simGanDefaults,
    name: "test",
    source,
    targets: ["V"],
    generators: [chosen("none"), chosen("oversampled"), chosen("dcgan")],
    ratios: [0, 0.5, 1],
  };

  /** Separations on the test and on the validation patients. */
  const finishedWith = (separationOf: (cell: SimGanCell) => readonly [number, number]) =>
    simGanCellsOf(experiment).map((cell): FinishedBeatCell<SimGanCell> => {
      const [test, validation] = separationOf(cell);
      const seed = 10 * cell.seed + cell.added.generator.length + 1000 * cell.ratio;
      return { cell, result: resultOf(scored(test, seed, people), scored(validation, seed, ["v", "w"])) };
    });
  // DCGAN at 0.5 is better on the test, at 1 on the validation patients.
  const finished = finishedWith(({ added, ratio }) =>
    added.generator !== "dcgan" ? [0.7, 0.7] : ratio === 0.5 ? [4, 0.5] : [2.5, 3],
  );
  const table = simGanTable(experiment, finished, "V", { ...quick, titles: { dcgan: "DCGAN" } });
  const rowOf = (generator: string) => {
    const row = table.rows.find(({ added }) => added.generator === generator);
    if (row === undefined) throw new Error(generator);
    return row;
  };

  test("takes the ratio that the validation patients prefer, though the test would take another", () => {
    const { ratio, isRatioChosen, byRatio } = rowOf("dcgan");
    expect([ratio, isRatioChosen]).toEqual([1, true]);
    const [half, whole] = byRatio.map(({ averagePrecision: { mean } }) => mean ?? 0);
    expect(half).toBeGreaterThan(whole);
    expect(rowOf("none").ratio).toBe(0);
  });

  test("has the mean and SD over the seeds, and an interval for other patients", () => {
    const values = finished
      .filter(({ cell }) => cell.added.generator === "dcgan" && cell.ratio === 1)
      .map(({ result: { tested } }) => {
        const truths = Array.from(tested.labels, (label) => label === 1);
        return averagePrecision(tested.probabilities, truths) ?? 0;
      });
    const areas = finished
      .filter(({ cell }) => cell.added.generator === "dcgan" && cell.ratio === 1)
      .map(
        ({ result: { tested } }) => rocArea(tested.probabilities, Array.from(tested.labels, Boolean)) ?? 0,
      );
    expect(rowOf("dcgan").rocArea.mean).toBeCloseTo(areas.reduce((sum, area) => sum + area, 0) / 5, 12);
    const { mean, standardDeviation, interval } = rowOf("dcgan").averagePrecision;
    const expected = values.reduce((sum, value) => sum + value, 0) / 5;
    expect(mean).toBeCloseTo(expected, 12);
    const squares = values.reduce((sum, value) => sum + (value - expected) ** 2, 0);
    expect(standardDeviation).toBeCloseTo(Math.sqrt(squares / 4), 12);
    expect(interval?.low).toBeLessThan(expected);
    expect(interval?.high).toBeGreaterThan(expected);
    expect(table.chance).toBe(0.25);
    expect(rowOf("dcgan").curve.at(-1)?.recall).toBe(1);
  });

  test("calls better what leaves 0 out, and nothing where both are alike", () => {
    const { overNone, overRepeated } = rowOf("dcgan");
    expect([overNone?.verdict, overRepeated?.verdict]).toEqual(["better", "better"]);
    expect(overNone?.interval?.low).toBeGreaterThan(0);
    expect(rowOf("oversampled").overNone?.verdict).toBe("undecided");
    expect(rowOf("none").overNone).toBeNull();
    expect(table.reading).toContain("Against adding nothing: DCGAN raised average precision");
    expect(table.reading).toContain("for Real beats repeated the runs do not tell");
    const alike = simGanTable(
      experiment,
      finishedWith(() => [1, 1]),
      "V",
      quick,
    );
    expect(alike.rows.flatMap(({ overNone: each }) => each?.verdict ?? [])).toEqual([
      "undecided",
      "undecided",
    ]);
    expect(simGanAsLatex([alike])).not.toContain("textbf");
  });

  test("applies the threshold of the validation patients to the tested ones", () => {
    const hand = (probabilities: readonly number[], labels: readonly number[]): ScoredBeats => ({
      probabilities: Float32Array.from(probabilities),
      labels: Uint8Array.from(labels),
      origins: [origin("p", labels.length)],
    });
    // Best F1 of the validation is at 0.5; of the tested then 2 of 3 are found, with one wrong.
    const validated = hand([0.75, 0.5, 0.25], [1, 1, 0]);
    const tested = hand([0.9, 0.6, 0.55, 0.4, 0.1], [1, 0, 1, 1, 0]);
    const only = finished
      .filter(({ cell }) => cell.added.generator === "none")
      .map(({ cell }) => ({ cell, result: resultOf(tested, validated) }));
    const [row] = simGanTable(experiment, only, "V", quick).rows;
    expect(row.recall.mean).toBeCloseTo(2 / 3, 12);
    expect(row.precision.mean).toBeCloseTo(2 / 3, 12);
  });

  test("says what is not known yet, and where validation cannot choose", () => {
    const empty = simGanTable(experiment, [], "V", quick);
    expect(empty.rows.every(({ ratio }) => ratio === null)).toBe(true);
    expect(empty.reading).toContain("Nothing can be compared with adding nothing yet.");
    const blind = finished.map(({ cell, result }) => {
      const validated = { ...result.validated, labels: new Uint8Array(40) };
      return { cell, result: { ...result, validated } };
    });
    const { rows, reading } = simGanTable(experiment, blind, "V", quick);
    expect(rows.find(({ added }) => added.generator === "dcgan")).toMatchObject({
      ratio: 1,
      isRatioChosen: false,
    });
    expect(reading).toContain("No validation patient has the class");
  });

  test("is exported with every number", () => {
    const lines = simGanAsCsv([table]).trim().split("\n");
    expect(lines).toHaveLength(1 + 3);
    const row = readTable(simGanAsCsv([table]), "a.csv", ["adjusted p over repeated"])[2];
    expect(["added beats", "hyperparameters", "ratio"].map(row.cell)).toEqual(["dcgan", "{}", "1"]);
    expect(Number(row.cell("average precision"))).toBeCloseTo(rowOf("dcgan").averagePrecision.mean ?? 0, 4);
    expect(row.cell("verdict over repeated")).toBe("better");
    expect(simGanCurvesAsCsv([table]).split("\n")[1]).toMatch(/^V,none,precision over recall,0.02,/);
    const latex = simGanAsLatex([table]);
    expect(latex).toMatch(/DCGAN & 1 & \\textbf\{0\.\d{3} \$\\pm\$ 0\.\d{3}\}/);
    expect(JSON.parse(beatTablesAsJson(experiment, [table]))).toMatchObject({
      experiment: { name: "test" },
      tables: [{ target: "V", rows: [{ ratio: 0 }, {}, { ratio: 1 }] }],
    });
  });
});

describe("PGAN's figure", () => {
  const tested = people.slice(0, 8);
  const experiment: PganExperiment = {
    ...pganDefaults,
    name: "test",
    source,
    targets: ["V"],
    counts: [0, 500, 1000],
    methods: pganDefaults.methods.filter(({ method }) =>
      ["none", "pgan", "personalisedLstm"].includes(method),
    ),
  };
  const separationOf = ({ method, count }: PganCell): readonly [number, number] =>
    method !== "pgan" ? [0.7, 0.7] : count === 500 ? [3, 2] : [0.1, 0.1];
  const finished = pganCellsOf(experiment, { V: tested }).map((cell): FinishedBeatCell<PganCell> => {
    const seed = cell.seed + 10 * people.indexOf(cell.patient) + 1000 * cell.count;
    const [test, validation] = separationOf(cell);
    return {
      cell,
      result: resultOf(scored(test, seed, [cell.patient]), scored(validation, seed, ["v", "w"])),
    };
  });
  const figure = pganFigure(experiment, finished, "V", quick);
  const [none, lstm, pgan] = figure.rows;

  test("has means over patients of the means over seeds", () => {
    const means = tested.map((patient) => {
      const own = finished.filter(
        ({ cell }) => cell.patient === patient && cell.method === "pgan" && cell.count === 500,
      );
      const areas = own.map(
        ({ result }) =>
          rocArea(
            result.tested.probabilities,
            Array.from(result.tested.labels, (label) => label === 1),
          ) ?? 0,
      );
      expect(areas).toHaveLength(5);
      return areas.reduce((sum, area) => sum + area, 0) / 5;
    });
    expect(pgan.points.map(({ count }) => count)).toEqual([0, 500, 1000]);
    expect(pgan.points[1].area.values).toEqual(means.map((mean) => expect.closeTo(mean, 12)));
    // No added beats are the network of the others, whatever the method.
    expect(pgan.points[0].area).toEqual(none.points[0].area);
    expect([none.points.length, lstm.points.length]).toEqual([1, 1]);
  });

  test("compares over patients at the number that validation chose for each", () => {
    expect(Object.keys(pgan.chosen)).toHaveLength(8);
    expect(new Set(Object.values(pgan.chosen))).toEqual(new Set([500]));
    expect(pgan.area).toEqual(pgan.points[1].area);
    expect(pgan.overNone).toMatchObject({ verdict: "better", runs: 8 });
    expect(lstm.overNone?.verdict).toBe("undecided");
    expect(figure.reading).toContain("PGAN raised the area under the curve");
  });

  test("of few patients calls nothing better, and says why", () => {
    const few = finished.filter(({ cell }) => ["p0", "p1", "p2"].includes(cell.patient));
    const { rows, reading } = pganFigure(experiment, few, "V", quick);
    expect(rows[2].overNone?.verdict).toBe("undecided");
    // Three signs: 2 / 8.
    expect(reading).toContain("the smallest p-value they can give is 0.25");
  });

  test("is exported with every number", () => {
    const lines = pganAsCsv([figure]).trim().split("\n");
    expect(lines).toHaveLength(1 + 1 + 1 + 3);
    expect(lines.find((line) => line.startsWith("V,pgan,500"))).toContain(",p0 p1 p2 p3 p4 p5 p6 p7,");
    expect(pganAsLatex([figure])).toContain("Method & 0 & 500 & 1000 & Chosen");
    expect(pganAsLatex([figure])).toContain("\\textbf{");
  });
});
