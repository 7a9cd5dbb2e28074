import { pganBaselines, pganBaselineWords } from "../../domain/beatBaselines.ts";
import { rocArea } from "../../evaluation/metrics/classification.ts";
import type { PganFigure } from "../../experiments/syntheticBeats/pganFigures.ts";
import { spreadInWords } from "../../experiments/syntheticBeats/tables.ts";
import { table } from "../markdown.ts";
import type { ComputedPgan } from "./compute.ts";
import { comparisonCells, withInterval } from "./simGanSection.ts";

/** Figures 6 to 8 of a class in numbers, with its reading. */
export function pganFigureText(found: PganFigure, { finished }: ComputedPgan, figure: string): string {
  const { target, title, rows, patients, reading } = found;
  if (patients.length === 0) return `#### ${target}: ${title}\n\nNo training has ended yet.`;
  const counts = [...new Set(rows.flatMap(({ points }) => points.map(({ count }) => count)))].sort(
    (one, other) => one - other,
  );
  const body = rows.map((row) => [
    row.title,
    ...counts.map((count) => {
      const point = row.points.find((each) => each.count === count);
      return point === undefined ? "" : spreadInWords(point.area);
    }),
    withInterval(row.area),
    ...pganBaselines.flatMap((baseline) => comparisonCells(row.over[baseline])),
  ]);
  const ofPatients = patients.map((patient) => {
    const own = finished.filter(({ cell }) => cell.target === target && cell.patient === patient);
    const none = own.filter(({ cell }) => cell.method === "none");
    const { train, test } = own[0].result.counts;
    const areas = none.map(({ result: { tested } }) =>
      rocArea(
        tested.probabilities,
        Array.from(tested.labels, (label) => label === 1),
      ),
    );
    return [
      patient,
      ...[train, test].flatMap(({ positive, negative }) => [positive, negative]),
      areas.map((area) => area?.toFixed(3) ?? "–").join(", "),
    ];
  });
  return [
    `#### ${target}: ${title}`,
    table(
      [
        "patient",
        `trained on ${target}`,
        "others",
        `tested on ${target}`,
        "others",
        "area without added beats, run by run",
      ],
      ofPatients,
    ),
    table(
      [
        "method",
        ...counts.map((count) => `+ ${count}`),
        "at the chosen number [95 %]",
        ...pganBaselines.flatMap((baseline) => [
          `over ${pganBaselineWords[baseline]} [95 %]`,
          "p (Holm)",
          "verdict",
        ]),
      ],
      body,
    ),
    reading,
    `![Area under the curve over added beats, class ${target}](${figure})`,
  ].join("\n\n");
}
