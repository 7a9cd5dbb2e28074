import * as tf from "@tensorflow/tfjs-core";
import { matMul, matMulTurned } from "./matMul.ts";

/** `[batch, time, heads × width]` → `[batch · heads, time, width]` */
export function splitHeads(x: tf.Tensor, heads: number): tf.Tensor3D {
  const [batch, time, channels] = x.shape;
  if (channels % heads !== 0) throw new RangeError(`${channels} channels do not divide among ${heads} heads`);
  const width = channels / heads;
  const apart = tf.transpose(tf.reshape(x, [batch, time, heads, width]), [0, 2, 1, 3]);
  return tf.reshape(apart, [batch * heads, time, width]) as tf.Tensor3D;
}

/**
 * Several projections that stand side by side, each as `splitHeads` gives it: turned together, since cutting the last axis
 * costs more than cutting the first.
 * @param x `[batch, time, count × heads × width]`
 */
export function splitProjections(x: tf.Tensor, count: number, heads: number): tf.Tensor3D[] {
  const [batch, time, channels] = x.shape;
  const width = channels / (count * heads);
  const apart = tf.transpose(tf.reshape(x, [batch, time, count, heads, width]), [2, 0, 3, 1, 4]);
  return tf.split(tf.reshape(apart, [count * batch * heads, time, width]), count, 0) as tf.Tensor3D[];
}

/** `[batch · heads, time, width]` → `[batch, time, heads × width]` */
export function joinHeads(x: tf.Tensor, heads: number): tf.Tensor3D {
  const [rows, time, width] = x.shape;
  const apart = tf.reshape(x, [rows / heads, heads, time, width]);
  return tf.reshape(tf.transpose(apart, [0, 2, 1, 3]), [rows / heads, time, heads * width]) as tf.Tensor3D;
}

/** How shares are found and changed. */
export interface AttentionOptions {
  readonly heads: number;
  readonly scale: number;
  /** Added to the scores, `[time, positions]`. */
  readonly bias?: tf.Tensor2D;
  readonly changeScores?: (scores: tf.Tensor) => tf.Tensor;
  /** Of the shares before they weigh the values, such as dropout. */
  readonly change?: (shares: tf.Tensor) => tf.Tensor;
}

/**
 * softmax(Q Kᵀ · scale + bias) V (Vaswani et al., NeurIPS 2017), head by head.
 * @param queries `[batch, time, channels]`
 * @param keys    `[batch, positions, channels]`
 * @param values  `[batch, positions, width]`
 * @returns `[batch, time, width]`
 */
export function attention(
  queries: tf.Tensor,
  keys: tf.Tensor,
  values: tf.Tensor,
  options: AttentionOptions,
): tf.Tensor3D {
  const [q, k, v] = [queries, keys, values].map((each) => splitHeads(each, options.heads));
  return attentionOfHeads(q, k, v, options);
}

/** `attention` of what `splitHeads` or `splitProjections` gave. */
export function attentionOfHeads(
  queries: tf.Tensor3D,
  keys: tf.Tensor3D,
  values: tf.Tensor3D,
  { heads, scale, bias, change, changeScores }: AttentionOptions,
): tf.Tensor3D {
  const products = tf.mul(matMulTurned(queries, keys), scale); // [batch · heads, time, positions]
  const scores = bias === undefined ? products : tf.add(products, bias);
  const shares = tf.softmax(changeScores === undefined ? scores : changeScores(scores));
  return joinHeads(matMul(change === undefined ? shares : change(shares), values), heads);
}
