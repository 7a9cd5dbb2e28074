import {
  type AugmentationMetricName,
  augmentationMetrics,
} from "../../experiments/augmentationTransfer/metrics.ts";
import type { AugmentationPoint, AugmentationTable } from "../../experiments/augmentationTransfer/tables.ts";
import { spreadInWords } from "../../experiments/syntheticBeats/tables.ts";
import { table } from "../markdown.ts";
import { comparisonCells, withInterval } from "../syntheticBeats/simGanSection.ts";
import type { DividedSource } from "./checks.ts";

/** The tables of an experiment on one source, by what they measure. */
export type Tables = Readonly<Record<AugmentationMetricName, AugmentationTable>>;

const trainedInWords = ({ trained }: AugmentationPoint) =>
  trained === null
    ? "–"
    : trained.synthetic === 0
      ? `${trained.all}`
      : `${trained.all} (${trained.synthetic})`;

const others = ["accuracy", "precision", "recall", "area"] as const;

/** Every row of an experiment with its measures. */
export function valuesText(tables: Tables): string {
  const rows = tables.f1.rows.flatMap((row, at) =>
    row.points.map((point, place) => [
      place === 0 ? row.title : "",
      point.share,
      trainedInWords(point),
      withInterval(point.values),
      ...others.map((metric) => spreadInWords(tables[metric].rows[at].points[place].values)),
    ]),
  );
  const heads = ["trained on → tested on", "share", "training signals (synthetic)"];
  return table(
    [
      ...heads,
      `${augmentationMetrics.f1} ± SD [95 %]`,
      ...others.map((metric) => augmentationMetrics[metric]),
    ],
    rows,
  );
}

const baselines = [
  ["overReal", "real alone"],
  ["overRepeated", "real, repeated"],
  ["overWeighted", "real, weighted"],
] as const;

/** What was compared, with limits, adjusted p-values and verdicts; only baselines that something was held against. */
export function comparisonsText({ rows }: AugmentationTable): string {
  const used = baselines.filter(([key]) =>
    rows.some(({ points }) => points.some((point) => point[key] !== null)),
  );
  if (used.length === 0) return "Nothing can be compared yet.";
  const lines = rows.flatMap((row) =>
    row.points
      .filter((point) => used.some(([key]) => point[key] !== null))
      .map((point) => [row.title, point.share, ...used.flatMap(([key]) => comparisonCells(point[key]))]),
  );
  return table(
    ["", "share", ...used.flatMap(([, name]) => [`Macro F1 over ${name} [95 %]`, "p (Holm)", "verdict"])],
    lines,
  );
}

/** Signals of each class on each side, and how many patients these are of. */
export function divisionText(classes: readonly string[], { counts, patients }: DividedSource): string {
  const rows = (["train", "validation", "test"] as const).map((side) => [
    side === "train" ? "training" : side,
    ...counts[side],
    patients[side].size,
  ]);
  return table(["", ...classes, "patients"], rows);
}

/** Macro F1 of always saying the commonest class of the test. */
export function constantF1({ counts }: DividedSource): number {
  const total = counts.test.reduce((sum, count) => sum + count, 0);
  const share = Math.max(...counts.test) / total;
  return (2 * share) / (1 + share) / counts.test.length;
}
