import {
  type ColumnGroup,
  type ColumnKey,
  columnGroupNames,
  columnGroups,
  columnKeys,
  columnOf,
  numberInWords,
} from "../../domain/leagueColumns.ts";
import { valueInWords } from "../../experiments/league/exportTables.ts";
import { closenessInWords } from "../../experiments/league/reading.ts";
import type { LeagueExperiment } from "../../experiments/league/specification.ts";
import type { LeagueRow, LeagueTable } from "../../experiments/league/tables.ts";
import { table } from "../markdown.ts";
import type { Claim } from "../proof.ts";
import { reducedLeague } from "./specification.ts";

/** The generator whose cost is 1. */
export const costBaseline = "vanillaGan";

/** What came of the league on one source. */
export interface LeagueOutcome {
  readonly experiment: LeagueExperiment;
  /** One a class. */
  readonly tables: readonly LeagueTable[];
  readonly cells: number;
  readonly finished: number;
}

/** A claim for every promise that a source can break. */
export function claimsOf({ experiment, tables, cells, finished }: LeagueOutcome): Claim[] {
  const [first] = tables;
  const rowOf = (role: LeagueRow["role"]) => first.rows.find((row) => row.role === role);
  const copier = rowOf("copier");
  const [real, noise] = [rowOf("real"), rowOf("noise")];
  const share = (row: LeagueRow | undefined) => row?.values.gaussianDiscrepancy ?? null;
  return [
    {
      promise: `Every cell ends: ${experiment.name}`,
      measured: `${finished} of ${cells}`,
      holds: finished === cells,
    },
    {
      promise: `The planted copier is found in every run: ${experiment.name}`,
      measured: `${copier?.accused ?? 0} of ${copier?.runs ?? 0}`,
      holds: copier !== undefined && copier.runs > 0 && copier.accused === copier.runs,
    },
    {
      promise: `Beats of other real patients are nearer (MMD²) than noise of the same spectrum: ${experiment.name}, class ${first.beatClass}`,
      measured: `${valueInWords(share(real) ?? noNumber)} and ${valueInWords(share(noise) ?? noNumber)}`,
      holds: (share(real)?.value ?? Number.POSITIVE_INFINITY) < (share(noise)?.value ?? 0),
    },
  ];
}

const noNumber = { value: null, interval: null };

/** The section of a source: what the tables say, the tables of closeness for each class, and the others once. */
export function sectionOf({ experiment, tables, cells, finished }: LeagueOutcome): string {
  const [first] = tables;
  const missing =
    finished === cells
      ? []
      : [
          `${finished} of ${cells} cells have ended: rows lack runs or are empty. The command goes on where it stopped.`,
        ];
  return [
    `## ${experiment.source.name}`,
    ...missing,
    ...tables.map(({ reading }) => reading).slice(0, 1),
    ...tables.flatMap((each, index) => [
      `### Closeness, class ${each.beatClass}`,
      // Of the first class the reading above has said it.
      ...(index === 0 ? [] : [closenessInWords(each)].filter((words) => words !== "")),
      groupTable(each, "closeness"),
    ]),
    "### Usefulness",
    usefulnessTable(first),
    "### Privacy",
    privacyTable(first),
    "### Cost",
    costTable(first),
  ].join("\n\n");
}

const keysOf = (group: ColumnGroup) => columnKeys.filter((key) => columnOf(key).group === group);

/** A value, its interval and the places that the interval leaves open. */
function cellOf({ values }: LeagueRow, key: ColumnKey): string {
  const { rank } = values[key];
  const words = valueInWords(values[key]);
  return rank === null
    ? words
    : `${words} (${rank.from === rank.to ? rank.from : `${rank.from}–${rank.to}`})`;
}

function groupTable({ rows }: LeagueTable, group: ColumnGroup): string {
  const keys = keysOf(group);
  return table(
    ["", ...keys.map((key) => columnOf(key).title), "mean rank"],
    rows.map((row) => [titleOf(row), ...keys.map((key) => cellOf(row, key)), rankWords(row, group)]),
  );
}

/** References stand in italics. */
const titleOf = ({ title, role }: LeagueRow) => (role === "generator" ? title : `_${title}_`);
const rankWords = ({ meanRanks }: LeagueRow, group: ColumnGroup) =>
  meanRanks[group] === null ? "–" : meanRanks[group].toFixed(1);

function usefulnessTable({ rows, realAlone }: LeagueTable): string {
  const verdict = (row: LeagueRow, against: "overReal" | "overRepeated") => row[against]?.verdict ?? "–";
  return [
    `Real beats alone reach a macro F1 of ${valueInWords(realAlone)}.`,
    table(
      ["", "over real alone", "verdict", "over real repeated", "verdict", "synthetic alone", "mean rank"],
      rows.map((row) => [
        titleOf(row),
        cellOf(row, "gain"),
        verdict(row, "overReal"),
        cellOf(row, "gainOverRepeated"),
        verdict(row, "overRepeated"),
        cellOf(row, "alone"),
        rankWords(row, "usefulness"),
      ]),
    ),
  ].join("\n\n");
}

function privacyTable({ rows }: LeagueTable): string {
  const keys = keysOf("privacy");
  return table(
    ["", ...keys.map((key) => columnOf(key).title), "accused of copying", "mean rank"],
    rows.map((row) => [
      titleOf(row),
      ...keys.map((key) => cellOf(row, key)),
      row.accused === null ? "–" : `${row.accused} of ${row.runs}`,
      rankWords(row, "privacy"),
    ]),
  );
}

/** One digit: more would tell of what else the machine did. */
export function roughly(ratio: number | null): string {
  if (ratio === null || !Number.isFinite(ratio)) return "–";
  return ratio === 0 ? "0" : String(Number(ratio.toPrecision(1)));
}

function costTable({ rows }: LeagueTable): string {
  const generators = rows.filter(({ role }) => role === "generator");
  const baseline = generators.find(({ contestant }) => contestant.generator === costBaseline);
  const ratio = (row: LeagueRow, key: "trainingSeconds" | "beatMilliseconds") => {
    const [own, base] = [row.values[key].value, baseline?.values[key].value ?? null];
    return own === null || base === null ? null : own / base;
  };
  return [
    `Times over those of ${baseline?.title ?? "the baseline"} of the same run, to one digit, at the widths and iterations below: of one machine that did other work beside, not a property of the methods.`,
    table(
      ["", "training", "a beat", "parameters"],
      generators.map((row) => [
        row.title,
        roughly(ratio(row, "trainingSeconds")),
        roughly(ratio(row, "beatMilliseconds")),
        numberInWords(row.values.parameters.value).replace(/\.0+$/, ""),
      ]),
    ),
  ].join("\n\n");
}

/** How it was measured, and what the columns are. */
export const method = `All beats that a generator draws are **synthetic**; nothing here is meant for clinical use.

## How it was measured

Beats of 216 samples at 360 Hz with R at 200 ms, in mV. Patients are divided once; every generator learns from the beats of the training patients alone, of both classes at once where it takes classes, otherwise one class after the other, and draws ${reducedLeague("").beatsPerClass} beats of each. Networks are narrow and trained briefly, so that one core computes a source in about a quarter of an hour: this is a league of reduced generators, not of the papers' sizes. \`docs/league.experiment.json\` is the full form, for \`npm run ecg -- league\`.

Three references take part: real training beats again (what beats of other real patients reach, and what more beats are worth without new ones), noise of the same spectrum (the spectrum without the waves), and a planted copier (training beats with a trace of noise). They have no ranks. "McSharry's equations" is SimGAN's simulator, which integrates the dynamical model with waves of each class set by hand; "Gaussian waves" are cut from recordings of the Gaussian simulator. The waves of neither come from a beat; but to return to mV those of the former, like the beats of every GAN, take the height of a real training beat of like form. The personal generators (PGAN and the personalised pair) take no part: they make beats for one patient whom they have seen, which is another question.

${columnGroupNames
  .map(
    (group) =>
      `- **${columnGroups[group]}.** ${keysOf(group)
        .map((key) => `${columnOf(key).title}: ${columnOf(key).says}`)
        .join(" ")}`,
  )
  .join("\n")}

Closeness and privacy: the mean over the runs, and from the lowest to the highest limit of their intervals, each from 100 half samples of the patients, or Wilson's. Usefulness: the difference of macro F1 with the interval of Obuchowski and Rockette over runs and tested patients, and a verdict after Holm over all generators. In brackets the places among the generators that the intervals leave open. The mean rank of a group is the mean of the places by the values; it is no score.`;
