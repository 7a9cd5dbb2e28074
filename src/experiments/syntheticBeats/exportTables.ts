import { pganBaselines, simGanBaselines } from "../../domain/beatBaselines.ts";
import {
  comparisonCells,
  comparisonHeads,
  csvLine,
  digits,
  escaped,
  latexTable,
  spreadCells,
  spreadHeads,
  spreadInLatex,
} from "../tableText.ts";
import type { PganFigure } from "./pganFigures.ts";
import type { SimGanTable } from "./simGanTables.ts";
import type { BeatExperiment } from "./specification.ts";

/** Tables of SimGAN's experiment as one CSV: a line for every class and way to add beats, numbers in full. */
export function simGanAsCsv(tables: readonly SimGanTable[]): string {
  const lines = [
    csvLine([
      "class",
      "added beats",
      "hyperparameters",
      "iterations",
      "ratio",
      "ratio chosen by validation",
      "matched recall",
      ...["average precision", "ROC area", "precision at matched recall", "recall", "precision"].flatMap(
        spreadHeads,
      ),
      "least diversity beside real beats",
      ...comparisonHeads("none"),
      ...comparisonHeads("trained on"),
      ...comparisonHeads("repeated"),
    ]),
  ];
  for (const { target, matchedRecall, rows } of tables) {
    for (const row of rows) {
      lines.push(
        csvLine([
          target,
          row.added.generator,
          JSON.stringify(row.added.hyperparameters),
          row.added.iterations,
          row.ratio ?? "",
          String(row.isRatioChosen),
          matchedRecall,
          ...[row.averagePrecision, row.rocArea, row.precisionAtRecall, row.recall, row.precision].flatMap(
            spreadCells,
          ),
          digits(row.diversity),
          ...simGanBaselines.flatMap((baseline) => comparisonCells(row.over[baseline])),
        ]),
      );
    }
  }
  return `${lines.join("\n")}\n`;
}

/** Precision over recall and average precision over ratio as one CSV in long form, to be drawn anywhere. */
export function simGanCurvesAsCsv(tables: readonly SimGanTable[]): string {
  const lines = [csvLine(["class", "added beats", "curve", "at", "mean", "standard deviation", "title"])];
  for (const { target, rows } of tables) {
    for (const { added, title, curve, byRatio } of rows) {
      for (const { recall, mean, standardDeviation } of curve) {
        const cells = ["precision over recall", recall, digits(mean), digits(standardDeviation)];
        lines.push(csvLine([target, added.generator, ...cells, title]));
      }
      for (const { ratio, averagePrecision } of byRatio) {
        const { mean, standardDeviation } = averagePrecision;
        const cells = ["average precision over ratio", ratio, digits(mean), digits(standardDeviation)];
        lines.push(csvLine([target, added.generator, ...cells, title]));
      }
    }
  }
  return `${lines.join("\n")}\n`;
}

/** Figures of PGAN's experiment as one CSV: a line for every class, method and number of added beats. */
export function pganAsCsv(figures: readonly PganFigure[]): string {
  const lines = [
    csvLine([
      "class",
      "method",
      "added beats",
      "patients",
      ...spreadHeads("area"),
      "chosen for",
      ...spreadHeads("area at chosen"),
      "least diversity beside real beats",
      ...comparisonHeads("none"),
      ...comparisonHeads("trained on"),
    ]),
  ];
  for (const { target, rows } of figures) {
    for (const { method, points, chosen, area, diversity, over } of rows) {
      for (const point of points) {
        const chosenFor = Object.keys(chosen).filter((patient) => chosen[patient] === point.count);
        lines.push(
          csvLine([
            target,
            method,
            point.count,
            point.patients.join(" "),
            ...spreadCells(point.area),
            chosenFor.join(" "),
            ...spreadCells(area),
            digits(diversity),
            ...pganBaselines.flatMap((baseline) => comparisonCells(over[baseline])),
          ]),
        );
      }
    }
  }
  return `${lines.join("\n")}\n`;
}

/** Tables of SimGAN's experiment in LaTeX. Bold is only what an interval without 0 and an adjusted p-value call better. */
export function simGanAsLatex(tables: readonly SimGanTable[]): string {
  return tables
    .map(({ title, rows, reading, matchedRecall, seeds }) =>
      latexTable(
        `${title}: mean ± SD over ${seeds} runs. AP: average precision; AUC: area under the ROC curve; Pr at Re ${matchedRecall}: precision where the recall reaches it; Re and Pr: at the threshold that validation patients chose. ${reading}`,
        ["Added beats", "Ratio", "AP", "AUC", `Pr at Re ${matchedRecall}`, "Re", "Pr"],
        rows.map((row) => [
          escaped(row.title),
          row.ratio === null ? "--" : String(row.ratio),
          spreadInLatex(row.averagePrecision, row.over.none?.verdict === "better"),
          spreadInLatex(row.rocArea),
          spreadInLatex(row.precisionAtRecall),
          spreadInLatex(row.recall),
          spreadInLatex(row.precision),
        ]),
      ),
    )
    .join("\n\n");
}

/** Figures of PGAN's experiment in LaTeX: a method a row, a number of added beats a column. Bold as in `simGanAsLatex`. */
export function pganAsLatex(figures: readonly PganFigure[]): string {
  return figures
    .map(({ title, patients, rows, reading }) => {
      const counts = [...new Set(rows.flatMap(({ points }) => points.map(({ count }) => count)))];
      return latexTable(
        `${title}: area under the ROC curve, mean ± SD over ${patients.length} patients, by the number of added beats, and at the number that validation patients chose. ${reading}`,
        ["Method", ...counts.map(String), "Chosen"],
        rows.map(({ title: name, points, area, over }) => [
          escaped(name),
          ...counts.map((count) => {
            const point = points.find((each) => each.count === count);
            return point === undefined ? "" : spreadInLatex(point.area);
          }),
          spreadInLatex(area, over.none?.verdict === "better"),
        ]),
      );
    })
    .join("\n\n");
}

/** Everything that tables or figures tell, with the experiment that they are of. */
export function beatTablesAsJson(
  experiment: BeatExperiment,
  tables: readonly (SimGanTable | PganFigure)[],
): string {
  return `${JSON.stringify({ experiment, tables }, null, 2)}\n`;
}
