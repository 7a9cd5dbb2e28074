import * as tf from "@tensorflow/tfjs-core";

/** Keeps the root off 0, where it has no slope: where all beats are alike. */
const smallest = 1e-8;

/**
 * Beats with the spread of a batch behind each: the standard deviation at every sample, the same for all (after Karras et
 * al., ICLR 2018, who put one mean of it deep into the network). Beats that are all alike give themselves away by it.
 * @param beats `[batch, time]`
 * @param crowd whose spread it is, `[any, time]`
 * @returns `[batch, 2 × time]`
 */
export function withSpread(beats: tf.Tensor2D, crowd: tf.Tensor2D): tf.Tensor2D {
  // Not by `squaredDifference`: its gradient in tfjs takes both sides for equally large.
  const variance = tf.mean(tf.square(tf.sub(crowd, tf.mean(crowd, 0, true))), 0, true);
  const spread = tf.sqrt(tf.add(variance, smallest));
  return tf.concat([beats, tf.mul(tf.onesLike(beats), spread) as tf.Tensor2D], 1);
}
