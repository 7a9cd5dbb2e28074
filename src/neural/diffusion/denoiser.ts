import type * as tf from "@tensorflow/tfjs-core";
import type { NamedVariable, Scope } from "../layers/scope.ts";

/** What a denoising network sees. */
export interface NoisySignals {
  /** `[batch, time]` */
  readonly noisy: tf.Tensor2D;
  /** Embedding of each one's step, `[batch, embedding]`. */
  readonly steps: tf.Tensor2D;
  /** 1 at each one's class, the last column for none, otherwise 0: `[batch, classes + 1]`. */
  readonly classes: tf.Tensor2D;
}

/** Tells of noisy signals what it was trained to tell: noise, signal or velocity, `[batch, time]`. */
export type Denoise = (input: NoisySignals) => tf.Tensor2D;

/** Builds a network for a length and a number of classes. */
export interface DenoiserShape {
  readonly embeddingSize: number;
  build(scope: Scope): Denoise;
}

/** A network with its variables. */
export interface Denoiser {
  readonly denoise: Denoise;
  readonly parameters: readonly NamedVariable[];
}

/** Rows of 0 with a 1 at each label. @param width a label of `width − 1` is no class */
export function oneHot(labels: ArrayLike<number>, width: number): Float32Array {
  const rows = new Float32Array(labels.length * width);
  for (let row = 0; row < labels.length; row++) rows[row * width + labels[row]] = 1;
  return rows;
}
