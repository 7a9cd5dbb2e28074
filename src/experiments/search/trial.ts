import type { SearchValues } from "./distributions.ts";

/** A value of the objective on the way: the validation loss after an epoch. */
export interface Report {
  /** Whole number, rising within a trial. */
  readonly step: number;
  /** null where it was not a finite number, which JSON cannot hold. */
  readonly value: number | null;
}

interface TrialBase {
  readonly values: SearchValues;
  readonly reports: readonly Report[];
}

/** Ran to its end. */
export interface CompleteTrial extends TrialBase {
  readonly outcome: "complete";
  /** What the search minimises. */
  readonly value: number;
}

/** Ended early because others did better at the same step. */
export interface PrunedTrial extends TrialBase {
  readonly outcome: "pruned";
}

/** Gave no value: it diverged, or could not be built. */
export interface FailedTrial extends TrialBase {
  readonly outcome: "failed";
  readonly reason: string;
}

/** One evaluation of a search, at its end. Its number is its place in the list. */
export type Trial = CompleteTrial | PrunedTrial | FailedTrial;

/** @throws RangeError unless the steps are whole numbers from 0 on, each above the one before */
export function checkReports(reports: readonly Report[]): void {
  reports.forEach(({ step }, place) => {
    const previous = place === 0 ? -1 : reports[place - 1].step;
    if (!Number.isSafeInteger(step) || step <= previous) {
      throw new RangeError(`step ${step} does not follow ${previous}: steps are whole and rise`);
    }
  });
}
