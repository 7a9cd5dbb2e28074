import type { Values } from "./schema.ts";

/** The four binary questions of Nonaka & Seita 2026, each against normal recordings. */
export const taskNames = ["aflt", "wpw", "pvc", "af"] as const;
export type TaskName = (typeof taskNames)[number];

/** What is trained on before the test. */
export const settings = ["real", "synthetic", "syntheticToReal"] as const;
export type Setting = (typeof settings)[number];

export const settingTitles: Readonly<Record<Setting, string>> = {
  real: "Real",
  synthetic: "Syn",
  syntheticToReal: "Syn→Real",
};

/** Recordings as networks see them. */
export interface SignalForm {
  /** Hz */
  readonly samplingFrequency: number;
  /** s */
  readonly duration: number;
  readonly lead: string;
}

/** Synthetic recordings of the Gaussian-composition simulator, as many of the class as normal ones. */
export interface SyntheticSource {
  readonly preset: string;
  /** Recordings of each class for training, and for validation. */
  readonly perClass: number;
  readonly validationPerClass: number;
  /** Recordings of each class held out, to test on where there are no real ones. */
  readonly testPerClass: number;
}

/** Real recordings: those of a cohort, or the simulated stand-in, by their hashes. */
export interface RealSource {
  readonly name: string;
  readonly members: readonly string[];
  /** All recordings of a patient stand on one side. */
  readonly byPatient: boolean;
  /** Shares of the test set, and of validation in what is left. */
  readonly testShare: number;
  readonly validationShare: number;
}

/** A training with its test, of any protocol: what it depends on. */
export interface ProtocolCell {
  /** Name of the protocol's cells. */
  readonly kind: string;
}

/** An experiment of any protocol. */
export interface ProtocolSpecification {
  /** Name of the protocol's experiments. */
  readonly kind: string;
  readonly name: string;
}

/** One training with its test: a cell of the grid. Two cells with the same specification are the same cell. */
export interface CellSpecification {
  readonly kind: "Real, Syn, Syn→Real";
  readonly task: TaskName;
  readonly architecture: string;
  /** Of the architecture and of the training. */
  readonly hyperparameters: Values;
  readonly setting: Setting;
  /** Which of the divisions into training and validation, from 1; also the seed of the synthetic set and of the weights. */
  readonly split: number;
  /** Most positive recordings in training; null for all. */
  readonly positives: number | null;
  readonly form: SignalForm;
  readonly synthetic: SyntheticSource;
  /** Null: everything is synthetic, the test too. */
  readonly real: RealSource | null;
  /** Of everything that is drawn. */
  readonly seed: number;
  /** Hyper-parameters of the synthetic phase before a real one, where they differ. */
  readonly pretraining?: Values;
  /** The trial of a search: its decisions are those on the validation recordings, for a search must not see the test. */
  readonly purpose?: "search";
}

/** What a test recording is, so that it can be drawn again. */
export type ExampleReference =
  | { readonly kind: "record"; readonly hash: string; readonly name: string }
  | { readonly kind: "synthetic"; readonly rhythm: string; readonly preset: string; readonly seed: number };

/** The outcome of a cell on its test set. */
export interface CellResult {
  /** Probability of the class for every test recording. */
  readonly probabilities: Float32Array;
  /** 1 where the recording has the class. */
  readonly labels: Uint8Array;
  readonly examples: readonly ExampleReference[];
  /** Patient of each test recording; null where it is not known. */
  readonly patients: readonly (string | null)[];
  /** Recordings that were trained on, validated on and tested on, positive and negative. */
  readonly counts: Readonly<
    Record<"train" | "validation" | "test", { readonly positive: number; readonly negative: number }>
  >;
  /** Best validation loss of the last phase and its epoch. */
  readonly bestEpoch: number;
  readonly bestLoss: number;
}

/** How a training ended. */
export type RunEnd = "finished" | "stoppedEarly" | "pruned" | "cancelled" | "diverged" | "deviceLost";

/** When a search ends: at the first of its limits. A trial that has begun is brought to its end. */
export interface SearchBudget {
  readonly trials?: number;
  readonly minutes?: number;
}

/** What one search is about. */
export interface SearchGroup {
  readonly task: TaskName;
  readonly architecture: string;
  readonly setting: Setting;
}

/** What a search found for its cells. */
export interface FoundHyperparameters extends SearchGroup {
  readonly hyperparameters: Values;
  /** Of the synthetic phase before a real one, where they differ. */
  readonly pretraining?: Values;
}

/** An architecture of an experiment with what differs from its defaults. */
export interface ExperimentArchitecture {
  readonly architecture: string;
  readonly hyperparameters: Values;
}

/** A grid of cells: every task with every architecture, setting, split and number of positives. */
export interface ExperimentSpecification {
  readonly kind: "Real, Syn, Syn→Real experiment";
  readonly name: string;
  readonly tasks: readonly TaskName[];
  readonly architectures: readonly ExperimentArchitecture[];
  readonly settings: readonly Setting[];
  readonly splits: readonly number[];
  /** Most positives in training; null for all. */
  readonly positives: readonly (number | null)[];
  readonly form: SignalForm;
  readonly synthetic: SyntheticSource;
  readonly real: RealSource | null;
  readonly seed: number;
  /** For every task, architecture and setting hyper-parameters are searched first, on a split of its own. */
  readonly search?: SearchBudget;
  /** What those searches found, once all have ended. */
  readonly found?: readonly FoundHyperparameters[];
}
