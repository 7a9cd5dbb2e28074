import * as tf from "@tensorflow/tfjs-core";
import { customGradient } from "./customGradient.ts";

/** The last two axes exchanged. */
export function turned(matrix: tf.Tensor): tf.Tensor {
  const axes = matrix.shape.map((_, axis) => axis);
  [axes[axes.length - 2], axes[axes.length - 1]] = [axes[axes.length - 1], axes[axes.length - 2]];
  return tf.transpose(matrix, axes);
}

/**
 * The product of matrices, or of as many matrices as the leading axes hold, with a gradient that transposes first and
 * multiplies then: tfjs's own multiplies with flags, which wasm does nine times slower.
 * @param left  `[…, rows, inner]`
 * @param right `[…, inner, columns]`, leading axes as `left`
 * @returns `[…, rows, columns]`
 */
export function matMul(left: tf.Tensor, right: tf.Tensor): tf.Tensor {
  const operation = customGradient((a, b, save) => {
    (save as tf.GradSaveFunc)([a as tf.Tensor, b as tf.Tensor]);
    return {
      value: tf.matMul(a as tf.Tensor, b as tf.Tensor),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => [
        tf.matMul(dy, turned(saved[1])),
        tf.matMul(turned(saved[0]), dy),
      ],
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
