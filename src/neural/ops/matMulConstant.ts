import * as tf from "@tensorflow/tfjs-core";
import { customGradient } from "./customGradient.ts";

/** A constant matrix with its transpose, so that neither product has to turn it: wasm is nine times slower at that. */
export interface ConstantMatrix {
  /** `[rows, columns]` */
  readonly matrix: tf.Tensor2D;
  /** `[columns, rows]` */
  readonly transposed: tf.Tensor2D;
}

/** A constant matrix from its elements. The caller disposes of both tensors. */
export function constantMatrix(
  rows: number,
  columns: number,
  element: (row: number, column: number) => number,
): ConstantMatrix {
  const values = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) values[row * columns + column] = element(row, column);
  }
  const matrix = tf.tensor2d(values, [rows, columns]);
  return { matrix, transposed: tf.transpose(matrix) };
}

/**
 * x · M over the last axis, with a gradient in x alone.
 * @param x `[…, rows]`
 * @returns `[…, columns]`
 */
export function matMulConstant(x: tf.Tensor, { matrix, transposed }: ConstantMatrix): tf.Tensor {
  const [rows, columns] = matrix.shape;
  const outer = x.shape.slice(0, -1);
  const product = (left: tf.Tensor, right: tf.Tensor2D, from: number, to: number) =>
    tf.reshape(tf.matMul(tf.reshape(left, [-1, from]) as tf.Tensor2D, right), [...outer, to]);
  const operation = customGradient((given) => ({
    value: product(given as tf.Tensor, matrix, rows, columns),
    gradFunc: (dy: tf.Tensor) => product(dy, transposed, columns, rows),
  }));
  return operation(x);
}
