import { describe, expect, test } from "vitest";
import { averagePrecision, rocArea } from "../../evaluation/metrics/classification.ts";
import { readTable } from "../../records/table.ts";
import { origin, people, quick, resultOf, scored, source } from "../../testing/scoredBeats.ts";
import { beatTablesAsJson, simGanAsCsv, simGanAsLatex, simGanCurvesAsCsv } from "./exportTables.ts";
import { simGanCellsOf } from "./grid.ts";
import { simGanTable } from "./simGanTables.ts";
import {
  type FinishedBeatCell,
  type ScoredBeats,
  type SimGanCell,
  type SimGanExperiment,
  simGanDefaults,
} from "./specification.ts";

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
    const { over } = rowOf("dcgan");
    expect([over.none?.verdict, over.continued, over.oversampled?.verdict]).toEqual([
      "better",
      null,
      "better",
    ]);
    expect(over.none?.interval?.low).toBeGreaterThan(0);
    expect(rowOf("oversampled").over.none?.verdict).toBe("undecided");
    expect(rowOf("none").over.none).toBeNull();
    expect(table.reading).toContain("Against adding nothing: DCGAN raised average precision");
    expect(table.reading).toContain("for Real beats repeated the runs do not tell");
    const alike = simGanTable(
      experiment,
      finishedWith(() => [1, 1]),
      "V",
      quick,
    );
    expect(alike.rows.flatMap(({ over }) => over.none?.verdict ?? [])).toEqual(["undecided", "undecided"]);
    expect(simGanAsLatex([alike])).not.toContain("textbf");
  });

  test("names generators whose beats are nearly all alike", () => {
    const collapsed = finishedWith(() => [1, 1]).map((each) =>
      each.cell.added.generator === "dcgan" && each.cell.seed === 2
        ? { ...each, result: { ...each.result, diversity: 0.31 } }
        : each,
    );
    const { rows, reading } = simGanTable(experiment, collapsed, "V", quick);
    expect(rows.find(({ added }) => added.generator === "dcgan")?.diversity).toBe(0.31);
    expect(reading).toContain("Collapsed: beats of dcgan (31 %) differ");
    expect(table.reading).not.toContain("Collapsed");
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
    expect(simGanCurvesAsCsv([table]).split("\n")[1]).toMatch(
      /^V,none,precision over recall,0.02,.*,No added beats$/,
    );
    const latex = simGanAsLatex([table]);
    expect(latex).toMatch(/DCGAN & 1 & \\textbf\{0\.\d{3} \$\\pm\$ 0\.\d{3}\}/);
    expect(JSON.parse(beatTablesAsJson(experiment, [table]))).toMatchObject({
      experiment: { name: "test" },
      tables: [{ target: "V", rows: [{ ratio: 0 }, {}, { ratio: 1 }] }],
    });
  });
});
