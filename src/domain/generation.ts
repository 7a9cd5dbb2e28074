import type { BeatClass } from "./libraryRecord.ts";
import type { Values } from "./schema.ts";

/** Where the beats come from that a generator learns from. */
export type BeatSource =
  /** Virtual patients, each of some minutes, made where they are needed. */
  | { readonly kind: "simulated"; readonly patients: number; readonly minutes: number; readonly seed: number }
  /** Records by their hashes. */
  | { readonly kind: "records"; readonly name: string; readonly members: readonly string[] };

/** The training of a generator of beats. Two with the same specification are the same. */
export interface GenerationSpecification {
  readonly kind: "Generator of beats";
  /** Name in the registry of generators. */
  readonly model: string;
  readonly hyperparameters: Values;
  readonly beatClass: BeatClass;
  readonly source: BeatSource;
  /** Beats that are learned from at most, drawn evenly. */
  readonly mostBeats: number;
  /** Hash of the record (or number of the virtual patient) that a personal generator is made for; null for none. */
  readonly patient: string | null;
  /** Updates of the generator and its opponent. */
  readonly iterations: number;
  readonly seed: number;
}

/** Generated beats of the same latent vectors at one point of a training. */
export interface GenerationSnapshot {
  /** Iterations that were done. */
  readonly position: number;
  /** `[count, 216]`, scaled to −1 … 1. */
  readonly beats: Float32Array;
}

/** Beats of a class, as they were found. */
export interface BeatSet {
  /** `[count, 216]` in mV, the R peak at 72. */
  readonly beats: Float32Array;
  readonly count: number;
  /** How many patients they come from. */
  readonly patients: number;
}
