import {
  type ColumnGroup,
  type ColumnKey,
  columnGroupNames,
  columnKeys,
  columnOf,
} from "../../domain/leagueColumns.ts";
import { type Comparison, compare } from "../../evaluation/statistics/comparison.ts";
import { meanOf } from "../../evaluation/statistics/resampling.ts";
import { canonicalJson } from "../canonical.ts";
import { titleOfChosen } from "../chosenTitles.ts";
import type { ChosenGenerator } from "../syntheticBeats/specification.ts";
import { type TableOptions, usualOptions } from "../syntheticBeats/tables.ts";
import { type Role, roleOf } from "./contestants.ts";
import { contestantsOf } from "./grid.ts";
import { contestOf, macroF1 } from "./macroF1.ts";
import { hull, noValue, overRuns, spanOf } from "./overRuns.ts";
import { meanRank, type Rank, type Ranked, ranksOf } from "./ranks.ts";
import { readingOf } from "./reading.ts";
import {
  closenessKeys,
  type FinishedLeagueCell,
  type LeagueExperiment,
  type LeagueResult,
  type Measurement,
} from "./specification.ts";

export interface LeagueValue extends Ranked {
  /** Among the generators alone; null for references and where there is no value. */
  readonly rank: Rank | null;
}

export interface LeagueRow {
  readonly contestant: ChosenGenerator;
  readonly title: string;
  readonly role: Role;
  /** Runs that have ended. */
  readonly runs: number;
  /** Runs in which the check for copies accuses it; null where that is no question: real beats are the training beats. */
  readonly accused: number | null;
  readonly values: Readonly<Record<ColumnKey, LeagueValue>>;
  /** Means of the places in the columns of a group: no score, for no column weighs more than another. */
  readonly meanRanks: Readonly<Record<ColumnGroup, number | null>>;
  /** Macro F1 with synthetic beats against real ones alone, and against repeated ones; null until two runs have both. */
  readonly overReal: Comparison | null;
  readonly overRepeated: Comparison | null;
}

/** The league on the beats of one class; usefulness, privacy and cost are of all classes together. */
export interface LeagueTable {
  readonly beatClass: string;
  readonly seeds: number;
  readonly rows: readonly LeagueRow[];
  /** Macro F1 of real beats alone, over the runs. */
  readonly realAlone: Ranked;
  readonly counts: LeagueResult["counts"] | null;
  /** Beats of tested patients. */
  readonly tested: number;
  readonly reading: string;
}

type Finished = readonly FinishedLeagueCell[];
type Columns = Readonly<Record<ColumnKey, Ranked>>;
type Described = Omit<LeagueRow, "values" | "meanRanks"> & { readonly columns: Columns };

/** The table of a class from the cells that have ended. */
export function leagueTable(
  experiment: LeagueExperiment,
  finished: Finished,
  beatClass: string,
  options: TableOptions = {},
): LeagueTable {
  const whole = { ...usualOptions, ...options };
  const described = describedRows(experiment, finished, beatClass, whole);
  const rows = withRanks(described);
  const first = finished[0]?.result ?? null;
  const base = bestOfEachRun(experiment, finished).map((result) => macroF1(result.scores, "real"));
  const table: Omit<LeagueTable, "reading"> = {
    beatClass,
    seeds: experiment.seeds.length,
    rows,
    realAlone: overRuns(base),
    counts: first?.counts ?? null,
    tested: first?.scores.labels.length ?? 0,
  };
  return { ...table, reading: readingOf(experiment, table) };
}

/** A result of each run that has one: what is of real beats alone is the same in all. */
function bestOfEachRun({ seeds }: LeagueExperiment, finished: Finished): LeagueResult[] {
  return seeds.flatMap((seed) => finished.find(({ cell }) => cell.seed === seed)?.result ?? []);
}

function describedRows(
  experiment: LeagueExperiment,
  finished: Finished,
  beatClass: string,
  { titles, resamples, permutations }: Required<TableOptions>,
): Described[] {
  const contestants = contestantsOf(experiment).map((contestant) => ({
    contestant,
    results: resultsOf(finished, contestant),
  }));
  const real = contestants.find(({ contestant }) => contestant.generator === "real")?.results ?? new Map();
  const contests = contestants.flatMap(({ contestant, results }) =>
    (["overReal", "overRepeated"] as const).flatMap((against) => {
      const pairs = [...results].flatMap(([seed, result]) => {
        const baseline = against === "overReal" ? result.scores.real : real.get(seed)?.scores.both;
        return baseline === undefined ? [] : [{ baseline, candidate: result.scores.both }];
      });
      if (pairs.length < 2 || (against === "overRepeated" && contestant.generator === "real")) return [];
      const [{ scores }] = [...results.values()];
      return [{ contestant, against, contest: contestOf(contestant.generator, scores, pairs) }];
    }),
  );
  // References are told for themselves: they shall not cost the generators' family any power.
  const compared = new Map(
    [true, false].flatMap((isReference) => {
      const family = contests.filter(
        ({ contestant }) => (roleOf(contestant.generator) !== "generator") === isReference,
      );
      if (family.length === 0) return [];
      const found = compare(
        family.map(({ contest }) => contest),
        { resamples, permutations, largestDifference: 1 },
      );
      return family.map((each, index) => [each, found[index]] as const);
    }),
  );
  return contestants.map(({ contestant, results }) => {
    const role = roleOf(contestant.generator);
    const comparison = (against: "overReal" | "overRepeated") => {
      const own = contests.find((each) => each.contestant === contestant && each.against === against);
      return (own && compared.get(own)) ?? null;
    };
    const [overReal, overRepeated] = [comparison("overReal"), comparison("overRepeated")];
    const all = [...results.values()];
    const own = { results: all, repeated: [...results.keys()].map((seed) => real.get(seed) ?? null) };
    return {
      contestant,
      title: titleOfChosen(titles, contestant) ?? contestant.generator,
      role,
      runs: all.length,
      accused: role === "real" ? null : all.filter(({ privacy }) => privacy.isMemorising).length,
      overReal,
      overRepeated,
      columns: columnsOf(own, role, beatClass, { overReal, overRepeated }),
    };
  });
}

/** Results of a contestant by their seeds. */
function resultsOf(finished: Finished, contestant: ChosenGenerator): Map<number, LeagueResult> {
  const wanted = canonicalJson(contestant);
  return new Map(
    finished
      .filter(({ cell }) => canonicalJson(cell.contestant) === wanted)
      .map(({ cell, result }) => [cell.seed, result]),
  );
}

function columnsOf(
  {
    results,
    repeated,
  }: { readonly results: readonly LeagueResult[]; readonly repeated: readonly (LeagueResult | null)[] },
  role: Role,
  beatClass: string,
  { overReal, overRepeated }: Pick<LeagueRow, "overReal" | "overRepeated">,
): Columns {
  const measured = (of: (result: LeagueResult) => Measurement | null) =>
    hull(results.flatMap((result) => of(result) ?? []));
  const closeness = Object.fromEntries(
    closenessKeys.map((key) => [key, measured((result) => result.closeness[beatClass]?.[key] ?? null)]),
  ) as Pick<Columns, (typeof closenessKeys)[number]>;
  const gains = (baseline: (result: LeagueResult, run: number) => number | null) =>
    results.flatMap((result, run) => {
      const from = baseline(result, run);
      return from === null ? [] : [macroF1(result.scores, "both") - from];
    });
  const isOfTraining = role === "real";
  const privacy = (key: "nearer" | "membership" | "copies") =>
    isOfTraining ? noValue : measured((result) => result.privacy[key]);
  const cost = (key: keyof LeagueResult["cost"]) =>
    role === "generator" ? spanOf(results.map((result) => result.cost[key])) : noValue;
  return {
    ...closeness,
    gain: gainOf(
      overReal,
      gains((result) => macroF1(result.scores, "real")),
    ),
    gainOverRepeated: isOfTraining
      ? noValue
      : gainOf(
          overRepeated,
          gains((_, run) => {
            const other = repeated[run];
            return other === null ? null : macroF1(other.scores, "both");
          }),
        ),
    alone: overRuns(results.map((result) => macroF1(result.scores, "synthetic"))),
    nearer: privacy("nearer"),
    membership: privacy("membership"),
    copies: privacy("copies"),
    trainingSeconds: cost("trainingSeconds"),
    beatMilliseconds: cost("beatMilliseconds"),
    parameters: cost("parameters"),
  };
}

/** The difference with its interval where two runs have it; otherwise of the one run. */
function gainOf(comparison: Comparison | null, gains: readonly number[]): Ranked {
  if (comparison !== null) return { value: comparison.difference, interval: comparison.interval };
  return gains.length === 0 ? noValue : { value: meanOf(gains), interval: null };
}

function withRanks(rows: readonly Described[]): LeagueRow[] {
  const generators = rows.filter(({ role }) => role === "generator");
  const ranks = new Map(
    columnKeys.map((key) => [
      key,
      ranksOf(
        generators.map(({ columns }) => columns[key]),
        columnOf(key).better,
      ),
    ]),
  );
  const rankOf = (row: Described, key: ColumnKey) => ranks.get(key)?.[generators.indexOf(row)] ?? null;
  return rows.map((row): LeagueRow => {
    const { columns, ...rest } = row;
    return {
      ...rest,
      values: Object.fromEntries(
        columnKeys.map((key) => [key, { ...columns[key], rank: rankOf(row, key) }]),
      ) as Record<ColumnKey, LeagueValue>,
      meanRanks: Object.fromEntries(
        columnGroupNames.map((group) => [
          group,
          meanRank(columnKeys.filter((key) => columnOf(key).group === group).map((key) => rankOf(row, key))),
        ]),
      ) as Record<ColumnGroup, number | null>,
    };
  });
}
