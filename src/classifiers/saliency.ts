import * as tf from "@tensorflow/tfjs-core";
import { createRandom } from "../signal/random.ts";
import type { Classifier } from "./architecture.ts";

/** Half the window over which saliency is smoothed, s. */
const halfWindow = 0.01;

/**
 * How much each sample moves the first logit to first order: |gradient × input| (Shrikumar et al. 2017), summed over
 * windows of 20 ms and scaled to a largest of 1.
 * @param samples `[time]`, standardised
 */
export async function saliencyOf(
  classifier: Classifier,
  samples: Float32Array,
  samplingFrequency: number,
): Promise<{ readonly logit: number; readonly saliency: Float32Array }> {
  const { logit, products } = tf.tidy(() => {
    const input = tf.tensor2d(samples, [1, samples.length]);
    const score = (x: tf.Tensor) => {
      const logits = classifier.forward(x as tf.Tensor2D, { training: false, random: createRandom(0) });
      return tf.sum(tf.slice(logits, [0, 0], [1, 1])) as tf.Scalar;
    };
    const { value, grad } = tf.valueAndGrad(score)(input);
    return { logit: value, products: tf.abs(tf.mul(grad, input)) };
  });
  const [score, raw] = await Promise.all([logit.data(), products.data()]);
  tf.dispose([logit, products]);
  return {
    logit: score[0],
    saliency: smoothed(raw as Float32Array, Math.round(halfWindow * samplingFrequency)),
  };
}

function smoothed(values: Float32Array, half: number): Float32Array {
  const result = new Float32Array(values.length);
  let sum = 0;
  for (let index = -half; index < values.length; index++) {
    if (index + half < values.length) sum += values[index + half];
    if (index - half - 1 >= 0) sum -= values[index - half - 1];
    if (index >= 0) result[index] = sum;
  }
  const largest = result.reduce((most, value) => Math.max(most, value), 0);
  return largest > 0 ? result.map((value) => value / largest) : result;
}
