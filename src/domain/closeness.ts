import type { Memorisation } from "../evaluation/closeness/memorisation.ts";
import type { PrivacyEntry } from "../evaluation/closeness/privacyReport.ts";
import type { ClosenessEntry } from "../evaluation/closeness/report.ts";
import type { TraitEntry } from "../evaluation/closeness/traitReport.ts";
import type { PredictiveResult } from "../experiments/closeness/predictiveScores.ts";
import type { TwoSampleResult } from "../experiments/closeness/twoSampleTest.ts";
import type { GeneratedForm, GenerationSource } from "./generation.ts";

/** Where synthetic rows come from. */
export type SyntheticSource =
  /** A generator of this browser, as its training left it after so many iterations. */
  | { readonly kind: "generator"; readonly id: string; readonly name: string; readonly position: number }
  | {
      readonly kind: "simulator";
      readonly name: string;
      readonly simulator: string;
      readonly preset: string;
      readonly rhythm: string;
    }
  /** Virtual patients of another seed than any that stand for real ones. */
  | { readonly kind: "virtual"; readonly name: string; readonly patients: number; readonly minutes: number }
  /** Synthetic records that were imported or kept. */
  | { readonly kind: "records"; readonly name: string; readonly members: readonly string[] };

/** What of the amplitudes is compared: all, all but each row's mean, or each row's shape alone. */
export type RowScaling = "none" | "mean" | "standardise";

/** A question how near a synthetic set is to a real one. Two with the same specification are the same. */
export interface ClosenessSpecification {
  readonly kind: "Closeness of a synthetic to a real set";
  readonly synthetic: SyntheticSource;
  readonly real: GenerationSource;
  readonly form: GeneratedForm;
  /** AAMI class of the beats, or label of the recordings. */
  readonly rowClass: string;
  readonly scaling: RowScaling;
  /** Most rows of each set. */
  readonly rows: number;
  /** Whether classifiers are trained, which takes minutes without a graphics card. */
  readonly classifiers: boolean;
  readonly seed: number;
}

/** Why what only unseen patients can tell is left out of a comparison with patients that were all learned from. */
export const nothingUnseen = {
  privacy: "Every real patient was learned from: there is no yardstick.",
  twoSample: "Every real patient was learned from: what is repeated of them could not be told apart.",
  predictive: "Every real patient was learned from: what is repeated of them would count as use.",
} as const;

/** Something that was measured, or why it could not be. */
export type Measured<T> =
  | { readonly value: T; readonly reason: null }
  | { readonly value: null; readonly reason: string };

/** What synthetic rows were made from: real ones, none of them, or nobody here knows. */
export type RowOrigin = "learned" | "none" | "unknown";

/** What was compared. */
export interface ComparedSets {
  readonly synthetic: number;
  readonly training: number;
  readonly heldOut: number;
  /** Patients on each side. */
  readonly trainingPatients: number;
  readonly heldOutPatients: number;
  /** Whether no generator has seen the held-out patients. */
  readonly isUnseen: boolean;
  /** Absent where it was measured before this was told. */
  readonly origin?: RowOrigin;
  /** `mV`, or `SD` of rows that were standardised. */
  readonly unit: string;
  /** Hz */
  readonly samplingFrequency: number;
  /** Samples of a row. */
  readonly length: number;
  /** What a reader should know about the sets, in sentences. */
  readonly notes: readonly string[];
}

/** Mean and standard deviation at every instant, and the mean spectrum. */
export interface SetPicture {
  /** `[length]` */
  readonly mean: Float32Array;
  readonly deviation: Float32Array;
  /** `[bins]`, of sum 1. */
  readonly spectrum: Float32Array;
}

/** Points of a map, `[count, 2]`. */
export interface MapPicture {
  readonly synthetic: Float32Array;
  readonly real: Float32Array;
}

/** A synthetic row with the training row and the held-out row that are nearest to it. */
export interface PairPicture {
  readonly synthetic: Float32Array;
  readonly training: Float32Array;
  /** Root mean square over the samples, in the unit of the rows. */
  readonly distance: number;
  readonly heldOutDistance: number;
}

export interface ClosenessPictures {
  readonly synthetic: SetPicture;
  readonly real: SetPicture;
  /** Hz of every bin of the spectra. */
  readonly frequencies: Float32Array;
  readonly principal: MapPicture;
  /** Shares of the variance along the two axes. */
  readonly principalShares: readonly number[];
  /** By t-SNE and by UMAP. */
  readonly neighbours: Measured<MapPicture>;
  readonly ties: Measured<MapPicture>;
  readonly pairs: readonly PairPicture[];
}

export interface PrivacyFindings {
  readonly memorisation: Memorisation;
  readonly entries: readonly PrivacyEntry[];
}

/** How well a classifier of real classes does on patients that it has not learned from. */
export interface HeldOutAccuracy {
  /** Share of right answers, and the mean of F1 over the classes. */
  readonly accuracy: number;
  readonly macroF1: number;
  readonly rows: number;
  /** Share of the commonest class: what always the same answer would get. */
  readonly commonest: number;
}

/** All that is measured, part by part in this order; a part that is absent has not been reached. */
export interface ClosenessParts {
  readonly sets?: ComparedSets;
  readonly measures?: readonly ClosenessEntry[];
  readonly traits?: readonly TraitEntry[];
  readonly privacy?: Measured<PrivacyFindings>;
  readonly pictures?: ClosenessPictures;
  readonly features?: Measured<{
    readonly entries: readonly ClosenessEntry<string>[];
    /** Classes that the classifier tells apart, and its numbers of features. */
    readonly classes: readonly string[];
    readonly width: number;
    /** What it got right of the real rows of held-out patients; absent in comparisons of before. */
    readonly heldOut?: HeldOutAccuracy;
  }>;
  readonly twoSample?: Measured<TwoSampleResult>;
  readonly predictive?: Measured<PredictiveResult>;
}

/** What of a comparison may be shown: scores that were taken on patients that were learned from are of no use. */
export function shownParts(parts: ClosenessParts): ClosenessParts {
  if (parts.sets?.isUnseen !== false) return parts;
  const { twoSample, predictive } = parts;
  return {
    ...parts,
    ...(twoSample?.value && { twoSample: { value: null, reason: nothingUnseen.twoSample } }),
    ...(predictive?.value && { predictive: { value: null, reason: nothingUnseen.predictive } }),
  };
}
