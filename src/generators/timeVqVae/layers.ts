import * as tf from "@tensorflow/tfjs-core";
import { dropout } from "../../neural/layers/dropout.ts";
import { uniform, uniformBetween } from "../../neural/layers/initialisers.ts";
import { batchNorm } from "../../neural/layers/normalisation.ts";
import type { Mode, Scope } from "../../neural/layers/scope.ts";
import { snake } from "../../neural/ops/activations.ts";
import { conv2d, conv2dTranspose } from "../../neural/ops/conv2d.ts";

/** `[batch, rows, frames, channels]` → the same with other frames or channels */
export type ImageLayer = (image: tf.Tensor4D, mode: Mode) => tf.Tensor4D;

/** One layer after the other. */
export const inTurn =
  (layers: readonly ImageLayer[]): ImageLayer =>
  (image, mode) =>
    layers.reduce((before, layer) => layer(before, mode), image);

/** A picture of one row needs no kernel that sees its neighbours. */
export const rowKernel = (rows: number): number => (rows === 1 ? 1 : 3);

/** Halving and doubling: four frames at a time, every second one. */
const halving = { stride: 2, padding: [1, 1] } as const;
const halvingKernel = 4;

/** Snake with a frequency for each channel, from 0.2 to 0.5 at first. */
export function snakeLayer(scope: Scope, channels: number): ImageLayer {
  const frequency = scope.parameter("frequency", [channels], uniformBetween(0.2, 0.5)) as tf.Tensor;
  return (image) => snake(image, frequency as tf.Tensor1D) as tf.Tensor4D;
}

/** A convolution of so many rows and frames, drawn as PyTorch draws it. */
export function convolution(
  scope: Scope,
  [rows, frames]: readonly [number, number],
  inputs: number,
  outputs: number,
): ImageLayer {
  const { weight, bias } = weights(scope, [rows, frames, inputs, outputs], outputs, rows * frames * inputs);
  const side = (frames - 1) / 2;
  return (image) => tf.add(conv2d(image, weight, { stride: 1, padding: [side, side] }), bias);
}

/** A convolution that halves the frames; beyond the edges stand the outermost values again. */
export function halvingConvolution(scope: Scope, rows: number, inputs: number, outputs: number): ImageLayer {
  const shape = [rows, halvingKernel, inputs, outputs] as const;
  const { weight, bias } = weights(scope, shape, outputs, rows * halvingKernel * inputs);
  return (image) => tf.add(conv2d(image, weight, { ...halving, border: "replicate" }), bias);
}

/** A transposed convolution that doubles the frames. */
export function doublingConvolution(scope: Scope, rows: number, inputs: number, outputs: number): ImageLayer {
  const shape = [rows, halvingKernel, outputs, inputs] as const;
  const { weight, bias } = weights(scope, shape, outputs, rows * halvingKernel * outputs);
  return (image) => tf.add(conv2dTranspose(image, weight, 2 * image.shape[2], halving), bias);
}

function weights(scope: Scope, shape: readonly number[], outputs: number, fan: number) {
  const draw = uniform(1 / Math.sqrt(fan));
  return {
    weight: scope.parameter("weight", shape, draw) as tf.Tensor as tf.Tensor4D,
    bias: scope.parameter("bias", [outputs], draw) as tf.Tensor as tf.Tensor1D,
  };
}

/** Batch normalisation, Snake and dropout, as they follow each halving and doubling. */
export function normalisedSnake(scope: Scope, channels: number, rate: number): ImageLayer {
  const norm = batchNorm(scope.within("norm"), channels);
  const activation = snakeLayer(scope.within("snake"), channels);
  return (image, mode) =>
    dropout(activation(norm(image, mode) as tf.Tensor4D, mode), rate, mode) as tf.Tensor4D;
}

/**
 * Snake, convolution, normalisation, Snake, convolution and dropout beside a way straight through, which is a convolution of
 * 1 × 1 where the channels change.
 */
export function residualBlock(
  scope: Scope,
  rows: number,
  inputs: number,
  outputs: number,
  rate: number,
): ImageLayer {
  const kernel = [rows, 3] as const;
  const first = snakeLayer(scope.within("snake1"), inputs);
  const inner = convolution(scope.within("convolution1"), kernel, inputs, outputs);
  const norm = batchNorm(scope.within("norm"), outputs);
  const second = snakeLayer(scope.within("snake2"), outputs);
  const outer = convolution(scope.within("convolution2"), kernel, outputs, outputs);
  const straight = inputs === outputs ? null : convolution(scope.within("straight"), [1, 1], inputs, outputs);
  return (image, mode) => {
    const once = norm(inner(first(image, mode), mode), mode) as tf.Tensor4D;
    const twice = dropout(outer(second(once, mode), mode), rate, mode);
    return tf.add(straight === null ? image : straight(image, mode), twice);
  };
}
