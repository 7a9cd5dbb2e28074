import { Failure } from "../../domain/failure.ts";
import type { BeatClass } from "../../domain/libraryRecord.ts";
import type { SignalSet } from "../../neural/training/signalSet.ts";
import { type BeatSet, countOfClass } from "./beatSets.ts";
import type { WindowChoice } from "./patientWindow.ts";
import type { ChosenGenerator, ClassCount } from "./specification.ts";

/** What the networks of a cell are trained on and tested with. */
export interface CellSets {
  /** Logits of the classifier. */
  readonly outputs: number;
  /** Which of them is the class, and so the label of added beats. */
  readonly positive: number;
  readonly labelOf: (beatClass: BeatClass) => number;
  readonly train: BeatSet;
  readonly validation: BeatSet;
  readonly test: BeatSet;
  /**
   * Beats from the beginning of the tested patient's record, `[any, 216]` in mV: without their labels, so that none can
   * be used. Null where the protocol has none.
   */
  readonly window: Float32Array | null;
}

/** What a cell adds to its real beats. */
export type Addition =
  | { readonly kind: "nothing" }
  /** Nothing, but the training goes on as long as if there were something. */
  | { readonly kind: "again" }
  | { readonly kind: "noise"; readonly count: number }
  /** Real beats of the class again. */
  | { readonly kind: "repeated"; readonly count: number }
  /** Beats of the window with the labels that the network trained on the others gives them. */
  | { readonly kind: "predicted" }
  | {
      readonly kind: "generated";
      readonly count: number;
      readonly chosen: ChosenGenerator;
      /** How many of the window's most probable beats the generator gets; null for none. */
      readonly fromWindow: WindowChoice | null;
    };

/** @throws Failure `too-few-beats` where a side lacks the class, or has nothing else */
export function requireBothKinds(side: string, set: BeatSet, target: BeatClass, least: number): void {
  const positive = countOfClass(set, target);
  if (positive >= least && positive < set.count) return;
  throw new Failure(
    "too-few-beats",
    positive < least
      ? `There are ${positive} beats of class ${target}; ${least} are needed.`
      : `All ${positive} beats are of class ${target}.`,
    `${side} beats`,
    "Choose more records, or another class.",
  );
}

/** @throws Failure `too-few-patients` */
export function requirePatients(patients: readonly string[]): void {
  if (patients.length >= 2) return;
  throw new Failure(
    "too-few-patients",
    `There are training beats of ${patients.length} patients; two are needed, one of them to validate on.`,
    "training beats",
    "Choose records of more patients.",
  );
}

/** Beats of the class and others. */
export function countsFor({ labels }: SignalSet, positive: number): ClassCount {
  const count = labels.reduce((sum, label) => sum + (label === positive ? 1 : 0), 0);
  return { positive: count, negative: labels.length - count };
}
