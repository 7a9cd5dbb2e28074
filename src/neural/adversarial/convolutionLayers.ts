import * as tf from "@tensorflow/tfjs-core";
import { type Initialiser, normal, sizeOf, uniform } from "../layers/initialisers.ts";
import type { Mode, Scope } from "../layers/scope.ts";
import { spectralNormalisation } from "./spectralNormalisation.ts";
import { stridedConv1d, stridedConv1dTranspose } from "./stridedConvolution.ts";

/** First weights of convolutions in both networks (Radford, Metz & Chintala, ICLR 2016). */
export const adversarialWeights: Initialiser = normal(0.02);

/**
 * First weights of a discriminator without normalisation, as the program of Gulrajani et al. (NeurIPS 2017) draws them: by
 * He et al. (ICCV 2015) over all axes but the last. With 0.02 signals fade in a narrow network, and it learns late.
 */
export const unnormalisedWeights: Initialiser = (shape, random) =>
  normal(Math.sqrt(2 / sizeOf(shape.slice(0, -1))))(shape, random);

/** First weights of a discriminator. */
export const discriminatorWeights = (isNormalised: boolean): Initialiser =>
  isNormalised ? adversarialWeights : unnormalisedWeights;

export interface ConvolutionLayerShape {
  readonly kernel: number;
  readonly stride: number;
  /** Zeros on both sides. */
  readonly padding: readonly [number, number];
}

export type Layer = (x: tf.Tensor, mode: Mode) => tf.Tensor;

export interface ConvolutionWeights {
  readonly isSpectral?: boolean;
  readonly initialise?: Initialiser;
}

/** A convolution without bias. @returns `[batch, time, inputs]` → `[batch, windows, outputs]` */
export function convolution(
  scope: Scope,
  inputs: number,
  outputs: number,
  { kernel, stride, padding }: ConvolutionLayerShape,
  { isSpectral = false, initialise = adversarialWeights }: ConvolutionWeights = {},
): Layer {
  const weight = scope.parameter("weight", [kernel, inputs, outputs], initialise);
  const used = isSpectral ? spectralNormalisation(scope, weight) : () => weight as tf.Tensor;
  return (x, mode) => stridedConv1d(x as tf.Tensor3D, used(mode) as tf.Tensor3D, { stride, padding });
}

/**
 * A transposed convolution to a length. Its bias, where it has one, is drawn as PyTorch draws it.
 * @returns `[batch, windows, inputs]` → `[batch, length, outputs]`
 */
export function transposedConvolution(
  scope: Scope,
  inputs: number,
  outputs: number,
  length: number,
  { kernel, stride, padding }: ConvolutionLayerShape,
  hasBias: boolean,
): (x: tf.Tensor) => tf.Tensor {
  const weight = scope.parameter("weight", [kernel, outputs, inputs], adversarialWeights) as tf.Tensor;
  const limit = 1 / Math.sqrt(kernel * outputs);
  const bias = hasBias ? scope.parameter("bias", [outputs], uniform(limit)) : null;
  return (x) => {
    const motion = { stride, padding };
    const spread = stridedConv1dTranspose(x as tf.Tensor3D, weight as tf.Tensor3D, length, motion);
    return bias === null ? spread : tf.add(spread, bias);
  };
}

/** Draws the gains of all batch normalisations of a network around 1, as the released programs do. */
export function drawGains(scope: Pick<Scope, "parameters">, random: Parameters<Initialiser>[1]): void {
  for (const { name, variable } of scope.parameters) {
    if (!name.endsWith("norm.weight")) continue;
    const gains = adversarialWeights(variable.shape, random).map((deviate) => 1 + deviate);
    tf.tidy(() => variable.assign(tf.tensor(gains, variable.shape)));
  }
}
