import * as tf from "@tensorflow/tfjs-core";
import { sizeOf } from "./initialisers.ts";
import type { Mode } from "./scope.ts";

/**
 * Sets each element to 0 with probability `rate` while training, and scales the others up to keep the mean.
 * @param shape of the mask where it is to hold for whole axes, which are then 1: `[batch, 1, channels]` drops channels
 */
export function dropout(
  x: tf.Tensor,
  rate: number,
  { training, random }: Mode,
  shape: readonly number[] = x.shape,
): tf.Tensor {
  if (!training || rate === 0) return x;
  const kept = 1 / (1 - rate);
  const mask = new Float32Array(sizeOf(shape));
  // A loop: attention draws millions a step, and `Float32Array.from` takes ten times as long.
  for (let index = 0; index < mask.length; index++) mask[index] = random.uniform() < rate ? 0 : kept;
  return tf.mul(x, tf.tensor(mask, [...shape]));
}
