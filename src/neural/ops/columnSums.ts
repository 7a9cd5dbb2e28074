import * as tf from "@tensorflow/tfjs-core";

/**
 * Sums over all rows, as a product with ones: reductions over leading axes are transposed first by tfjs and then run on
 * one thread.
 * @param rows `[rows, columns]`
 * @returns `[1, columns]`
 */
export function columnSums(rows: tf.Tensor2D): tf.Tensor2D {
  return tf.matMul(tf.ones([1, rows.shape[0]]) as tf.Tensor2D, rows);
}
