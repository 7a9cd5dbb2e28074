import { simGanBaselines, simGanBaselineWords } from "../../domain/beatBaselines.ts";
import { type BeatClass, beatClasses } from "../../domain/libraryRecord.ts";
import type { Comparison } from "../../evaluation/statistics/comparison.ts";
import {
  type BeatSet,
  chosenBeats,
  countOfClass,
  patientsOf,
} from "../../experiments/syntheticBeats/beatSets.ts";
import type { SimGanRow, SimGanTable } from "../../experiments/syntheticBeats/simGanTables.ts";
import { type Spread, spreadInWords } from "../../experiments/syntheticBeats/tables.ts";
import { table } from "../markdown.ts";
import type { ComputedSimGan } from "./compute.ts";

/** Recalls at which the curves of Figures 2 and 3 are given in numbers. */
const shownRecalls = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

const digits = (value: number) => value.toFixed(3);

/** Mean ± SD, with the interval where there is one. */
export const withInterval = (spread: Spread): string =>
  spread.interval === null
    ? spreadInWords(spread)
    : `${spreadInWords(spread)} [${digits(spread.interval.low)}, ${digits(spread.interval.high)}]`;

/** Difference with its interval, adjusted p-value and verdict; dashes where nothing was compared. */
export function comparisonCells(compared: Comparison | null): string[] {
  if (compared === null || compared.difference === null) return ["–", "–", "–"];
  const { difference, interval, adjustedProbability, verdict } = compared;
  const limits = interval === null ? "" : ` [${digits(interval.low)}, ${digits(interval.high)}]`;
  const probability = adjustedProbability < 0.001 ? "< 0.001" : digits(adjustedProbability);
  return [
    `${digits(difference + 0)}${limits}`,
    probability,
    verdict === "undecided" ? verdict : `**${verdict}**`,
  ];
}

/** Table 1, Table 2 and the curves of a class, with its reading. */
export function simGanTableText(found: SimGanTable, figure: string): string {
  const { target, title, matchedRecall, rows, reading } = found;
  if (found.chance === null) return `#### ${target}: ${title}\n\nNo training has ended yet.`;
  const main = rows.map((row) => [
    row.title,
    ratioInWords(row),
    withInterval(row.averagePrecision),
    withInterval(row.rocArea),
    spreadInWords(row.precisionAtRecall),
    spreadInWords(row.recall),
    spreadInWords(row.precision),
    ...simGanBaselines.flatMap((baseline) => comparisonCells(row.over[baseline])),
  ]);
  const over = (name: string) => [`over ${name} [95 %]`, "p (Holm)", "verdict"];
  return [
    `#### ${target}: ${title}`,
    `${percentOf(found.chance, 1)} % of the tested beats are of the class: the average precision of chance.`,
    table(
      [
        "added beats",
        "ratio",
        "average precision ± SD [95 %]",
        "ROC area ± SD [95 %]",
        `Pr at Re ${matchedRecall}`,
        "Re",
        "Pr",
        ...simGanBaselines.flatMap((baseline) => over(simGanBaselineWords[baseline])),
      ],
      main,
    ),
    reading,
    `Precision where the recall is so high, the mean over the runs (Figures 2 and 3 of the paper in numbers):`,
    table(["added beats", ...shownRecalls.map(String)], rows.map(curveCells)),
    `![Precision over recall, class ${target}](${figure})`,
  ].join("\n\n");
}

/** Added beats over real ones of the class, as validation patients chose it. */
const ratioInWords = ({ ratio, isRatioChosen }: SimGanRow) =>
  ratio === null ? "–" : ratio === 0 || isRatioChosen ? String(ratio) : `${ratio}, not chosen`;

function curveCells({ title, curve }: SimGanRow): string[] {
  const at = (recall: number) => curve.find((point) => Math.abs(point.recall - recall) < 1e-9);
  return [
    title,
    ...shownRecalls.map((recall) => {
      const point = at(recall);
      return point === undefined ? "–" : digits(point.mean);
    }),
  ];
}

const shownClasses: readonly BeatClass[] = beatClasses.filter((each) => each !== "Q");

/** How many beats there are, how many take part, and what that does to the precision of chance. */
export function countsText({ all, beats }: Pick<ComputedSimGan, "all" | "beats">): string {
  const side = (set: BeatSet, division: "DS1" | "DS2") =>
    chosenBeats(set, (origin) => origin.division === division && !origin.paced);
  const rows = (["DS1", "DS2"] as const).flatMap((division) =>
    (
      [
        ["all", all],
        ["here", beats],
      ] as const
    ).map(([name, set]) => {
      const own = side(set, division);
      const counts = shownClasses.map((each) => countOfClass(own, each));
      const chance = shownClasses.slice(1).map((_, index) => percentOf(counts[index + 1], own.count));
      return [division, name, patientsOf(own).length, ...counts, ...chance];
    }),
  );
  const chanceHeads = shownClasses.slice(1).map((each) => `chance ${each} %`);
  return table(["", "beats", "patients", ...shownClasses, ...chanceHeads], rows);
}

const percentOf = (part: number, whole: number) => (whole === 0 ? "–" : ((100 * part) / whole).toFixed(1));
