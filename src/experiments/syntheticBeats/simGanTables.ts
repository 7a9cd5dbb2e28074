import { type SimGanBaseline, simGanBaselines, simGanBaselineWords } from "../../domain/beatBaselines.ts";
import { type BeatTarget, targetTitles } from "../../domain/beatTargets.ts";
import { agreementAt, bestThreshold } from "../../evaluation/metrics/classification.ts";
import type { Comparison } from "../../evaluation/statistics/comparison.ts";
import { titleOfChosen } from "../chosenTitles.ts";
import { perBeat } from "./beatSets.ts";
import { ratiosOf } from "./grid.ts";
import {
  averagePrecisionOfRanks,
  PatientCases,
  precisionAtRecall,
  precisionsAtRecalls,
  type RankMetric,
  rocAreaOfRanks,
} from "./patientCases.ts";
import { type DescribedRow, type Runs, runsOf, withComparisons } from "./simGanRuns.ts";
import type {
  BeatCellResult,
  ChosenGenerator,
  FinishedBeatCell,
  ScoredBeats,
  SimGanCell,
  SimGanExperiment,
} from "./specification.ts";
import {
  bestOf,
  collapsesInWords,
  list,
  type Spread,
  spreadOf,
  type TableOptions,
  usualOptions,
  verdictsInWords,
} from "./tables.ts";

type Finished = readonly FinishedBeatCell<SimGanCell>[];

/** One way to add beats, at the ratio that the validation patients chose. */
export interface SimGanRow {
  readonly added: ChosenGenerator;
  readonly title: string;
  /** Added beats over the class's real ones; 0 for none, null where nothing has ended. */
  readonly ratio: number | null;
  /** False where no validation patient has the class: the ratio is then the one nearest to 1. */
  readonly isRatioChosen: boolean;
  /** Over the seeds; its interval is for other patients. */
  readonly averagePrecision: Spread;
  /** Area under the ROC curve: the measure of the paper before; its interval is for other patients. */
  readonly rocArea: Spread;
  /** Precision at the experiment's recall: Table 1. */
  readonly precisionAtRecall: Spread;
  /** At the threshold of the best F1 on the validation patients: Table 2. */
  readonly recall: Spread;
  readonly precision: Spread;
  /** Precision over recall, the mean over the seeds: Figures 2 and 3. */
  readonly curve: readonly CurveMean[];
  /** Average precision for every ratio. */
  readonly byRatio: readonly { readonly ratio: number; readonly averagePrecision: Spread }[];
  /** Least diversity of the generated beats beside real ones, over the runs; null where none are generated. */
  readonly diversity: number | null;
  /** Average precision against each baseline; null until two seeds have both. */
  readonly over: Readonly<Record<SimGanBaseline, Comparison | null>>;
}

export interface CurveMean {
  readonly recall: number;
  readonly mean: number;
  /** Over the seeds; null for fewer than two. */
  readonly standardDeviation: number | null;
}

/** SimGAN's Tables 1 and 2 and its Figures 2 and 3 for one class, tested on DS2 alone. */
export interface SimGanTable {
  readonly target: BeatTarget;
  readonly title: string;
  /** Recall at which precisions are compared. */
  readonly matchedRecall: number;
  /** Share of the tested beats that are of the class: the precision of chance. */
  readonly chance: number | null;
  readonly seeds: number;
  readonly rows: readonly SimGanRow[];
  readonly reading: string;
}

/** Recalls at which curves are drawn. */
const curveRecalls = Array.from({ length: 50 }, (_, index) => (index + 1) / 50);

const truthsOf = ({ labels }: ScoredBeats) => Array.from(labels, (label) => label === 1);
const nothing: ChosenGenerator = { generator: "none", hyperparameters: {}, iterations: 0 };

/** The table of a class from the cells that have ended. */
export function simGanTable(
  experiment: SimGanExperiment,
  finished: Finished,
  target: BeatTarget,
  options: TableOptions = {},
): SimGanTable {
  const whole = { ...usualOptions, ...options };
  const { seeds, recalls, generators } = experiment;
  const runs = runsOf(experiment, finished, target);
  const kinds = [nothing, ...generators.filter(({ generator }) => generator !== "none")];
  const described = kinds.map((added) => rowFor(experiment, runs, added, recalls[target], whole));
  const rows = withComparisons(runs, described, whole);
  const tested = runs.own[0]?.result.tested;
  const positives = tested?.labels.reduce((sum, label) => sum + label, 0) ?? 0;
  return {
    target,
    title: targetTitles[target],
    matchedRecall: recalls[target],
    chance: tested === undefined ? null : positives / tested.labels.length,
    seeds: seeds.length,
    rows,
    reading: readingOf(experiment, target, rows),
  };
}

/** A row of the table but for what it is compared with. */
function rowFor(
  experiment: SimGanExperiment,
  { own, cases, runsFor, valuesOf }: Runs,
  added: ChosenGenerator,
  matchedRecall: number,
  { titles, resamples }: Required<TableOptions>,
): DescribedRow {
  const tried = ratiosOf(experiment, added);
  const choice = chosenRatio(
    tried.map((key) => ({ key, results: runsFor(added, key).map((run) => own[run].result) })),
  );
  const runs = choice.ratio === null ? [] : runsFor(added, choice.ratio);
  const withInterval = (metric: RankMetric): Spread =>
    spreadOf(
      valuesOf(runs, metric),
      cases === null || runs.length === 0 ? null : cases.meanInterval(runs, metric, { resamples }).interval,
    );
  const diversities = runs.flatMap((run) => own[run].result.diversity ?? []);
  const points = runs.map((run) => operatingPoint(own[run].result));
  const curves = runs.flatMap((run) => {
    const precisions = cases && precisionsAtRecalls(cases.countsOf(run), curveRecalls);
    return precisions === null ? [] : [precisions];
  });
  return {
    added,
    title: titleOfChosen(titles, added) ?? controlTitles[added.generator] ?? added.generator,
    ...choice,
    averagePrecision: withInterval(averagePrecisionOfRanks),
    rocArea: withInterval(rocAreaOfRanks),
    precisionAtRecall: spreadOf(valuesOf(runs, precisionAtRecall(matchedRecall))),
    recall: spreadOf(points.flatMap(({ recall }) => recall ?? [])),
    precision: spreadOf(points.flatMap(({ precision }) => precision ?? [])),
    curve: meanCurve(curves),
    diversity: diversities.length === 0 ? null : Math.min(...diversities),
    byRatio: tried.map((ratio) => ({
      ratio,
      averagePrecision: spreadOf(valuesOf(runsFor(added, ratio), averagePrecisionOfRanks)),
    })),
  };
}

/** Rows that no generator stands behind. */
export const controlTitles: Readonly<Record<string, string>> = {
  none: "No added beats",
  continued: "Longer training",
  noise: "White noise",
  oversampled: "Real beats repeated",
};

/** The ratio of the best average precision on the validation patients, the mean over the seeds. */
function chosenRatio(
  tried: readonly { readonly key: number; readonly results: readonly BeatCellResult[] }[],
): Pick<SimGanRow, "ratio" | "isRatioChosen"> {
  const ended = tried.filter(({ results }) => results.length > 0);
  const best = bestOf(
    ended.map(({ key, results }) => ({
      key,
      values: results.flatMap(({ validated }) => precisionOn(validated)),
    })),
  );
  if (best !== null) return { ratio: best, isRatioChosen: true };
  const nearest = [...ended].sort((one, other) => Math.abs(one.key - 1) - Math.abs(other.key - 1))[0];
  return { ratio: nearest?.key ?? null, isRatioChosen: false };
}

function precisionOn(scored: ScoredBeats): number[] {
  const { probabilities, labels } = scored;
  const cases = new PatientCases([probabilities], labels, perBeat(scored.origins, "patient"));
  return [cases.valueOf(0, averagePrecisionOfRanks) ?? []].flat();
}

/** What the threshold of the best F1 on the validation patients gives on the tested ones. */
function operatingPoint({ tested, validated }: BeatCellResult) {
  if (!validated.labels.includes(1)) return { recall: null, precision: null };
  const threshold = bestThreshold(validated.probabilities, truthsOf(validated));
  return agreementAt(tested.probabilities, truthsOf(tested), threshold);
}

function meanCurve(precisions: readonly (readonly number[])[]): CurveMean[] {
  if (precisions.length === 0) return [];
  return curveRecalls.map((recall, place) => {
    const { mean, standardDeviation } = spreadOf(precisions.map((each) => each[place]));
    return { recall, mean: mean ?? 0, standardDeviation };
  });
}

function readingOf(experiment: SimGanExperiment, target: BeatTarget, rows: readonly SimGanRow[]): string {
  const measure = "average precision";
  const judged = (against: SimGanBaseline) =>
    rows.flatMap(({ title, over }) => (over[against] === null ? [] : [{ title, comparison: over[against] }]));
  const has = (baseline: SimGanBaseline) => rows.some(({ added }) => added.generator === baseline);
  const blind = rows.filter(({ ratio, isRatioChosen }) => ratio !== null && ratio > 0 && !isRatioChosen);
  return [
    `${targetTitles[target]}, tested on DS2.`,
    ...simGanBaselines
      .filter((baseline) => baseline === "none" || has(baseline))
      .map((baseline) =>
        verdictsInWords(judged(baseline), { measure, baseline: simGanBaselineWords[baseline] }),
      ),
    collapsesInWords(rows),
    experiment.seeds.length < 5 ? "Fewer than five runs tell little of the luck of a training." : "",
    blind.length > 0
      ? `No validation patient has the class, so that the ratio of ${list(blind.map(({ title }) => title))} was not chosen.`
      : "Ratios and thresholds were chosen on validation patients of DS1.",
    experiment.keepsSharedPatients
      ? "Records 201 (trained on) and 202 (tested) are of one man, as in the published division."
      : "Who stands on both sides of the division, as the man of records 201 and 202, was not trained on.",
  ]
    .filter((part) => part !== "")
    .join(" ");
}
