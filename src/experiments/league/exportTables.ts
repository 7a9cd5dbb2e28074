import {
  columnGroupNames,
  columnGroups,
  columnKeys,
  columnOf,
  numberInWords,
} from "../../domain/leagueColumns.ts";
import { comparisonCells, comparisonHeads, csvLine, digits, escaped, latexTable } from "../tableText.ts";
import type { Ranked } from "./ranks.ts";
import type { LeagueExperiment } from "./specification.ts";
import type { LeagueTable, LeagueValue } from "./tables.ts";

const valueHeads = (name: string) => [
  name,
  `${name} low`,
  `${name} high`,
  `${name} rank from`,
  `${name} rank to`,
];
const valueCells = ({ value, interval, rank }: LeagueValue) => [
  digits(value),
  digits(interval?.low),
  digits(interval?.high),
  rank?.from ?? "",
  rank?.to ?? "",
];

/** All tables as one CSV: a line for every class and contestant, numbers in full. */
export function leagueAsCsv(tables: readonly LeagueTable[]): string {
  const lines = [
    csvLine([
      ...["class", "contestant", "hyperparameters", "iterations", "role", "runs", "accused runs"],
      ...columnKeys.flatMap((key) => valueHeads(key)),
      ...columnGroupNames.map((group) => `mean rank ${group}`),
      ...comparisonHeads("real"),
      ...comparisonHeads("repeated"),
    ]),
  ];
  for (const { beatClass, rows } of tables) {
    for (const { contestant, role, runs, accused, values, meanRanks, overReal, overRepeated } of rows) {
      lines.push(
        csvLine([
          ...[beatClass, contestant.generator, JSON.stringify(contestant.hyperparameters)],
          ...[contestant.iterations, role, runs, accused ?? ""],
          ...columnKeys.flatMap((key) => valueCells(values[key])),
          ...columnGroupNames.map((group) => digits(meanRanks[group])),
          ...comparisonCells(overReal),
          ...comparisonCells(overRepeated),
        ]),
      );
    }
  }
  return `${lines.join("\n")}\n`;
}

/** `0.123 [0.100, 0.150]` */
export function valueInWords({ value, interval }: Ranked): string {
  if (value === null || interval === null) return numberInWords(value);
  return `${numberInWords(value)} [${numberInWords(interval.low)}, ${numberInWords(interval.high)}]`;
}

/** Tables in LaTeX: one for every class and group of columns. */
export function leagueAsLatex(tables: readonly LeagueTable[]): string {
  return tables
    .flatMap(({ beatClass, seeds, rows, reading }) =>
      columnGroupNames.map((group) => {
        const keys = columnKeys.filter((key) => columnOf(key).group === group);
        return latexTable(
          `${columnGroups[group]}, class ${beatClass}: means over ${seeds} runs with 95 % intervals, and the mean rank in the group. ${reading}`,
          ["", ...keys.map((key) => columnOf(key).title), "Mean rank"],
          rows.map(({ title, values, meanRanks }) => [
            escaped(title),
            ...keys.map((key) => valueInWords(values[key]).replaceAll("–", "--")),
            numberInWords(meanRanks[group]).replaceAll("–", "--"),
          ]),
        );
      }),
    )
    .join("\n\n");
}

/** Everything that tables tell, with the experiment that they are of. */
export const leagueAsJson = (experiment: LeagueExperiment, tables: readonly LeagueTable[]): string =>
  `${JSON.stringify({ experiment, tables }, null, 2)}\n`;
