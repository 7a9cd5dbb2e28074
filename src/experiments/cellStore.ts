import type { RealSource, SignalForm, TaskName } from "../domain/experiment.ts";
import type { GeneratedForm } from "../domain/generation.ts";
import type { SignalSet } from "../neural/training/signalSet.ts";
import type { NamedArray } from "../neural/training/weights.ts";
import type { RealSignals } from "./augmentationTransfer/signals.ts";
import type { SignalSource } from "./augmentationTransfer/specification.ts";
import type { RealRecord } from "./realSynthetic/runCell.ts";
import type { BeatSet } from "./syntheticBeats/beatSets.ts";
import type { BeatSource } from "./syntheticBeats/specification.ts";

/** Recordings that a classifier of recordings asks for. */
export interface WantedRecordings {
  readonly source: RealSource;
  /** Which question they must answer. */
  readonly task: TaskName;
  readonly form: SignalForm;
}

/** Beats or recordings of some classes that a cell asks for. */
export interface WantedSignals {
  readonly source: SignalSource;
  readonly form: GeneratedForm;
  readonly classes: readonly string[];
  readonly lead: string;
  /** Of each class at most, drawn evenly. */
  readonly mostSignals: number;
  readonly seed: number;
}

/**
 * Where cells find their data, and leave what other cells can use: the library of a browser, or a folder. Where it is of
 * another process, nobody can stop it in between.
 */
export interface CellStore {
  /** Records of a source that answer the question and have lead and length of the form. */
  recordings(wanted: WantedRecordings): Promise<readonly RealRecord[]>;
  /** Their samples in the form, standardised, in the same order; null where it was stopped. */
  signals(
    records: readonly RealRecord[],
    form: SignalForm,
    stopped: () => boolean,
  ): Promise<SignalSet | null>;
  /** All beats of a source, cut as it says; null where it was stopped. @throws Failure where a record is missing */
  beats(source: BeatSource, stopped: () => boolean): Promise<BeatSet | null>;
  /** Signals of some classes in mV, whole and without gaps; null where it was stopped. @throws Failure where a record is missing */
  labelledSignals(wanted: WantedSignals, stopped: () => boolean): Promise<RealSignals | null>;
  /** What another cell trained: weights of a classifier or the state of a generator; null where there is none. */
  shared(address: string): Promise<readonly NamedArray[] | null>;
  keepShared(address: string, arrays: readonly NamedArray[]): Promise<void>;
}
