import * as tf from "@tensorflow/tfjs-core";
import { customGradient } from "./customGradient.ts";
import { turnedFactorsAreSlow } from "./portable.ts";

/** The last two axes exchanged. */
export function turned(matrix: tf.Tensor): tf.Tensor {
  const axes = matrix.shape.map((_, axis) => axis);
  [axes[axes.length - 2], axes[axes.length - 1]] = [axes[axes.length - 1], axes[axes.length - 2]];
  return tf.transpose(matrix, axes);
}

/** left · rightᵀ, without a gradient of its own: transposed first where the backend's flag for it is slower. */
export const timesTurned = (left: tf.Tensor, right: tf.Tensor): tf.Tensor =>
  turnedFactorsAreSlow() ? tf.matMul(left, turned(right)) : tf.matMul(left, right, false, true);

/** leftᵀ · right, as `timesTurned`. */
export const turnedTimes = (left: tf.Tensor, right: tf.Tensor): tf.Tensor =>
  turnedFactorsAreSlow() ? tf.matMul(turned(left), right) : tf.matMul(left, right, true, false);

/**
 * The product of matrices, or of as many matrices as the leading axes hold. tfjs's own gradient multiplies with flags, which
 * wasm does nine times slower than transposing first.
 * @param left  `[…, rows, inner]`
 * @param right `[…, inner, columns]`, leading axes as `left`
 * @returns `[…, rows, columns]`
 */
export function matMul(left: tf.Tensor, right: tf.Tensor): tf.Tensor {
  const operation = customGradient((a, b, save) => {
    (save as tf.GradSaveFunc)([a as tf.Tensor, b as tf.Tensor]);
    return {
      value: tf.matMul(a as tf.Tensor, b as tf.Tensor),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => [timesTurned(dy, saved[1]), turnedTimes(saved[0], dy)],
    };
  });
  return operation(left, right);
}

/**
 * left · rightᵀ with a gradient.
 * @param left  `[…, rows, inner]`
 * @param right `[…, columns, inner]`, leading axes as `left`
 * @returns `[…, rows, columns]`
 */
export function matMulTurned(left: tf.Tensor, right: tf.Tensor): tf.Tensor {
  const operation = customGradient((a, b, save) => {
    (save as tf.GradSaveFunc)([a as tf.Tensor, b as tf.Tensor]);
    return {
      value: timesTurned(a as tf.Tensor, b as tf.Tensor),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => [tf.matMul(dy, saved[1]), turnedTimes(dy, saved[0])],
    };
  });
  return operation(left, right);
}

/**
 * x · W over the last axis of x, all other axes taken as rows.
 * @param x       `[…, inputs]`
 * @param weights `[inputs, outputs]`
 * @returns `[…, outputs]`
 */
export function project(x: tf.Tensor, weights: tf.Tensor2D): tf.Tensor {
  const [inputs, outputs] = weights.shape;
  const rows = tf.reshape(x, [-1, inputs]);
  return tf.reshape(matMul(rows, weights), [...x.shape.slice(0, -1), outputs]);
}
