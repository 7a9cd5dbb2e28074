import * as tf from "@tensorflow/tfjs-core";
import { columnSums } from "./columnSums.ts";
import { customGradient } from "./customGradient.ts";

const added = customGradient((rows, shift) => ({
  value: tf.add(rows as tf.Tensor, shift as tf.Tensor),
  // A copy: wasm keeps what it made of a right factor by its data, whatever its form, and this may have been one before.
  gradFunc: (dy: tf.Tensor) => [dy, tf.reshape(columnSums(tf.mul(dy, 1) as tf.Tensor2D), [dy.shape[1] ?? 0])],
}));

/**
 * Adds the same to every signal of a batch.
 * @param x     `[batch, time, channels]`
 * @param shift `[time, channels]`
 * @returns `[batch, time, channels]`
 */
export function shiftOverSignals(x: tf.Tensor3D, shift: tf.Tensor2D): tf.Tensor3D {
  const [batch, time, channels] = x.shape;
  const rows = tf.reshape(x, [batch, time * channels]);
  return tf.reshape(added(rows, tf.reshape(shift, [time * channels])), x.shape);
}
