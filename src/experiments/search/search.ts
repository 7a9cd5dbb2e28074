import type { SearchBudget } from "../../domain/experiment.ts";
import { checkSpace, type SearchSpace, type SearchValues } from "./distributions.ts";
import { defaultPrunerSettings, type PrunerSettings, shouldPrune } from "./medianPruner.ts";
import { defaultTreeParzenSettings, suggest, type TreeParzenSettings } from "./treeParzenEstimator.ts";
import { type CompleteTrial, checkReports, type Report, type Trial } from "./trial.ts";

/** What a search was asked to do. */
export interface SearchPlan {
  readonly space: SearchSpace;
  /** Unsigned 32-bit integer. */
  readonly seed: number;
  readonly budget: SearchBudget;
  readonly sampler: TreeParzenSettings;
  /** null: every trial runs to its end. */
  readonly pruner: PrunerSettings | null;
}

/** All that a search knows, as plain JSON. It changes only when a trial ends. */
export interface SearchState {
  readonly plan: SearchPlan;
  /** Oldest first. */
  readonly trials: readonly Trial[];
  /** Spent on the trials that have ended. */
  readonly minutes: number;
}

/** What to try next. */
export interface ProposedTrial {
  readonly number: number;
  readonly values: SearchValues;
}

/** How a trial ended, with its value when it came to its end. */
export type TrialResult =
  | { readonly outcome: "complete"; readonly value: number }
  | { readonly outcome: "pruned" }
  | { readonly outcome: "failed"; readonly reason: string };

/**
 * A search without trials.
 * @throws RangeError for a space, a seed or a budget that cannot be
 */
export function beginSearch(
  space: SearchSpace,
  seed: number,
  budget: SearchBudget,
  pruner: PrunerSettings | null = defaultPrunerSettings,
  sampler: TreeParzenSettings = defaultTreeParzenSettings,
): SearchState {
  checkSpace(space);
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
    throw new RangeError(`${seed} is no seed: a whole number from 0 to 4294967295 is needed`);
  }
  const { trials, minutes } = budget;
  if (trials === undefined && minutes === undefined) {
    throw new RangeError("a search needs a limit of trials or of minutes");
  }
  if (trials !== undefined && (!Number.isSafeInteger(trials) || trials < 1)) {
    throw new RangeError(`${trials} is no number of trials: at least 1 is needed`);
  }
  if (minutes !== undefined && !(minutes > 0 && Number.isFinite(minutes))) {
    throw new RangeError(`${minutes} is no number of minutes: more than 0 is needed`);
  }
  return { plan: { space, seed, budget, sampler, pruner }, trials: [], minutes: 0 };
}

/** The next trial, the same for the same state; undefined when the budget is spent. */
export function nextTrial({ plan, trials, minutes }: SearchState): ProposedTrial | undefined {
  const { space, seed, budget, sampler } = plan;
  const spent =
    trials.length >= (budget.trials ?? Number.POSITIVE_INFINITY) ||
    minutes >= (budget.minutes ?? Number.POSITIVE_INFINITY);
  return spent ? undefined : { number: trials.length, values: suggest(space, trials, seed, sampler) };
}

/** Whether the running trial should end, by its reports so far and the complete trials. */
export function shouldPruneTrial({ plan, trials }: SearchState, reports: readonly Report[]): boolean {
  if (plan.pruner === null) return false;
  const complete = trials.filter(({ outcome }) => outcome === "complete").map((trial) => trial.reports);
  return shouldPrune(reports, complete, plan.pruner);
}

/**
 * The search with one more trial. A complete trial whose value is not finite counts as failed.
 * @param minutes time that the trial took
 * @throws RangeError when the trial is not the next one
 */
export function finishTrial(
  state: SearchState,
  { number, values }: ProposedTrial,
  result: TrialResult,
  reports: readonly Report[],
  minutes: number,
): SearchState {
  if (number !== state.trials.length) {
    throw new RangeError(`trial ${number} is not the next one: that is ${state.trials.length}`);
  }
  checkReports(reports);
  const trial = { values, reports: reports.map(finiteOrNull), ...withFiniteValue(result) };
  return { ...state, trials: [...state.trials, trial], minutes: state.minutes + minutes };
}

function finiteOrNull({ step, value }: Report): Report {
  return { step, value: value !== null && Number.isFinite(value) ? value : null };
}

function withFiniteValue(result: TrialResult): TrialResult {
  if (result.outcome !== "complete" || Number.isFinite(result.value)) return result;
  return { outcome: "failed", reason: `The objective was ${result.value}.` };
}

/** The complete trial with the smallest value, the earliest of equals. */
export function bestTrial({ trials }: SearchState): CompleteTrial | undefined {
  return trials
    .filter((trial) => trial.outcome === "complete")
    .reduce<CompleteTrial | undefined>(
      (best, trial) => (best === undefined || trial.value < best.value ? trial : best),
      undefined,
    );
}

/** Notes a value on the way; true when the trial should end as pruned. */
export type ReportValue = (step: number, value: number) => boolean;

/** Evaluates one proposal. What it throws ends `runSearch`, and the trial is not kept. */
export type Objective = (trial: ProposedTrial, report: ReportValue) => Promise<TrialResult>;

/** What a running search needs of its surroundings. */
export interface SearchSurroundings {
  /** Milliseconds from any origin, such as `performance.now`. */
  readonly clock: () => number;
  /** Called after every trial, to keep the state. */
  readonly keep?: (state: SearchState) => void | Promise<void>;
}

/**
 * Runs trials one after the other until the budget is spent. Continued from any state that `keep` was given, it ends as
 * it would have without the interruption; the time of an interrupted trial is not counted.
 */
export async function runSearch(
  begun: SearchState,
  objective: Objective,
  { clock, keep }: SearchSurroundings,
): Promise<SearchState> {
  let state = begun;
  for (let trial = nextTrial(state); trial !== undefined; trial = nextTrial(state)) {
    const start = clock();
    const before = state;
    const reports: Report[] = [];
    const result = await objective(trial, (step, value) => {
      reports.push(finiteOrNull({ step, value }));
      return shouldPruneTrial(before, reports);
    });
    state = finishTrial(state, trial, result, reports, (clock() - start) / 60_000);
    await keep?.(state);
  }
  return state;
}
