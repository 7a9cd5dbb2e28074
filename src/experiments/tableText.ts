import type { Comparison } from "../evaluation/statistics/comparison.ts";
import { type Spread, spreadInWords } from "./syntheticBeats/tables.ts";

/** Four digits behind the point; nothing for what does not exist. */
export const digits = (value: number | null | undefined) => (value == null ? "" : value.toFixed(4));

/** A line of CSV: what holds a comma, a quote or a line feed is quoted (RFC 4180). */
export const csvLine = (cells: readonly (string | number)[]) =>
  cells
    .map((cell) => (/[",\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : String(cell)))
    .join(",");

/** Columns of a spread. */
export const spreadHeads = (name: string) => [
  name,
  `${name} SD`,
  `${name} low`,
  `${name} high`,
  `${name} values`,
];
export const spreadCells = ({ mean, standardDeviation, interval, values }: Spread) => [
  digits(mean),
  digits(standardDeviation),
  digits(interval?.low),
  digits(interval?.high),
  values.map(digits).join(" "),
];

/** Columns of a comparison. */
export const comparisonHeads = (against: string) =>
  ["difference", "low", "high", "adjusted p", "verdict"].map((head) => `${head} over ${against}`);
export const comparisonCells = (compared: Comparison | null) => [
  digits(compared?.difference),
  digits(compared?.interval?.low),
  digits(compared?.interval?.high),
  digits(compared?.adjustedProbability),
  compared?.verdict ?? "",
];

/** A text without what LaTeX takes for commands. */
export const escaped = (text: string) =>
  text
    .replaceAll(/[%&_#$]/g, "\\$&")
    .replaceAll("→", "$\\rightarrow$")
    .replaceAll("²", "$^2$");
/** Bold is only what an interval without 0 and an adjusted p-value call better. */
export const spreadInLatex = (spread: Spread, isBold = false) => {
  const words = spreadInWords(spread).replace("±", "$\\pm$").replace("–", "--");
  return isBold ? `\\textbf{${words}}` : words;
};

/** A table in LaTeX, the first column flush left. */
export function latexTable(
  caption: string,
  heads: readonly string[],
  body: readonly (readonly string[])[],
): string {
  return [
    "\\begin{table}",
    `\\caption{${escaped(caption).replaceAll("±", "$\\pm$")}}`,
    `\\begin{tabular}{l${"r".repeat(heads.length - 1)}}`,
    "\\hline",
    `${heads.map(escaped).join(" & ")} \\\\`,
    "\\hline",
    ...body.map((cells) => `${cells.join(" & ")} \\\\`),
    "\\hline",
    "\\end{tabular}",
    "\\end{table}",
  ].join("\n");
}
