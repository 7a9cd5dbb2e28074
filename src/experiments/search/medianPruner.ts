import { checkReports, type Report } from "./trial.ts";

/** When a trial is given up; the names of Optuna's MedianPruner and PatientPruner stand in brackets. */
export interface PrunerSettings {
  /** No pruning before so many trials are complete (n_startup_trials). */
  readonly startUpTrials: number;
  /** No pruning before this step (n_warmup_steps). */
  readonly warmUpSteps: number;
  /** Steps from one check to the next, counted from the warm-up on (interval_steps). */
  readonly intervalSteps: number;
  /** Complete trials that must have reported at the step (n_min_trials). */
  readonly minimumTrials: number;
  /** Reports without a better value before the median counts; null for no patience wrapper (patience). */
  readonly patience: number | null;
  /** What a better value must be better by (min_delta). */
  readonly minimumDelta: number;
}

/** Optuna's defaults inside `PatientPruner(patience=5)`. */
export const defaultPrunerSettings: PrunerSettings = {
  startUpTrials: 5,
  warmUpSteps: 0,
  intervalSteps: 1,
  minimumTrials: 1,
  patience: 5,
  minimumDelta: 0,
};

/**
 * Whether a running trial should end: for `patience` + 1 reports it has not been better than before, and its best value
 * so far is worse than the median of the complete trials at the same step. Smaller is better. As Optuna's MedianPruner
 * inside PatientPruner; a trial all of whose values are not numbers is pruned by the median alone, not by both.
 * @param reports  the running trial's, by rising step
 * @param complete the reports of each complete trial; pruned and failed ones do not count
 * @throws RangeError for settings or steps that cannot be
 */
export function shouldPrune(
  reports: readonly Report[],
  complete: readonly (readonly Report[])[],
  settings: PrunerSettings = defaultPrunerSettings,
): boolean {
  checkSettings(settings);
  checkReports(reports);
  if (settings.patience !== null && !patienceEnded(reports, settings.patience, settings.minimumDelta))
    return false;
  return worseThanMedian(reports, complete, settings);
}

function patienceEnded(reports: readonly Report[], patience: number, minimumDelta: number): boolean {
  const firstRecent = reports.length - patience - 1;
  if (firstRecent <= 0) return false;
  const before = smallest(reports.slice(0, firstRecent));
  const recent = smallest(reports.slice(firstRecent));
  return before !== undefined && recent !== undefined && before + minimumDelta < recent;
}

function worseThanMedian(
  reports: readonly Report[],
  complete: readonly (readonly Report[])[],
  { startUpTrials, warmUpSteps, intervalSteps, minimumTrials }: PrunerSettings,
): boolean {
  const last = reports.at(-1);
  if (last === undefined || complete.length === 0 || complete.length < startUpTrials) return false;
  if (last.step < warmUpSteps) return false;
  const check = Math.floor((last.step - warmUpSteps) / intervalSteps) * intervalSteps + warmUpSteps;
  const previous = reports.at(-2)?.step ?? -1;
  if (previous >= check) return false;
  const best = smallest(reports);
  if (best === undefined) return true;
  const peers = complete.flatMap((each) => each.filter(({ step }) => step === last.step));
  if (peers.length < minimumTrials) return false;
  const median = medianOf(numbersOf(peers));
  return median !== undefined && best > median;
}

function numbersOf(reports: readonly Report[]): number[] {
  return reports.flatMap(({ value }) => (value === null || Number.isNaN(value) ? [] : [value]));
}

function smallest(reports: readonly Report[]): number | undefined {
  const numbers = numbersOf(reports);
  return numbers.length === 0 ? undefined : numbers.reduce((best, value) => Math.min(best, value));
}

function medianOf(numbers: readonly number[]): number | undefined {
  const sorted = numbers.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 || sorted.length === 0
    ? sorted[middle]
    : 0.5 * (sorted[middle - 1] + sorted[middle]);
}

function checkSettings(settings: PrunerSettings): void {
  const atLeast = (name: string, value: number, least: number) => {
    if (!Number.isSafeInteger(value) || value < least) {
      throw new RangeError(`${name} is ${value}; it must be a whole number of at least ${least}`);
    }
  };
  atLeast("startUpTrials", settings.startUpTrials, 0);
  atLeast("warmUpSteps", settings.warmUpSteps, 0);
  atLeast("intervalSteps", settings.intervalSteps, 1);
  atLeast("minimumTrials", settings.minimumTrials, 1);
  if (settings.patience !== null) atLeast("patience", settings.patience, 0);
  if (!(settings.minimumDelta >= 0)) {
    throw new RangeError(`minimumDelta is ${settings.minimumDelta}; it must be at least 0`);
  }
}
