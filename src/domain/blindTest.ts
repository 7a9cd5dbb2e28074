import type { SyntheticSource } from "./closeness.ts";
import type { GeneratedForm, GenerationSource } from "./generation.ts";

/** A test in which a person tells real from synthetic pictures, one by one. */
export interface BlindTestSpecification {
  readonly kind: "Real or synthetic?";
  /** Who judges, in their own words; empty for nobody named. */
  readonly judge: string;
  readonly synthetic: readonly SyntheticSource[];
  readonly real: GenerationSource;
  readonly form: GeneratedForm;
  /** AAMI class of the beats, or label of the recordings. */
  readonly rowClass: string;
  /** Half of them real. */
  readonly trials: number;
  /** Whether a person says how sure they are. */
  readonly withConfidence: boolean;
  readonly seed: number;
}

/** How sure a person is: guessing, fairly sure, certain. */
export type Confidence = 1 | 2 | 3;

/** What a person said of one picture. */
export interface JudgedTrial {
  /** 0 for real ones, otherwise the place among the synthetic sources, from 1. */
  readonly source: number;
  /** Row of the source that was shown. */
  readonly row: number;
  readonly isReal: boolean;
  readonly saidReal: boolean;
  /** Null where it was not asked for. */
  readonly confidence: Confidence | null;
  /** From the picture to the answer. */
  readonly milliseconds: number;
}

/** A picture of a test, without a word of where it comes from. */
export interface BlindPicture {
  /** mV, `[length]` */
  readonly samples: Float32Array;
  readonly source: number;
  readonly row: number;
}
