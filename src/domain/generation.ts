import { type BeatFilter, beatFilterWords } from "./beatFilters.ts";
import type { Values } from "./schema.ts";

/** What a row of numbers is that a generator learns and makes. */
export const generatedForms = {
  /** One beat: 0.6 s, the R peak at sample 72 (Golany & Radinsky 2019). Its classes are those of AAMI. */
  beats: { length: 216, samplingFrequency: 360 },
  /** Ten seconds of one lead. Its classes are labels that databases give to recordings. */
  recordings: { length: 1000, samplingFrequency: 100 },
} as const satisfies Readonly<
  Record<string, { /** Samples. */ readonly length: number /** Hz */; readonly samplingFrequency: number }>
>;
export type GeneratedForm = keyof typeof generatedForms;

/** Where the signals come from that a generator learns from. */
export type GenerationSource =
  /**
   * Virtual patients, made where they are needed. Beats are cut out of some minutes of each; for recordings there are so
   * many patients of each label, ten seconds of each.
   */
  | { readonly kind: "simulated"; readonly patients: number; readonly minutes: number; readonly seed: number }
  /** Records by their hashes. */
  | { readonly kind: "records"; readonly name: string; readonly members: readonly string[] };

/** The training of a generator. Two with the same specification are the same. */
export interface GenerationSpecification {
  readonly kind: "Generator";
  readonly form: GeneratedForm;
  /** Name in the registry of generators. */
  readonly model: string;
  readonly hyperparameters: Values;
  /** What is generated: one class or several. Beats: AAMI classes; recordings: labels. */
  readonly classes: readonly string[];
  readonly source: GenerationSource;
  /** What leads are put through before beats are cut; absent where they are cut out of the leads as they are, and for recordings. */
  readonly filter?: BeatFilter;
  /** Signals of each class that are learned from at most, drawn evenly. */
  readonly mostSignals: number;
  /** Hash of the record (or number of the virtual patient) that a personal generator is made for; null for none. */
  readonly patient: string | null;
  /**
   * How the patient's beats are found, where it differs from the defaults; absent where they are the first annotated ones,
   * and where there is no patient.
   */
  readonly patientSearch?: Values;
  /** Updates of the generator and its opponent. */
  readonly iterations: number;
  readonly seed: number;
}

/** What the beats that a generator learns from were cut behind. */
export const filterOf = ({ filter = "none" }: Pick<GenerationSpecification, "filter">): BeatFilter => filter;

/** What a generator learns from, in words. */
export const learnedWords = (specification: Pick<GenerationSpecification, "form" | "filter">): string =>
  specification.form === "beats" ? `beats ${beatFilterWords[filterOf(specification)]}` : "recordings";

/** Generated signals of the same latent vectors at one point of a training. */
export interface GenerationSnapshot {
  /** Iterations that were done. */
  readonly position: number;
  /** `[count, length]`, scaled to −1 … 1. */
  readonly signals: Float32Array;
  /** Position of each row's class in the specification. */
  readonly labels: Uint8Array;
}

/** Signals of one or several classes, as they were found. */
export interface LabelledSignals {
  /** `[count, length]` in mV, class after class. */
  readonly signals: Float32Array;
  readonly count: number;
  /** Position of each row's class among those asked for. */
  readonly labels: Uint8Array;
  /** Whose each row is. */
  readonly owners: readonly string[];
  /** How many patients they come from. */
  readonly patients: number;
}
