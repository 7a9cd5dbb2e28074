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

/** Augmented trainings whose control of repeated signals has other class counts, and those that were compared. */
export function controlCounts(finished: readonly FinishedAugmentationCell[]): {
  readonly compared: number;
  readonly unequal: number;
} {
  let [compared, unequal] = [0, 0];
  for (const { cell, result } of finished.filter((each) => each.cell.setting === "bothToReal")) {
    const control = finished.find(
      ({ cell: { setting, share, seed, generators } }) =>
        setting === "repeatedToReal" &&
        share === cell.share &&
        seed === cell.seed &&
        Math.max(1, generators.length) === cell.generators.length,
    );
    if (control === undefined) continue;
    compared++;
    if (control.result.train.join() !== result.train.join()) unequal++;
  }
  return { compared, unequal };
}
