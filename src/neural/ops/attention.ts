import * as tf from "@tensorflow/tfjs-core";
import { matMul, turned } from "./matMul.ts";

/** `[batch, time, heads × width]` → `[batch · heads, time, width]` */
export function splitHeads(x: tf.Tensor, heads: number): tf.Tensor3D {
  const [batch, time, channels] = x.shape;
  if (channels % heads !== 0) throw new RangeError(`${channels} channels do not divide among ${heads} heads`);
  const width = channels / heads;
  const apart = tf.transpose(tf.reshape(x, [batch, time, heads, width]), [0, 2, 1, 3]);
  return tf.reshape(apart, [batch * heads, time, width]) as tf.Tensor3D;
}

/** `[batch · heads, time, width]` → `[batch, time, heads × width]` */
export function joinHeads(x: tf.Tensor, heads: number): tf.Tensor3D {
  const [rows, time, width] = x.shape;
  const apart = tf.reshape(x, [rows / heads, heads, time, width]);
  return tf.reshape(tf.transpose(apart, [0, 2, 1, 3]), [rows / heads, time, heads * width]) as tf.Tensor3D;
}

/**
 * softmax(Q Kᵀ · scale + bias) V (Vaswani et al., NeurIPS 2017), head by head.
 * @param queries `[batch, time, channels]`
 * @param keys    `[batch, positions, channels]`
 * @param values  `[batch, positions, width]`
 * @param bias    added to the scores, `[time, positions]`
 * @param change  of the shares before they weigh the values, such as dropout
 * @returns `[batch, time, width]`
 */
export function attention(
  queries: tf.Tensor,
  keys: tf.Tensor,
  values: tf.Tensor,
  options: {
    readonly heads: number;
    readonly scale: number;
    readonly bias?: tf.Tensor2D;
    readonly changeScores?: (scores: tf.Tensor) => tf.Tensor;
    readonly change?: (shares: tf.Tensor) => tf.Tensor;
  },
): tf.Tensor3D {
  const { heads, scale, bias, change, changeScores } = options;
  const [q, k, v] = [queries, keys, values].map((each) => splitHeads(each, heads));
  const products = tf.mul(matMul(q, turned(k)), scale); // [batch · heads, time, positions]
  const scores = bias === undefined ? products : tf.add(products, bias);
  const shares = tf.softmax(changeScores === undefined ? scores : changeScores(scores));
  return joinHeads(matMul(change === undefined ? shares : change(shares), v), heads);
}
