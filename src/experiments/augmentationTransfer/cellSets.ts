import { epochOrder } from "../../neural/training/batches.ts";
import { type SignalSet, subset } from "../../neural/training/signalSet.ts";
import { addedPerClass, firstShare, type SyntheticSets } from "./makeSynthetic.ts";
import { settingNamed } from "./settings.ts";
import {
  type DividedRows,
  drawnShare,
  joinedSets,
  labelledAs,
  lackingToLargest,
  levellingWeights,
  type RealSignals,
  repeatedSignals,
  requireClasses,
} from "./signals.ts";
import type { AugmentationCell } from "./specification.ts";

/** Signals of one side, in mV, and whose they are. */
export interface SideSet {
  readonly set: SignalSet;
  readonly patients: readonly string[];
}

/** What a cell's classifier learns from and is tested on. */
export interface CellSets {
  /** Logits of the classifier: one a class, or real and synthetic. */
  readonly outputs: number;
  /** What it learns from first; null where it does not. */
  readonly before: { readonly train: SideSet; readonly validation: SideSet } | null;
  readonly train: SideSet;
  readonly validation: SideSet;
  readonly test: SideSet;
  /** How much a signal of each class counts in the loss of the last training; null where all count alike. */
  readonly classWeights: readonly number[] | null;
  /** Signals of `train` that are synthetic. */
  readonly synthetic: number;
}

/** Labels of the two-sample test. */
const [realLabel, syntheticLabel] = [0, 1];

/** The sets of a cell by its setting. @throws Failure where a share leaves no signal of a class */
export function setsOf(
  cell: AugmentationCell,
  real: RealSignals,
  rows: DividedRows,
  made: SyntheticSets | null,
): CellSets {
  const { classes, share, seed, setting } = cell;
  const { before, train, counts, validation, test, grows } = settingNamed(setting);
  const of = (side: keyof DividedRows, chosen = rows[side]): SideSet => ({
    set: subset(real, chosen),
    patients: Array.from(chosen, (row) => real.patients[row]),
  });
  const synthetic = (side: keyof SyntheticSets): SideSet => {
    if (made === null) throw new TypeError(`${setting} was given no synthetic signals`);
    return ownPatients(made[side]);
  };
  const grownSynthetic = (): SideSet =>
    ownPatients(firstShare(synthetic("train").set, classes.length, share));
  const grownReal = (): SideSet => {
    const chosen =
      grows === "real" ? drawnShare(rows.train, real.labels, classes.length, share, seed) : rows.train;
    requireClasses("training", chosen, real.labels, classes);
    return of("train", chosen);
  };
  const origin = (side: keyof DividedRows): SideSet => {
    // As many of each: the share of right answers that luck gives is then a half.
    const all = Math.min(rows[side].length, synthetic(side).set.count);
    const count = side === "train" ? Math.max(1, Math.round(share * all)) : all;
    const [one, other] = [drawn(of(side), count, seed), drawn(synthetic(side), count, seed)];
    return joined(
      { ...one, set: labelledAs(one.set, realLabel) },
      { ...other, set: labelledAs(other.set, syntheticLabel) },
    );
  };
  /** How many more of each class repeated or weighted signals stand for. */
  const more = ({ set }: SideSet): number[] =>
    counts === "largest" ? lackingToLargest(set, classes.length) : classes.map(() => addedPerClass(cell));
  const trained = (): { readonly own: SideSet; readonly count: number } => {
    if (train === "real" || train === "weighted") return { own: grownReal(), count: 0 };
    if (train === "origin") {
      const own = origin("train");
      return { own, count: own.set.count / 2 };
    }
    if (train === "repeated") {
      const own = grownReal();
      return { own: joined(own, ownPatients(repeatedSignals(own.set, more(own), seed))), count: 0 };
    }
    const added = grownSynthetic();
    return { own: train === "both" ? joined(grownReal(), added) : added, count: added.set.count };
  };
  const side = (kind: "real" | "synthetic" | "origin", which: "validation" | "test") =>
    kind === "real" ? of(which) : kind === "synthetic" ? synthetic(which) : origin(which);
  const { own, count } = trained();
  return {
    outputs: train === "origin" ? 2 : classes.length,
    before: before === null ? null : { train: synthetic("train"), validation: synthetic("validation") },
    train: own,
    validation: side(validation, "validation"),
    test: side(test, "test"),
    classWeights: train === "weighted" ? levellingWeights(own.set, more(own)) : null,
    synthetic: count,
  };
}

/** A set whose rows are each somebody of their own. */
const ownPatients = (set: SignalSet): SideSet => ({
  set,
  patients: Array.from({ length: set.count }, (_, row) => `synthetic ${row + 1}`),
});

const joined = (one: SideSet, other: SideSet): SideSet => ({
  set: joinedSets([one.set, other.set]),
  patients: [...one.patients, ...other.patients],
});

/** So many rows of a set, drawn evenly. */
function drawn({ set, patients }: SideSet, count: number, seed: number): SideSet {
  const rows = epochOrder(set.count, seed, 0).slice(0, count).sort();
  return { set: subset(set, rows), patients: Array.from(rows, (row) => patients[row]) };
}
