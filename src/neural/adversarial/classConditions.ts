import * as tf from "@tensorflow/tfjs-core";

/** Numbers by which rows are told of their class: one for each class, none where there is only one. */
export const conditionsOf = (classes: number): number => (classes > 1 ? classes : 0);

/**
 * Rows with their class behind them: 1 at its place, 0 at the others (Mirza & Osindero, arXiv 1411.1784). One class says
 * nothing and adds nothing.
 * @param rows   `[batch, values]`
 * @param labels position of each row's class
 * @returns `[batch, values + conditions]`
 */
export function withClasses(rows: tf.Tensor2D, labels: Uint8Array, classes: number): tf.Tensor2D {
  const conditions = conditionsOf(classes);
  if (conditions === 0) return rows;
  const marks = new Float32Array(labels.length * conditions);
  labels.forEach((label, row) => {
    marks[row * conditions + label] = 1;
  });
  return tf.concat([rows, tf.tensor2d(marks, [labels.length, conditions])], 1);
}

/** What a network begins with. */
export interface ConditionedInputs {
  /** Numbers of a row without those of its class. */
  readonly values: number;
  readonly conditions: number;
}

/**
 * Rows with the marks of their class made as long as the rest of a row, whose numbers are about 1: beside a hundred of them
 * a single 1 would be overheard for a long time.
 * @param rows `[batch, values + conditions]`
 */
export function withLoudClasses(rows: tf.Tensor2D, { values, conditions }: ConditionedInputs): tf.Tensor2D {
  if (conditions === 0) return rows;
  const factors = new Float32Array(values + conditions).fill(1).fill(Math.sqrt(values), values);
  return tf.mul(rows, tf.tensor2d(factors, [1, factors.length]));
}
