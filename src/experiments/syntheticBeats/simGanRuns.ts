import { type SimGanBaseline, simGanBaselines } from "../../domain/beatBaselines.ts";
import type { BeatTarget } from "../../domain/beatTargets.ts";
import { compare } from "../../evaluation/statistics/comparison.ts";
import { canonicalJson } from "../canonical.ts";
import { perBeat } from "./beatSets.ts";
import { averagePrecisionOfRanks, PatientCases, type RankMetric } from "./patientCases.ts";
import type { SimGanRow } from "./simGanTables.ts";
import type { ChosenGenerator, FinishedBeatCell, SimGanCell, SimGanExperiment } from "./specification.ts";
import { baselinesBefore, type TableOptions } from "./tables.ts";

/** The cells of a class that have ended, as runs on the same test beats. */
export function runsOf(
  { seeds }: SimGanExperiment,
  finished: readonly FinishedBeatCell<SimGanCell>[],
  target: BeatTarget,
) {
  const own = finished.filter(({ cell }) => cell.target === target && seeds.includes(cell.seed));
  const tested = own[0]?.result.tested;
  const cases =
    tested === undefined
      ? null
      : new PatientCases(
          own.map(({ result }) => result.tested.probabilities),
          tested.labels,
          perBeat(tested.origins, "patient"),
        );
  const runFor = (added: ChosenGenerator, ratio: number, seed: number) =>
    own.findIndex(
      ({ cell }) =>
        cell.seed === seed &&
        cell.ratio === ratio &&
        cell.added.generator === added.generator &&
        (ratio === 0 || canonicalJson(cell.added) === canonicalJson(added)),
    );
  return {
    own,
    cases,
    seeds,
    runFor,
    runsFor: (added: ChosenGenerator, ratio: number) =>
      seeds.map((seed) => runFor(added, ratio, seed)).filter((run) => run >= 0),
    valuesOf: (runs: readonly number[], metric: RankMetric) =>
      runs.flatMap((run) => cases?.valueOf(run, metric) ?? []),
  };
}

export type Runs = ReturnType<typeof runsOf>;
/** A row but for what it is compared with. */
export type DescribedRow = Omit<SimGanRow, "over">;

/** Every row against the baselines before it: one family, as they are told together. */
export function withComparisons(
  { cases, seeds, runFor, valuesOf }: Runs,
  rows: readonly DescribedRow[],
  { resamples, permutations }: Required<TableOptions>,
): SimGanRow[] {
  const contests = rows.flatMap((row) => {
    // That nothing is no better than repeating is the same contest the other way round.
    return baselinesBefore(simGanBaselines, row.added.generator).flatMap((against) => {
      const other = rows.find(({ added }) => added.generator === against);
      if (cases === null || other === undefined) return [];
      const [baseRatio, ratio] = [other.ratio, row.ratio];
      if (baseRatio === null || ratio === null) return [];
      const pairs = seeds
        .map((seed) => [runFor(other.added, baseRatio, seed), runFor(row.added, ratio, seed)] as const)
        .filter(([one, two]) => one >= 0 && two >= 0);
      const hasAll = valuesOf(pairs.flat(), averagePrecisionOfRanks).length === 2 * pairs.length;
      if (pairs.length < 2 || !hasAll) return [];
      const [baseline, candidate] = [pairs.map(([one]) => one), pairs.map(([, two]) => two)];
      const contest = cases.contest(row.title, baseline, candidate, averagePrecisionOfRanks);
      return [{ row, against, contest }];
    });
  });
  const compared = compare(
    contests.map(({ contest }) => contest),
    { resamples, permutations, largestDifference: 1 },
  );
  const comparisonFor = (row: DescribedRow, against: SimGanBaseline) =>
    compared[contests.findIndex((each) => each.row === row && each.against === against)] ?? null;
  return rows.map((row) => ({
    ...row,
    over: {
      none: comparisonFor(row, "none"),
      continued: comparisonFor(row, "continued"),
      oversampled: comparisonFor(row, "oversampled"),
    },
  }));
}
