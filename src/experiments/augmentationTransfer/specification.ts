import type { RunEnd } from "../../domain/experiment.ts";
import type { GeneratedForm } from "../../domain/generation.ts";
import type { Values } from "../../domain/schema.ts";
import { usualValuesOf } from "../../generators/offeredTrainings.ts";
import type { ChosenClassifier, ChosenGenerator } from "../syntheticBeats/specification.ts";
import type { AugmentationSettingName } from "./settings.ts";

/** Real signals: those of one database, or of several that are merged. */
export interface SignalSource {
  readonly name: string;
  /** Records by their hashes. */
  readonly members: readonly string[];
}

/** How real signals are divided; the same for all runs, so that a generator is trained once and never sees a test signal. */
export interface SignalDivision {
  /** All signals of a patient stand on one side. */
  readonly byPatient: boolean;
  /**
   * Recordings of a published fold are divided as published: of PTB-XL's, 1 to 8 train, 9 validates and 10 tests. Those of
   * none are divided by the shares.
   */
  readonly byFolds?: boolean;
  readonly testShare: number;
  /** Of what the test leaves. */
  readonly validationShare: number;
  readonly seed: number;
}

interface AugmentationBase {
  readonly form: GeneratedForm;
  /** AAMI classes of beats, or labels of recordings. */
  readonly classes: readonly string[];
  readonly lead: string;
  /** Signals of each class that are used at most, drawn evenly over the source. */
  readonly mostSignals: number;
  readonly division: SignalDivision;
  readonly classifier: ChosenClassifier;
  /** Synthetic signals of each class and generator: 80 % of them for training, 10 % each for validation and test. */
  readonly syntheticPerClass: number;
}

/** One training with its test. Two cells with the same specification are the same cell. */
export interface AugmentationCell extends AugmentationBase {
  readonly kind: "Augmentation and transfer";
  readonly source: SignalSource;
  /** Real signals that generators learn from, where they are of another source; its training side alone, as of any. */
  readonly syntheticSource?: SignalSource;
  readonly setting: AugmentationSettingName;
  /**
   * Where synthetic signals come from: none, one, or several together. A control, which uses none, has the class counts of
   * one generator, or of several where they stand here.
   */
  readonly generators: readonly ChosenGenerator[];
  /** Share of the signals that the setting lets grow: of the real training ones, of the synthetic ones, or of both. */
  readonly share: number;
  /** Whether only the layers behind the convolutions are trained on after learning from synthetic signals. */
  readonly freezesConvolutions: boolean;
  /** Of the classifier's weights, of the order of its training and of what is drawn for it. */
  readonly seed: number;
}

/** A grid of cells (Núñez et al. 2024). */
export interface AugmentationExperiment extends AugmentationBase {
  readonly kind: "Augmentation and transfer experiment";
  readonly name: string;
  /** Each by itself, and all merged where there are several. */
  readonly sources: readonly SignalSource[];
  /** Whether tests on real signals of each source are also asked with synthetic signals of every other one. */
  readonly crossesSources?: boolean;
  readonly settings: readonly AugmentationSettingName[];
  readonly generators: readonly ChosenGenerator[];
  /** Whether the signals of all generators together are tried, too. */
  readonly hasAllTogether: boolean;
  readonly shares: readonly number[];
  readonly freezesConvolutions: readonly boolean[];
  readonly seeds: readonly number[];
}

/** The outcome of a cell on its test signals. */
export interface AugmentationResult {
  /** `[count, classes]` */
  readonly logits: Float32Array;
  readonly labels: Uint8Array;
  /** Whose each signal is; synthetic ones are each their own. */
  readonly patients: readonly string[];
  /**
   * Of which record each test signal is, by its place among the sorted members of the source; null where that is not known.
   * Absent where the test is not of real signals, and in results of before this was told.
   */
  readonly records?: readonly (number | null)[];
  /** Signals of each class that the last training used, and that were validated on. */
  readonly train: readonly number[];
  readonly validation: readonly number[];
  /** How many of the training signals are synthetic. */
  readonly synthetic: number;
  /** Best validation loss of the last training and its epoch. */
  readonly best: { readonly epoch: number; readonly loss: number } | null;
}

export interface FinishedAugmentationCell {
  readonly cell: AugmentationCell;
  readonly result: AugmentationResult;
}

export type AugmentationEnd = Extract<RunEnd, "finished" | "stoppedEarly">;

/**
 * Training as the authors' program has it (early stopping after 10 epochs), where a cell does not say otherwise. These stay as
 * they are, for no address of a cell tells them: what was added later stands in `augmentationDefaults`.
 */
export const trainingDefaults: Values = {
  learningRate: 1.5844e-4,
  batchSize: 32,
  epochs: 500,
  evaluateEvery: 1,
  patience: 10,
  maskRatio: 0,
  maxShiftRatio: 0,
};

/** What a file or form need not say. Counts are the authors': 21,000 signals of seven classes for each generator. */
export const augmentationDefaults: Omit<AugmentationExperiment, "name" | "sources"> = {
  kind: "Augmentation and transfer experiment",
  form: "recordings",
  classes: ["SR", "SBRAD", "AFIB", "STACH", "AFLT", "SARRH", "SVTAC"],
  lead: "II",
  mostSignals: 100_000,
  division: { byPatient: true, byFolds: true, testShare: 0.1, validationShare: 0.11, seed: 1 },
  // The authors' AdamW, epochs and least gain; their weight decay is not known, so that it is PyTorch's.
  classifier: {
    architecture: "dilatedCnn",
    hyperparameters: { epochs: 1000, leastGain: 1e-5, weightDecay: 0.01 },
  },
  syntheticPerClass: 3000,
  settings: [
    "realToReal",
    "repeatedToReal",
    "bothToReal",
    "syntheticToReal",
    "realToSynthetic",
    "syntheticToSynthetic",
    "levelledToReal",
    "levelledWeightsToReal",
    "tunedToReal",
    "realOrSynthetic",
  ],
  generators: (["diffWave", "timeDiffusion", "timeVqVae"] as const).map((generator) => ({
    generator,
    hyperparameters: usualValuesOf(generator, "recordings"),
    iterations: 50_000,
  })),
  hasAllTogether: true,
  shares: [0.2, 0.4, 0.6, 0.8, 1],
  freezesConvolutions: [true, false],
  seeds: Array.from({ length: 20 }, (_, index) => index + 1),
};
