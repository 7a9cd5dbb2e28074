import { describe, expect, test } from "vitest";
import { createRandom } from "../../signal/random.ts";
import { augmentationAsCsv, augmentationAsLatex } from "./exportTables.ts";
import { augmentationCellsOf } from "./grid.ts";
import { metricOf } from "./metrics.ts";
import {
  type AugmentationCell,
  type AugmentationExperiment,
  type AugmentationResult,
  augmentationDefaults,
  type FinishedAugmentationCell,
} from "./specification.ts";
import { augmentationTable } from "./tables.ts";

const experiment: AugmentationExperiment = {
  ...augmentationDefaults,
  name: "made up",
  classes: ["NORM", "AFIB", "AFLT"],
  sources: [{ name: "Made up", members: ["1"] }],
  settings: ["realToReal", "repeatedToReal", "bothToReal", "tunedToReal"],
  generators: [{ generator: "diffWave", hyperparameters: {}, iterations: 10 }],
  hasAllTogether: false,
  shares: [0.5, 1],
  freezesConvolutions: [true],
  seeds: [1, 2, 3, 4],
};
const count = 90;
const labels = Uint8Array.from({ length: count }, (_, row) => row % 3);
const patients = Array.from({ length: count }, (_, row) => `p${row}`);

/** Decisions that are right with a probability, drawn for the cell. */
function resultOf(cell: AugmentationCell, right: number): AugmentationResult {
  const random = createRandom(cell.seed, Math.round(100 * cell.share) + cell.setting.length);
  const logits = new Float32Array(3 * count);
  labels.forEach((label, row) => {
    const decided = random.uniform() < right ? label : (label + 1) % 3;
    logits[3 * row + decided] = 1;
  });
  const synthetic = cell.setting === "bothToReal" ? 30 * cell.share : 0;
  return { logits, labels, patients, train: [20, 20, 20], validation: [5, 5, 5], synthetic, best: null };
}

const finishedWith = (right: (cell: AugmentationCell) => number): FinishedAugmentationCell[] =>
  augmentationCellsOf(experiment).map((cell) => ({ cell, result: resultOf(cell, right(cell)) }));
const tableWith = (right: (cell: AugmentationCell) => number) =>
  augmentationTable(experiment, finishedWith(right), experiment.sources[0], "f1", {
    resamples: 100,
    permutations: 199,
    titles: { diffWave: "DiffWave" },
  });

describe("a table", () => {
  const better = tableWith(({ setting }) => (setting === "bothToReal" ? 0.9 : 0.5));

  test("has a row for each setting, with means of the runs' own metrics", () => {
    expect(better.rows.map(({ title }) => title)).toEqual([
      "Real → real",
      "Real, repeated → real",
      "Real and synthetic → real · DiffWave",
      "Synthetic, then real → real · DiffWave · convolutions kept",
    ]);
    expect(better.tested).toEqual([30, 30, 30]);
    const [cell] = augmentationCellsOf(experiment);
    const own = resultOf(cell, 0.5);
    // All labels are equally often: accuracy by hand.
    const right = labels.filter((label, row) => own.logits[3 * row + label] === 1).length / count;
    expect(metricOf(own, "accuracy")).toBeCloseTo(right, 12);
    expect(better.rows[0].points[0].values.values[0]).toBeCloseTo(metricOf(own, "f1") ?? 0, 12);
    // Every class is tested as often, so that macro recall is the accuracy; precision by hand.
    expect(metricOf(own, "recall")).toBeCloseTo(right, 12);
    const decided = Array.from(labels, (_, row) => own.logits.subarray(3 * row, 3 * row + 3).indexOf(1));
    const precision = [0, 1, 2].map((label) => {
      const rows = decided.flatMap((each, row) => (each === label ? [row] : []));
      return rows.filter((row) => labels[row] === label).length / rows.length;
    });
    expect(metricOf(own, "precision")).toBeCloseTo((precision[0] + precision[1] + precision[2]) / 3, 12);
    expect(better.rows[2].points.map(({ trained }) => trained?.synthetic)).toEqual([15, 30]);
  });

  test("calls better what is, over real signals and over repeated ones", () => {
    for (const point of better.rows[2].points) {
      expect(point.overReal?.verdict).toBe("better");
      expect(point.overRepeated?.verdict).toBe("better");
      expect(point.overReal?.difference).toBeGreaterThan(0.3);
    }
    expect(better.reading).toContain("raised macro F1");
    const finished = finishedWith(() => 0.5);
    const alone = augmentationTable(experiment, finished, experiment.sources[0], "f1", { isCompared: false });
    expect(alone.rows.flatMap(({ points }) => points.map(({ overReal }) => overReal))).toEqual(
      new Array(8).fill(null),
    );
  });

  test("calls nothing better where there is no difference", () => {
    const { rows, reading } = tableWith(() => 0.6);
    const verdicts = rows.flatMap(({ points }) => points.map(({ overReal }) => overReal?.verdict ?? "none"));
    expect(verdicts).not.toContain("better");
    expect(verdicts).not.toContain("worse");
    expect(reading).toContain("the difference may be chance");
  });

  test("compares what grows with real signals with as many of them", () => {
    // Half of the real signals are worth less: a share of a half is held against a half.
    const { rows } = tableWith(({ setting, share }) =>
      setting === "tunedToReal" ? 0.7 : setting === "realToReal" && share === 0.5 ? 0.35 : 0.7,
    );
    const [half, whole] = rows[3].points;
    expect(half.overReal?.difference).toBeGreaterThan(0.2);
    expect(Math.abs(whole.overReal?.difference ?? 1)).toBeLessThan(0.1);
    expect(half.overRepeated).toBeNull();
  });

  test("holds transfer against as many real signals that are levelled", () => {
    const settings = ["realToReal", "levelledToReal", "levelledWeightsToReal", "tunedToReal"] as const;
    const transfer = { ...experiment, settings };
    // Balance by repeating explains all that transfer gains at a half, and nothing at all of them; weights explain nothing.
    const rightOf = ({ setting, share }: AugmentationCell) => {
      if (setting === "tunedToReal") return 0.8;
      return setting === "levelledToReal" && share === 0.5 ? 0.8 : 0.4;
    };
    const finished = augmentationCellsOf(transfer).map((cell) => ({
      cell,
      result: resultOf(cell, rightOf(cell)),
    }));
    const { rows, reading } = augmentationTable(transfer, finished, transfer.sources[0], "f1", {
      resamples: 100,
      permutations: 199,
    });
    expect(rows.map(({ title }) => title)).toEqual([
      "Real → real",
      "Real, levelled by repeating → real",
      "Real, levelled by weights → real",
      "Synthetic, then real → real · diffWave · convolutions kept",
    ]);
    const [half, whole] = rows[3].points;
    expect(Math.abs(half.overRepeated?.difference ?? 1)).toBeLessThan(0.15);
    expect(whole.overRepeated?.difference).toBeGreaterThan(0.25);
    for (const point of [half, whole]) {
      expect(point.overReal?.difference).toBeGreaterThan(0.25);
      expect(point.overWeighted?.difference).toBeGreaterThan(0.25);
    }
    expect(rows[1].points[0].overReal?.difference).toBeGreaterThan(0.25);
    expect(reading).toContain("rare classes repeated up to the largest");
  });

  test("holds each number of generators against controls of as many, and weights apart from repetition", () => {
    const [one] = experiment.generators;
    const generators = [one, { ...one, generator: "timeDiffusion" }];
    const settings = ["realToReal", "repeatedToReal", "weightedToReal", "bothToReal"] as const;
    const wide = { ...experiment, settings, generators, hasAllTogether: true, shares: [1] };
    const rightOf = ({ setting, generators: own }: AugmentationCell) => {
      if (setting === "bothToReal") return 0.7;
      if (setting === "repeatedToReal") return own.length > 1 ? 0.3 : 0.7;
      return setting === "weightedToReal" ? (own.length > 1 ? 0.7 : 0.3) : 0.5;
    };
    const finished = augmentationCellsOf(wide).map((cell) => ({
      cell,
      result: resultOf(cell, rightOf(cell)),
    }));
    const { rows } = augmentationTable(wide, finished, wide.sources[0], "f1", {
      resamples: 100,
      permutations: 199,
    });
    expect(rows.map(({ title }) => title)).toEqual([
      "Real → real",
      "Real, repeated → real",
      "Real, repeated → real · as many as of all together",
      "Real, weighted → real",
      "Real, weighted → real · as many as of all together",
      "Real and synthetic → real · diffWave",
      "Real and synthetic → real · timeDiffusion",
      "Real and synthetic → real · diffWave + timeDiffusion",
    ]);
    const [single, together] = [rows[5].points[0], rows[7].points[0]];
    const size = (comparison: typeof single.overReal) => Math.abs(comparison?.difference ?? Number.NaN);
    expect(size(single.overRepeated)).toBeLessThan(0.15);
    expect(size(single.overWeighted)).toBeGreaterThan(0.25);
    expect(size(together.overRepeated)).toBeGreaterThan(0.25);
    expect(size(together.overWeighted)).toBeLessThan(0.15);
  });

  test("has a row of its own for synthetic signals that were learned elsewhere", () => {
    const elsewhere = { name: "Elsewhere", members: ["2"] };
    const [source] = experiment.sources;
    const crossed = {
      ...experiment,
      sources: [source, elsewhere],
      crossesSources: true,
      settings: ["realToReal", "bothToReal"] as const,
      shares: [1],
    };
    const rightOf = ({ setting, syntheticSource }: AugmentationCell) =>
      setting === "bothToReal" ? (syntheticSource === undefined ? 0.5 : 0.9) : 0.5;
    const finished = augmentationCellsOf(crossed).map((cell) => ({
      cell,
      result: resultOf(cell, rightOf(cell)),
    }));
    const table = augmentationTable(crossed, finished, source, "f1", { resamples: 100, permutations: 199 });
    expect(table.rows.map(({ title }) => title)).toEqual([
      "Real → real",
      "Real and synthetic → real · diffWave",
      "Real and synthetic → real · diffWave · learned from Elsewhere",
    ]);
    const [own, other] = table.rows.slice(1).map(({ points: [point] }) => point.overReal?.difference ?? 0);
    expect(other - own).toBeGreaterThan(0.25);
    const learned = augmentationAsCsv([table]).trim().split("\n");
    const at = learned[0].split(",").indexOf("learned from");
    expect(learned.slice(1).map((line) => line.split(",")[at])).toEqual(["", "Made up", "Elsewhere"]);
  });

  test("tells nothing of cells that have not ended", () => {
    const empty = augmentationTable(experiment, [], experiment.sources[0], "f1");
    expect(empty.rows.flatMap(({ points }) => points.map(({ values }) => values.mean))).toEqual(
      new Array(8).fill(null),
    );
    expect(empty.reading).not.toContain("raised");
  });

  test("is exported whole", () => {
    const lines = augmentationAsCsv([better]).trim().split("\n");
    expect(lines).toHaveLength(1 + 8);
    const heads = lines[0].split(",");
    expect(lines.every((line) => line.split(",").length === heads.length)).toBe(true);
    expect(lines[5].split(",")[heads.indexOf("verdict over real")]).toBe("better");
    const latex = augmentationAsLatex([better]);
    expect(latex).toContain("Real $\\rightarrow$ real & ");
    expect(latex.match(/\\textbf/g)).toHaveLength(2);
  });
});
