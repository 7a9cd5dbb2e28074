import { type PganBaseline, pganBaselines, pganBaselineWords } from "../../domain/beatBaselines.ts";
import { type BeatTarget, targetTitles } from "../../domain/beatTargets.ts";
import { rocArea } from "../../evaluation/metrics/classification.ts";
import { type Comparison, compare } from "../../evaluation/statistics/comparison.ts";
import { meanOf } from "../../evaluation/statistics/resampling.ts";
import {
  type ChosenMethod,
  type FinishedBeatCell,
  isUncounted,
  type PganCell,
  type PganExperiment,
  type PganMethod,
  pganMethods,
  type ScoredBeats,
} from "./specification.ts";
import {
  baselinesBefore,
  bestOf,
  collapsesInWords,
  list,
  type Spread,
  spreadOf,
  type TableOptions,
  usualOptions,
  verdictsInWords,
} from "./tables.ts";

/** Area under the receiver operating characteristic for one number of added beats. */
export interface AreaPoint {
  readonly count: number;
  /** Of each patient, the mean over the seeds; in the order of `patients`. */
  readonly area: Spread;
  /** Those whose cells have ended. */
  readonly patients: readonly string[];
}

/** A row of PGAN's comparison for one class: a line of Figures 6 to 8. */
export interface PganRow {
  readonly method: PganMethod;
  readonly title: string;
  readonly isPersonal: boolean;
  /** For every number of added beats; 0 is the network of the other patients. */
  readonly points: readonly AreaPoint[];
  /** For each patient the number that is best on the validation patients of its own cells. */
  readonly chosen: Readonly<Record<string, number>>;
  /** At the chosen numbers. */
  readonly area: Spread;
  /** Least diversity of the generated beats beside real ones, over all cells; null where none are generated. */
  readonly diversity: number | null;
  /** Against each baseline, patient by patient; null until two patients have both. */
  readonly over: Readonly<Record<PganBaseline, Comparison | null>>;
}

export interface PganFigure {
  readonly target: BeatTarget;
  readonly title: string;
  readonly patients: readonly string[];
  readonly rows: readonly PganRow[];
  readonly reading: string;
}

type Finished = readonly FinishedBeatCell<PganCell>[];

/** Mean over the seeds of the cells of one patient; null where none has ended or has an area. */
function areaOf(cells: Finished, side: "tested" | "validated"): number | null {
  const values = cells.flatMap(({ result }) => areaUnder(result[side]) ?? []);
  return values.length === 0 ? null : meanOf(values);
}

const areaUnder = ({ probabilities, labels }: ScoredBeats) =>
  rocArea(
    probabilities,
    Array.from(labels, (label) => label === 1),
  );

const nothing: ChosenMethod = { method: "none", hyperparameters: {}, iterations: 0 };

/**
 * PGAN's Figures 6 to 8 for one class: a mean over patients, as other patients are what it speaks of. Runs of a patient are
 * averaged first, for seeds of one patient are no further patients.
 */
export function pganFigure(
  experiment: PganExperiment,
  finished: Finished,
  target: BeatTarget,
  options: TableOptions = {},
): PganFigure {
  const { permutations, resamples } = { ...usualOptions, ...options };
  const own = finished.filter(({ cell }) => cell.target === target && experiment.seeds.includes(cell.seed));
  const patients = [...new Set(own.map(({ cell }) => cell.patient))].sort();
  const cellsFor = (method: PganMethod, count: number, patient: string) =>
    own.filter(
      ({ cell }) =>
        cell.patient === patient &&
        cell.count === count &&
        cell.method === (count === 0 && !isUncounted(method) ? "none" : method),
    );
  const rows = [nothing, ...experiment.methods.filter(({ method }) => method !== "none")].map(
    ({ method }) => {
      const { title, generator, isPersonal } = pganMethods[method];
      const counts =
        generator === null ? [0] : [...new Set([0, ...experiment.counts])].sort((one, other) => one - other);
      const points = counts.map((count): AreaPoint => {
        const areas = patients.flatMap((patient) => {
          const area = areaOf(cellsFor(method, count, patient), "tested");
          return area === null ? [] : [{ patient, area }];
        });
        return {
          count,
          area: spreadOf(areas.map(({ area }) => area)),
          patients: areas.map(({ patient }) => patient),
        };
      });
      const chosen = Object.fromEntries(
        patients.flatMap((patient) => {
          const added = counts.filter((count) => count > 0 || generator === null);
          const tried = added.filter((count) => cellsFor(method, count, patient).length > 0);
          const best = bestOf(
            tried.map((key) => {
              const area = areaOf(cellsFor(method, key, patient), "validated");
              return { key, values: area === null ? [] : [area] };
            }),
          );
          const count = best ?? tried[0];
          return count === undefined ? [] : [[patient, count]];
        }),
      ) as Record<string, number>;
      const areas = new Map(
        Object.entries(chosen).flatMap(([patient, count]) => {
          const area = areaOf(cellsFor(method, count, patient), "tested");
          return area === null ? [] : [[patient, area] as const];
        }),
      );
      const diversities = own.flatMap(({ cell, result }) =>
        cell.method === method ? (result.diversity ?? []) : [],
      );
      const diversity = diversities.length === 0 ? null : Math.min(...diversities);
      const area = spreadOf([...areas.values()]);
      return { method, title, isPersonal, points, chosen, diversity, areas, area };
    },
  );

  const contests = rows.flatMap((row) => {
    return baselinesBefore(pganBaselines, row.method).flatMap((against) => {
      const others = rows.find(({ method }) => method === against)?.areas;
      const both = patients.flatMap((patient) => {
        const [baseline, candidate] = [others?.get(patient), row.areas.get(patient)];
        return baseline === undefined || candidate === undefined ? [] : [{ baseline, candidate }];
      });
      if (both.length < 2) return [];
      const baseline = both.map((each) => each.baseline);
      const candidate = both.map((each) => each.candidate);
      return [{ name: row.method, method: row.method, against, baseline, candidate }];
    });
  });
  const compared = compare(contests, { permutations, resamples, largestDifference: 1 });
  const comparisonFor = (method: PganMethod, baseline: PganBaseline) =>
    compared[contests.findIndex((each) => each.method === method && each.against === baseline)] ?? null;
  const whole = rows.map(
    ({ areas: _, ...row }): PganRow => ({
      ...row,
      over: {
        none: comparisonFor(row.method, "none"),
        continued: comparisonFor(row.method, "continued"),
      },
    }),
  );
  return {
    target,
    title: targetTitles[target],
    patients,
    rows: whole,
    reading: readingOf(experiment, target, patients, whole),
  };
}

function readingOf(
  experiment: PganExperiment,
  target: BeatTarget,
  patients: readonly string[],
  rows: readonly PganRow[],
): string {
  const { adaptation, leastBeats, seeds } = experiment;
  const judged = (against: PganBaseline) =>
    rows.flatMap(({ title, over }) => (over[against] === null ? [] : [{ title, comparison: over[against] }]));
  const fewest = judged("none").reduce(
    (least, { comparison }) => Math.max(least, comparison?.smallestReachableP ?? 0),
    0,
  );
  return [
    `${targetTitles[target]}, one patient left out at a time: ${patients.length === 0 ? "no patient has ended" : list(patients)}, each with at least ${leastBeats} beats of the class behind the first ${adaptation.minutes} min.`,
    ...pganBaselines
      .filter((baseline) => baseline === "none" || rows.some(({ method }) => method === baseline))
      .map((baseline) =>
        verdictsInWords(judged(baseline), {
          measure: "the area under the curve",
          baseline: pganBaselineWords[baseline],
        }),
      ),
    collapsesInWords(rows),
    fewest > 0.05
      ? `So few patients cannot show a difference: the smallest p-value they can give is ${fewest.toPrecision(2)}.`
      : "",
    seeds.length < 5 ? "Fewer than five runs tell little of the luck of a training." : "",
    "Numbers of added beats were chosen for each patient on validation patients among the others.",
  ]
    .filter((part) => part !== "")
    .join(" ");
}
