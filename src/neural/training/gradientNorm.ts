import * as tf from "@tensorflow/tfjs-core";
import { programsMayRun } from "../ops/portable.ts";

/**
 * The norm of some gradients together. On WebGPU over all of them in one row: two programs for each of many small ones take
 * longer to be launched than they are to be copied. Elsewhere they are summed one by one.
 */
export function gradientNorm(gradients: readonly tf.Tensor[]): tf.Scalar {
  return tf.tidy(() => {
    const sums = programsMayRun()
      ? [tf.sum(tf.square(tf.concat(gradients.map((gradient) => tf.reshape(gradient, [gradient.size])))))]
      : gradients.map((gradient) => tf.sum(tf.square(gradient)));
    return tf.sqrt(tf.addN(sums)) as tf.Scalar;
  });
}
