import {
  type CellResult,
  type CellSpecification,
  type ExperimentSpecification,
  type Setting,
  settingTitles,
  type TaskName,
} from "../../domain/experiment.ts";
import { type Estimate, meanInterval } from "../../evaluation/statistics/bootstrap.ts";
import { type Comparison, compare, type ScoresOfRuns } from "../../evaluation/statistics/comparison.ts";
import { meanOf } from "../../evaluation/statistics/resampling.ts";
import { cellsOf } from "./grid.ts";
import { type TableMetricName, tableMetrics } from "./metrics.ts";
import { tasks } from "./tasks.ts";

/** A metric over the runs of one setting. */
export interface TableCell {
  /** One a finished run, in the order of the splits. */
  readonly values: readonly number[];
  readonly mean: number | null;
  /** Of the runs (n − 1); null for fewer than two. */
  readonly standardDeviation: number | null;
  readonly interval: Estimate["interval"];
  /** Runs that are not finished. */
  readonly missing: number;
}

export interface TableRow {
  readonly architecture: string;
  readonly cells: Readonly<Partial<Record<Setting, TableCell>>>;
  /** Syn→Real against Real; null until two splits have both. */
  readonly gain: Comparison | null;
}

/** One of the paper's tables: a task and a metric, an architecture a row, a setting a column. */
export interface ExperimentTable {
  readonly task: TaskName;
  readonly title: string;
  readonly metric: TableMetricName;
  readonly metricTitle: string;
  /** Most positives in training; null for all. */
  readonly positives: number | null;
  readonly settings: readonly Setting[];
  readonly rows: readonly TableRow[];
  /** Mean of the rows' relative gains, %; null where there is none. */
  readonly averageGain: number | null;
  /** What the table says, in words. */
  readonly reading: string;
}

/** A cell that has ended, with its outcome. */
export interface FinishedCell {
  readonly cell: CellSpecification;
  readonly result: CellResult;
}

type Finished = ReadonlyMap<string, CellResult>;

/** What tells the cells of one experiment apart. */
const keyOf = ({ task, architecture, setting, split, positives }: CellSpecification) =>
  [task, architecture, setting, split, setting === "synthetic" ? null : positives].join(" ");

/** @param resamples of each interval; 2,000 where it is for a paper */
export function experimentTable(
  experiment: ExperimentSpecification,
  finished: readonly FinishedCell[],
  task: TaskName,
  metric: TableMetricName,
  positives: number | null,
  options: { readonly titles?: Readonly<Record<string, string>>; readonly resamples?: number } = {},
): ExperimentTable {
  const results: Finished = new Map(finished.map(({ cell, result }) => [keyOf(cell), result]));
  const { resamples = 2000, titles = {} } = options;
  const { ofRanks, metric: measure, title: metricTitle } = tableMetrics[metric];
  const order = (["real", "synthetic", "syntheticToReal"] as const).filter((setting) =>
    experiment.settings.includes(setting),
  );
  const resultOf = (architecture: string, setting: Setting, split: number) => {
    const most = setting === "synthetic" ? null : positives;
    return results.get([task, architecture, setting, split, most].join(" ")) ?? null;
  };
  const truthsOf = ({ labels }: CellResult) => Array.from(labels, (label) => label === 1);

  const contests: (ScoresOfRuns & { readonly architecture: string })[] = [];
  const rows = experiment.architectures.map(({ architecture }) => {
    const cells: Partial<Record<Setting, TableCell>> = {};
    for (const setting of order) {
      const found = experiment.splits.flatMap((split) => resultOf(architecture, setting, split) ?? []);
      const values = found.flatMap((result) => measure(result.probabilities, truthsOf(result)) ?? []);
      cells[setting] = tableCell(values, experiment.splits.length - found.length);
    }
    const pairs = experiment.splits.flatMap((split) => {
      const [one, other] = [
        resultOf(architecture, "real", split),
        resultOf(architecture, "syntheticToReal", split),
      ];
      return one === null || other === null ? [] : [[one, other] as const];
    });
    if (pairs.length >= 2) {
      contests.push({
        architecture,
        name: titles[architecture] ?? architecture,
        metric: measure,
        swap: ofRanks ? "ranks" : "scores",
        truths: truthsOf(pairs[0][0]),
        ...groupsOf(pairs[0][0]),
        baseline: pairs.map(([real]) => real.probabilities),
        candidate: pairs.map(([, both]) => both.probabilities),
      });
    }
    return { architecture, cells };
  });
  const comparisons = compare(contests, { resamples, seed: experiment.seed });
  const gains = new Map(contests.map(({ architecture }, index) => [architecture, comparisons[index]]));
  const whole = rows.map((row) => ({ ...row, gain: gains.get(row.architecture) ?? null }));
  const relative = whole.flatMap(({ gain }) => gain?.relativeGain ?? []);
  const table = {
    task,
    title: tasks[task].title,
    metric,
    metricTitle,
    positives,
    settings: order,
    rows: whole,
    averageGain: relative.length === 0 ? null : meanOf(relative),
  };
  return { ...table, reading: readingOf(table, titles) };
}

/** Patients as groups, where all are known: their recordings are drawn together. */
function groupsOf({ patients }: CellResult): { groups?: readonly string[] } {
  return patients.every((patient) => patient !== null) ? { groups: patients as readonly string[] } : {};
}

function tableCell(values: readonly number[], missing: number): TableCell {
  if (values.length === 0) {
    return { values, mean: null, standardDeviation: null, interval: null, missing };
  }
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    values,
    mean,
    standardDeviation: values.length < 2 ? null : Math.sqrt(squares / (values.length - 1)),
    interval: values.length < 2 ? null : withinRange(meanInterval(values).interval),
    missing,
  };
}

/** All metrics here lie between 0 and 1, and so do their means. */
const withinRange = (interval: Estimate["interval"]): Estimate["interval"] =>
  interval === null
    ? null
    : { ...interval, low: Math.max(0, interval.low), high: Math.min(1, interval.high) };

/** The figure of the paper: gain over the number of positives, averaged over the architectures. */
export interface GainPoint {
  readonly task: TaskName;
  readonly positives: number | null;
  /** %, null where no architecture has both settings. */
  readonly gain: number | null;
  readonly architectures: number;
}

export function gainBySize(
  experiment: ExperimentSpecification,
  finished: readonly FinishedCell[],
  metric: TableMetricName,
): GainPoint[] {
  const results: Finished = new Map(finished.map(({ cell, result }) => [keyOf(cell), result]));
  const cells = cellsOf(experiment);
  const { metric: measure } = tableMetrics[metric];
  return experiment.tasks.flatMap((task) =>
    experiment.positives.map((positives): GainPoint => {
      const gains = experiment.architectures.flatMap(({ architecture }) => {
        const meanFor = (setting: Setting) => {
          const values = cells
            .filter(
              (cell) =>
                cell.task === task &&
                cell.architecture === architecture &&
                cell.setting === setting &&
                cell.positives === positives,
            )
            .flatMap((cell) => {
              const result = results.get(keyOf(cell));
              if (result === undefined) return [];
              return (
                measure(
                  result.probabilities,
                  Array.from(result.labels, (label) => label === 1),
                ) ?? []
              );
            });
          return values.length === 0 ? null : meanOf(values);
        };
        const [real, both] = [meanFor("real"), meanFor("syntheticToReal")];
        return real === null || both === null || real === 0 ? [] : [(100 * (both - real)) / real];
      });
      return {
        task,
        positives,
        gain: gains.length === 0 ? null : meanOf(gains),
        architectures: gains.length,
      };
    }),
  );
}

/** What a table says and does not say, for a reader who does not read intervals. */
function readingOf(
  { rows, title, metricTitle, positives, averageGain }: Omit<ExperimentTable, "reading">,
  titles: Readonly<Record<string, string>>,
): string {
  const judged = rows.filter(({ gain }) => gain !== null);
  const limit = positives === null ? "" : `, with ${positives} positive recordings at most`;
  if (judged.length === 0) {
    return `${title}${limit}: nothing can be compared until ${settingTitles.real} and ${settingTitles.syntheticToReal} have two finished runs each.`;
  }
  const named = (verdict: Comparison["verdict"]) =>
    judged
      .filter(({ gain }) => gain?.verdict === verdict)
      .map(({ architecture }) => titles[architecture] ?? architecture);
  const [better, worse, undecided] = [named("better"), named("worse"), named("undecided")];
  const parts = [
    better.length > 0 ? `pre-training on synthetic recordings raised ${metricTitle} for ${list(better)}` : "",
    worse.length > 0 ? `it lowered ${metricTitle} for ${list(worse)}` : "",
    undecided.length > 0
      ? `for ${list(undecided)} the runs do not tell whether it helps: the difference may be chance`
      : "",
  ].filter((part) => part !== "");
  const average =
    averageGain === null
      ? ""
      : ` On average over the architectures the change was ${averageGain.toFixed(1)} %.`;
  return `${title}${limit}: ${parts.join("; ")}.${average}`;
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
