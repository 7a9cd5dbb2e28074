import * as tf from "@tensorflow/tfjs-core";
import { elementwise, type Formula } from "../ops/elementwise.ts";
import { normaliseBatch, normaliseLayer } from "../ops/normalise.ts";
import { constant } from "./initialisers.ts";
import type { Mode, Scope } from "./scope.ts";

/** `momentum` is the share of a batch in the running statistics, as PyTorch counts it. */
export interface BatchNormOptions {
  readonly momentum?: number;
  readonly epsilon?: number;
}

/**
 * Batch normalisation: by the batch while training, which moves the running statistics where the mode lets it;
 * by these otherwise.
 * @returns `[…, channels]` → the same
 */
export function batchNorm(
  scope: Scope,
  channels: number,
  { momentum = 0.1, epsilon = 1e-5 }: BatchNormOptions = {},
): (x: tf.Tensor, mode: Mode) => tf.Tensor {
  const scale = scope.parameter("weight", [channels], constant(1)) as tf.Tensor as tf.Tensor1D;
  const offset = scope.parameter("bias", [channels], constant(0)) as tf.Tensor as tf.Tensor1D;
  const mean = scope.buffer("runningMean", [channels], constant(0));
  const variance = scope.buffer("runningVariance", [channels], constant(1));
  return (x, { training, keepsStatistics = false }) => {
    if (!training) {
      const factor = tf.mul(scale, tf.rsqrt(tf.add(variance, epsilon)));
      return tf.add(tf.mul(x, factor), tf.sub(offset, tf.mul(mean, factor)));
    }
    const normalised = normaliseBatch(x, scale, offset, epsilon);
    if (!keepsStatistics) {
      const count = x.size / channels;
      const move = (running: tf.Variable, now: tf.Tensor, weight: number) => {
        const moved: Formula = (each, [old, young]) =>
          each.add(each.scale(old, 1 - momentum), each.scale(young, momentum * weight));
        running.assign(elementwise([running, now], moved));
      };
      move(mean, normalised.mean, 1);
      // The running variance is that of the population that the batch is a sample of.
      move(variance, normalised.variance, count / Math.max(1, count - 1));
    }
    tf.dispose([normalised.mean, normalised.variance]);
    return normalised.value;
  };
}

/** Layer normalisation. @returns `[…, channels]` → the same */
export function layerNorm(scope: Scope, channels: number): (x: tf.Tensor) => tf.Tensor {
  const scale = scope.parameter("weight", [channels], constant(1)) as tf.Tensor as tf.Tensor1D;
  const offset = scope.parameter("bias", [channels], constant(0)) as tf.Tensor as tf.Tensor1D;
  return (x) => normaliseLayer(x, scale, offset);
}
