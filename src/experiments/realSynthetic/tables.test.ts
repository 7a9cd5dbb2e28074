import { describe, expect, test } from "vitest";
import type { CellResult, ExperimentSpecification, Setting } from "../../domain/experiment.ts";
import { createRandom } from "../../signal/random.ts";
import { cellAddress } from "../cell.ts";
import { tablesAsCsv, tablesAsLatex } from "./exportTables.ts";
import { cellsOf, shardOf } from "./grid.ts";
import { parseExperiment } from "./specificationFile.ts";
import { experimentTable, type FinishedCell, gainBySize } from "./tables.ts";

const experiment: ExperimentSpecification = {
  kind: "Real, Syn, Syn→Real experiment",
  name: "test",
  tasks: ["af", "pvc"],
  architectures: [
    { architecture: "gru", hyperparameters: {} },
    { architecture: "s4", hyperparameters: { depth: 3 } },
  ],
  settings: ["real", "synthetic", "syntheticToReal"],
  splits: [1, 2, 3, 4, 5],
  positives: [null, 10],
  form: { samplingFrequency: 100, duration: 10, lead: "II" },
  synthetic: { preset: "clinical", perClass: 10, validationPerClass: 5, testPerClass: 5 },
  real: { name: "r", members: ["a"], byPatient: true, testShare: 0.2, validationShare: 0.2 },
  seed: 1,
};

const cases = 200;
const labels = Uint8Array.from({ length: cases }, (_, index) => index % 2);

/** Scores that tell the classes apart by so many standard deviations. */
function resultWith(separation: number, seed: number): CellResult {
  const random = createRandom(seed);
  const noise = createRandom(99);
  const probabilities = Float32Array.from(labels, (label) => {
    const shared = noise.normal();
    const score = separation * (label - 0.5) + 0.95 * shared + 0.3 * random.normal();
    return 1 / (1 + Math.exp(-score));
  });
  const none = { positive: 0, negative: 0 };
  return {
    probabilities,
    labels,
    examples: [],
    patients: Array.from(labels, (_, index) => `p${index}`),
    counts: { train: none, validation: none, test: { positive: 100, negative: 100 } },
    bestEpoch: 1,
    bestLoss: 1,
  };
}

const finishedWith = (separations: Readonly<Record<Setting, number>>): FinishedCell[] =>
  cellsOf(experiment).map((cell) => ({
    cell,
    result: resultWith(
      separations[cell.setting],
      cell.split +
        10 * ["real", "synthetic", "syntheticToReal"].indexOf(cell.setting) +
        cell.architecture.length * 1000,
    ),
  }));

describe("the grid", () => {
  const cells = cellsOf(experiment);

  test("holds every combination once; purely synthetic training stands there once for all numbers of positives", async () => {
    // 2 tasks × 2 architectures × 5 splits × (1 + 2 + 2)
    expect(cells).toHaveLength(100);
    expect(new Set(await Promise.all(cells.map(cellAddress))).size).toBe(100);
  });

  test("is divided among machines without rest or overlap", () => {
    const shards = [1, 2, 3].map((shard) => shardOf(cells, shard, 3));
    expect(shards.flat()).toHaveLength(100);
    expect(new Set(shards.flat()).size).toBe(100);
    expect(() => shardOf(cells, 4, 3)).toThrow("no shard 4 of 3");
  });
});

describe("a table", () => {
  const large = finishedWith({ real: 1, synthetic: 0.5, syntheticToReal: 3 });

  test("has mean ± SD over the runs, and calls better what the intervals and tests do", () => {
    const table = experimentTable(experiment, large, "af", "f1", null, { resamples: 500 });
    expect(table.rows.map(({ architecture }) => architecture)).toEqual(["gru", "s4"]);
    for (const { cells, gain } of table.rows) {
      const real = cells.real;
      expect(real?.values).toHaveLength(5);
      const mean = (real?.values ?? []).reduce((sum, value) => sum + value, 0) / 5;
      expect(real?.mean).toBeCloseTo(mean, 12);
      expect(real?.standardDeviation).toBeGreaterThan(0);
      expect(gain?.verdict).toBe("better");
      expect(gain?.interval?.low).toBeGreaterThan(0);
      expect(gain?.relativeGain).toBeCloseTo((100 * ((cells.syntheticToReal?.mean ?? 0) - mean)) / mean, 6);
    }
    expect(table.reading).toContain("raised F1 at 0.5 for gru and s4");
  });

  test("without a difference calls nothing better, in bold or in words", () => {
    const none = finishedWith({ real: 1, synthetic: 1, syntheticToReal: 1 });
    const table = experimentTable(experiment, none, "pvc", "auprc", 10, { resamples: 500 });
    for (const { gain } of table.rows) expect(gain?.verdict).toBe("undecided");
    expect(tablesAsLatex([table], {})).not.toContain("textbf");
    expect(table.reading).toContain("may be chance");
    expect(table.reading).toContain("with 10 positive recordings at most");
  });

  test("tells which runs are missing, and compares the splits that have both settings", () => {
    const some = large.filter(({ cell }) => cell.split <= 2 && cell.setting !== "synthetic");
    const table = experimentTable(experiment, some, "af", "f1", null, { resamples: 200 });
    expect(table.rows[0].cells.synthetic).toMatchObject({ mean: null, missing: 5 });
    expect(table.rows[0].cells.real).toMatchObject({ missing: 3 });
    expect(table.rows[0].gain?.runs).toBe(2);
    const empty = experimentTable(experiment, [], "af", "f1", null);
    expect(empty.reading).toContain("nothing can be compared");
    expect(empty.averageGain).toBe(null);
  });

  test("is written as CSV and LaTeX", () => {
    const table = experimentTable(experiment, large, "af", "f1", null, { resamples: 200 });
    const lines = tablesAsCsv([table]).trim().split("\n");
    expect(lines).toHaveLength(1 + 2 * 3);
    const columns = lines[0].split(",").length;
    for (const line of lines) expect(line.split(",")).toHaveLength(columns);
    const latex = tablesAsLatex([table], { gru: "GRU", s4: "S4" });
    expect(latex).toContain("\\textbf{");
    expect(latex).toContain("S4 & ");
    expect(latex.split("\\\\").length - 1).toBe(4);
  });

  test("the gain by size is the mean over the architectures", () => {
    const points = gainBySize(experiment, large, "f1");
    expect(points).toHaveLength(4);
    const table = experimentTable(experiment, large, "af", "f1", 10, { resamples: 100 });
    const point = points.find(({ task, positives }) => task === "af" && positives === 10);
    expect(point?.gain).toBeCloseTo(table.averageGain ?? Number.NaN, 9);
    expect(gainBySize(experiment, [], "f1").every(({ gain }) => gain === null)).toBe(true);
  });
});

describe("a specification from a file", () => {
  test("is what was written", () => {
    expect(parseExperiment(JSON.stringify(experiment), "a.json")).toEqual(experiment);
  });

  test.each([
    ["tasks", { tasks: ["stroke"] }],
    ["splits", { splits: [0] }],
    ["positives", { positives: [] }],
    ["real", { real: { members: [1] } }],
    ["kind", { kind: "other" }],
  ])("that is wrong in %s says so", (field, change) => {
    expect(() => parseExperiment(JSON.stringify({ ...experiment, ...change }), "a.json")).toThrow(
      expect.objectContaining({ code: "experiment-file", place: `a.json, ${field}` }),
    );
  });

  test("that is no JSON says so", () => {
    expect(() => parseExperiment("{", "a.json")).toThrow(
      expect.objectContaining({ code: "experiment-file" }),
    );
  });
});
