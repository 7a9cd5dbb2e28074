import * as tf from "@tensorflow/tfjs-core";
import { type Initialiser, normal, uniform } from "../layers/initialisers.ts";
import type { Mode, Scope } from "../layers/scope.ts";
import { spectralNormalisation } from "./spectralNormalisation.ts";
import { stridedConv1d, stridedConv1dTranspose } from "./stridedConvolution.ts";

/** First weights of convolutions in both networks (Radford, Metz & Chintala, ICLR 2016). */
export const adversarialWeights: Initialiser = normal(0.02);

export interface ConvolutionLayerShape {
  readonly kernel: number;
  readonly stride: number;
  /** Zeros on both sides. */
  readonly padding: readonly [number, number];
}

export type Layer = (x: tf.Tensor, mode: Mode) => tf.Tensor;

/** A convolution without bias. @returns `[batch, time, inputs]` → `[batch, windows, outputs]` */
export function convolution(
  scope: Scope,
  inputs: number,
  outputs: number,
  { kernel, stride, padding }: ConvolutionLayerShape,
  isSpectral = false,
): Layer {
  const weight = scope.parameter("weight", [kernel, inputs, outputs], adversarialWeights);
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
