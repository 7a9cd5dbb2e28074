import { settingNamed } from "../../experiments/augmentationTransfer/settings.ts";
import {
  countsOf,
  type DividedRows,
  type RealSignals,
  type Side,
} from "../../experiments/augmentationTransfer/signals.ts";
import type { FinishedAugmentationCell } from "../../experiments/augmentationTransfer/specification.ts";

/** Who and how many stand on each side of a division. */
export interface DividedSource {
  /** Signals of each class, side by side. */
  readonly counts: Readonly<Record<Side, readonly number[]>>;
  readonly patients: Readonly<Record<Side, ReadonlySet<string>>>;
  /** Signals as text, so that equal ones are found whoever they are said to be of. */
  readonly signals: Readonly<Record<Side, ReadonlySet<string>>>;
}

export function dividedSource(
  { signals, labels, patients, length }: RealSignals,
  classes: readonly string[],
  rows: DividedRows,
): DividedSource {
  const each = <Told>(tell: (own: Uint32Array) => Told): Record<Side, Told> => ({
    train: tell(rows.train),
    validation: tell(rows.validation),
    test: tell(rows.test),
  });
  return {
    counts: each((own) =>
      countsOf(
        Array.from(own, (row) => labels[row]),
        classes.length,
      ),
    ),
    patients: each((own) => new Set(Array.from(own, (row) => patients[row]))),
    signals: each(
      (own) => new Set(Array.from(own, (row) => signals.subarray(row * length, (row + 1) * length).join())),
    ),
  };
}

/** Patients and signals of the test that generators have learned from, or classifiers validate on. */
export function leaksOf({ patients, signals }: DividedSource): number {
  const shared = (one: ReadonlySet<string>, others: ReadonlySet<string>) =>
    [...one].filter((each) => others.has(each)).length;
  return (["train", "validation"] as const).reduce(
    (sum, side) => sum + shared(patients.test, patients[side]) + shared(signals.test, signals[side]),
    0,
  );
}

/** Results of tests on real signals whose tested patients are not those of the division's test, all of them. */
export function strayTests(
  finished: readonly FinishedAugmentationCell[],
  { patients }: DividedSource,
): number {
  return finished.filter(({ cell, result }) => {
    if (settingNamed(cell.setting).test !== "real") return false;
    const tested = new Set(result.patients);
    return tested.size !== patients.test.size || [...tested].some((each) => !patients.test.has(each));
  }).length;
}

/** Controls that were compared with what they control, and those whose classes have other counts. */
export interface ComparedCounts {
  readonly compared: number;
  readonly unequal: number;
}

/** @param areEqual of each control; null where what it controls has not ended */
const comparedCounts = (areEqual: readonly (boolean | null)[]): ComparedCounts => ({
  compared: areEqual.filter((each) => each !== null).length,
  unequal: areEqual.filter((each) => each === false).length,
});

/** Augmented trainings and their controls of repeated signals. */
export const controlCounts = (finished: readonly FinishedAugmentationCell[]): ComparedCounts =>
  comparedCounts(
    finished
      .filter(({ cell }) => cell.setting === "bothToReal")
      .map(({ cell, result }) => {
        const control = finished.find(
          ({ cell: { setting, share, seed, generators } }) =>
            setting === "repeatedToReal" &&
            share === cell.share &&
            seed === cell.seed &&
            Math.max(1, generators.length) === cell.generators.length,
        );
        return control === undefined ? null : control.result.train.join() === result.train.join();
      }),
  );

/** Levelled trainings, which are to have as many of every class as the same share of the real signals has of its largest. */
export const levelledCounts = (finished: readonly FinishedAugmentationCell[]): ComparedCounts =>
  comparedCounts(
    finished
      .filter(({ cell }) => cell.setting === "levelledToReal")
      .map(({ cell, result }) => {
        const plain = finished.find(
          ({ cell: { setting, share, seed } }) =>
            setting === "realToReal" && share === cell.share && seed === cell.seed,
        );
        if (plain === undefined) return null;
        const largest = Math.max(...plain.result.train);
        return result.train.every((count) => count === largest);
      }),
  );
