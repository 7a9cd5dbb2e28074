import * as tf from "@tensorflow/tfjs-core";

/**
 * Weighted binary cross entropy of logits, the mean over the batch: −w · y · log σ(x) − (1 − y) · log (1 − σ(x)), written
 * with log(1 + e^−|x|), which no logit overflows.
 * @param logits         `[batch, classes]`
 * @param labels         `[batch, classes]`, 0 or 1
 * @param positiveWeight of a label 1, usually negatives over positives of the training set
 */
export function binaryCrossEntropy(logits: tf.Tensor2D, labels: tf.Tensor2D, positiveWeight = 1): tf.Scalar {
  // log(1 + e^−x) = max(−x, 0) + log(1 + e^−|x|)
  const missed = tf.add(tf.relu(tf.neg(logits)), tf.log1p(tf.exp(tf.neg(tf.abs(logits)))));
  const weight = tf.add(tf.mul(labels, positiveWeight - 1), 1);
  return tf.mean(tf.add(tf.mul(tf.sub(1, labels), logits), tf.mul(weight, missed))) as tf.Scalar;
}

/**
 * Cross entropy of a softmax over logits, the mean over the batch weighted by class as PyTorch weighs it.
 * @param logits  `[batch, classes]`
 * @param labels  `[batch, classes]`, one of each row 1
 * @param weights `[classes]`; all 1 where they are not given
 */
export function softmaxCrossEntropy(
  logits: tf.Tensor2D,
  labels: tf.Tensor2D,
  weights?: tf.Tensor1D,
): tf.Scalar {
  const losses = tf.neg(tf.sum(tf.mul(labels, tf.logSoftmax(logits)), 1));
  if (weights === undefined) return tf.mean(losses) as tf.Scalar;
  const own = tf.sum(tf.mul(labels, weights), 1);
  return tf.div(tf.sum(tf.mul(own, losses)), tf.sum(own)) as tf.Scalar;
}
