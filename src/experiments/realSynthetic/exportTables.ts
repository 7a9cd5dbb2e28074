import { settingTitles } from "../../domain/experiment.ts";
import type { ExperimentTable, TableCell } from "./tables.ts";

type Titles = Readonly<Record<string, string>>;

const digits = (value: number | null | undefined) => (value == null ? "" : value.toFixed(4));

/** All tables as one CSV: a line for every architecture and setting, numbers in full, runs in their order. */
export function tablesAsCsv(tables: readonly ExperimentTable[]): string {
  const lines = [
    "task,metric,positives,architecture,setting,runs,mean,standard deviation,interval low,interval high,values,gain %,difference,difference low,difference high,adjusted p,verdict",
  ];
  for (const { task, metric, positives, settings, rows } of tables) {
    for (const { architecture, cells, gain } of rows) {
      for (const setting of settings) {
        const cell = cells[setting];
        if (cell === undefined) continue;
        const { values, mean, standardDeviation, interval } = cell;
        const compared = setting === "syntheticToReal" ? gain : null;
        lines.push(
          [
            task,
            metric,
            positives ?? "all",
            architecture,
            setting,
            values.length,
            digits(mean),
            digits(standardDeviation),
            digits(interval?.low),
            digits(interval?.high),
            values.map(digits).join(" "),
            compared?.relativeGain?.toFixed(2) ?? "",
            digits(compared?.difference),
            digits(compared?.interval?.low),
            digits(compared?.interval?.high),
            digits(compared?.adjustedProbability),
            compared?.verdict ?? "",
          ].join(","),
        );
      }
    }
  }
  return `${lines.join("\n")}\n`;
}

/** `0.912 ± 0.013`; a dash where no run has ended. */
export function cellInWords({ mean, standardDeviation }: TableCell): string {
  if (mean === null) return "–";
  return standardDeviation === null
    ? mean.toFixed(3)
    : `${mean.toFixed(3)} ± ${standardDeviation.toFixed(3)}`;
}

/**
 * Tables in LaTeX, laid out as the paper's: an architecture a row, Real, Syn, Syn→Real and the gain. Bold is only what an
 * interval without 0 and an adjusted p-value call better.
 */
export function tablesAsLatex(tables: readonly ExperimentTable[], titles: Titles): string {
  const escaped = (text: string) => text.replaceAll(/[%&_#$]/g, "\\$&").replaceAll("→", "$\\rightarrow$");
  const value = (cell: TableCell | undefined, bold: boolean) => {
    const words = cell === undefined ? "--" : cellInWords(cell).replace("±", "$\\pm$").replace("–", "--");
    return bold ? `\\textbf{${words}}` : words;
  };
  return tables
    .map(({ title, metricTitle, positives, settings, rows, averageGain, reading }) => {
      const limit = positives === null ? "" : `, at most ${positives} positives`;
      const body = rows.map(({ architecture, cells, gain }) => {
        const columns = settings.map((setting) =>
          value(
            cells[setting],
            (setting === "syntheticToReal" && gain?.verdict === "better") ||
              (setting === "real" && gain?.verdict === "worse"),
          ),
        );
        const change =
          gain?.relativeGain == null
            ? "--"
            : `${gain.relativeGain.toFixed(1)} [${digits(gain.interval?.low)}, ${digits(gain.interval?.high)}]`;
        return `${escaped(titles[architecture] ?? architecture)} & ${columns.join(" & ")} & ${change} \\\\`;
      });
      const average = averageGain === null ? "--" : averageGain.toFixed(1);
      return [
        "\\begin{table}",
        `\\caption{${escaped(`${title}, ${metricTitle}${limit}: mean ± SD over runs; gain of Syn→Real over Real in %, with the 95 % interval of the difference. ${reading}`).replaceAll("±", "$\\pm$")}}`,
        `\\begin{tabular}{l${"r".repeat(settings.length)}r}`,
        "\\hline",
        `Architecture & ${settings.map((setting) => escaped(settingTitles[setting])).join(" & ")} & Gain \\\\`,
        "\\hline",
        ...body,
        "\\hline",
        `Average & ${settings.map(() => "").join(" & ")} & ${average} \\\\`,
        "\\hline",
        "\\end{tabular}",
        "\\end{table}",
      ].join("\n");
    })
    .join("\n\n");
}
