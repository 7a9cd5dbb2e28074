import * as tf from "@tensorflow/tfjs-core";

/**
 * How far beats are from solving z' = drive − z by Euler's method: the mean square of (h_{i+1} − h_i) / step + h_i − drive_i
 * over all beats and steps (SimGAN paper, equations 18 and 19). The residual is affine in the beat, so the loss is a
 * parabola in it.
 * @param beats `[batch, time]`
 * @param drive `[batch, time − 1]`, in the unit of the beats
 * @param step  of the integration; a cycle takes 1
 */
export function residualLoss(beats: tf.Tensor2D, drive: tf.Tensor2D, step: number): tf.Scalar {
  const [batch, steps] = drive.shape;
  const left = tf.slice(beats, [0, 0], [batch, steps]);
  const right = tf.slice(beats, [0, 1], [batch, steps]);
  const rate = 1 / step;
  // One subtraction of near neighbours before the large factor keeps what single precision can.
  const residual = tf.sub(tf.add(tf.mul(tf.sub(right, left), rate), left), drive);
  return tf.mean(tf.square(residual)) as tf.Scalar;
}
