import {
  comparisonCells,
  comparisonHeads,
  csvLine,
  escaped,
  latexTable,
  spreadCells,
  spreadHeads,
  spreadInLatex,
} from "../tableText.ts";
import { augmentationMetrics } from "./metrics.ts";
import { usesSynthetic } from "./settings.ts";
import type { AugmentationExperiment } from "./specification.ts";
import type { AugmentationTable } from "./tables.ts";

/** All tables as one CSV: a line for every source, tested database, metric, setting and share, numbers in full. */
export function augmentationAsCsv(tables: readonly AugmentationTable[]): string {
  const lines = [
    csvLine([
      ...["source", "tested on", "metric", "setting"],
      ...["generators", "hyperparameters", "iterations", "learned from"],
      ...["convolutions kept", "share"],
      ...["training signals", "synthetic ones"],
      ...spreadHeads("value"),
      ...comparisonHeads("real"),
      ...comparisonHeads("repeated"),
      ...comparisonHeads("weighted"),
    ]),
  ];
  for (const { source, testedOn, metric, rows } of tables) {
    for (const { setting, generators, freezesConvolutions, syntheticSource, points } of rows) {
      for (const { share, values, trained, overReal, overRepeated, overWeighted } of points) {
        lines.push(
          csvLine([
            source.name,
            testedOn?.name ?? source.name,
            metric,
            setting,
            generators.map(({ generator }) => generator).join(" "),
            generators.map(({ hyperparameters }) => JSON.stringify(hyperparameters)).join(" "),
            generators.map(({ iterations }) => iterations).join(" "),
            usesSynthetic(setting) ? (syntheticSource ?? source).name : "",
            String(freezesConvolutions),
            share,
            trained?.all ?? "",
            trained?.synthetic ?? "",
            ...spreadCells(values),
            ...comparisonCells(overReal),
            ...comparisonCells(overRepeated),
            ...comparisonCells(overWeighted),
          ]),
        );
      }
    }
  }
  return `${lines.join("\n")}\n`;
}

/** Tables in LaTeX: a setting a row, a share a column. */
export function augmentationAsLatex(tables: readonly AugmentationTable[]): string {
  return tables
    .map(({ source, testedOn, metric, seeds, rows, reading }) => {
      const shares = [...new Set(rows.flatMap(({ points }) => points.map(({ share }) => share)))].sort(
        (one, other) => one - other,
      );
      return latexTable(
        `${source.name}${testedOn === null ? "" : `, tested on ${testedOn.name}`}, ${augmentationMetrics[metric]}: mean ± SD over ${seeds} runs, by the share of what grows: of the real training signals, of synthetic ones that are added or learned from alone, or of both in the two-sample test. ${reading}`,
        ["Setting", ...shares.map(String)],
        rows.map(({ title, points }) => [
          escaped(title),
          ...shares.map((share) => {
            const point = points.find((each) => each.share === share);
            return point === undefined
              ? ""
              : spreadInLatex(point.values, point.overReal?.verdict === "better");
          }),
        ]),
      );
    })
    .join("\n\n");
}

/** Everything that tables tell, with the experiment that they are of. */
export const augmentationAsJson = (
  experiment: AugmentationExperiment,
  tables: readonly AugmentationTable[],
): string => `${JSON.stringify({ experiment, tables }, null, 2)}\n`;
