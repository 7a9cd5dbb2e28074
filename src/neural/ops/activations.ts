import * as tf from "@tensorflow/tfjs-core";
import { columnSums } from "./columnSums.ts";
import { customGradient } from "./customGradient.ts";

/** x · σ(x), also called swish. */
export function silu(x: tf.Tensor): tf.Tensor {
  const operation = customGradient((given, save) => {
    const input = given as tf.Tensor;
    const gate = tf.sigmoid(input);
    const value = tf.mul(input, gate);
    (save as tf.GradSaveFunc)([value, gate]);
    return {
      value,
      // σ + x σ (1 − σ) = σ + y (1 − σ)
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) =>
        tf.mul(dy, tf.add(saved[1], tf.mul(saved[0], tf.sub(1, saved[1])))),
    };
  });
  return operation(x);
}

/** x · Φ(x) with the normal distribution itself, not its approximation by tanh (Hendrycks & Gimpel 2016). */
export function gelu(x: tf.Tensor): tf.Tensor {
  const operation = customGradient((given, save) => {
    const input = given as tf.Tensor;
    (save as tf.GradSaveFunc)([input]);
    return {
      value: tf.mul(input, distribution(input)),
      gradFunc: (dy: tf.Tensor, [saved]: tf.Tensor[]) => {
        const density = tf.mul(tf.exp(tf.mul(tf.square(saved), -0.5)), 1 / Math.sqrt(2 * Math.PI));
        return tf.mul(dy, tf.add(distribution(saved), tf.mul(saved, density)));
      },
    };
  });
  return operation(x);
}

const distribution = (x: tf.Tensor) => tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5);

/**
 * Snake: x + sin²(a x) / a, which keeps periodic signals periodic (Ziyin, Hartwig & Ueda, NeurIPS 2020).
 * @param x         `[…, channels]`
 * @param frequency a of each channel, `[channels]`, other than 0
 */
export function snake(x: tf.Tensor, frequency: tf.Tensor1D): tf.Tensor {
  const channels = frequency.shape[0];
  const operation = customGradient((given, a, save) => {
    const [input, own] = [given as tf.Tensor, a as tf.Tensor];
    const bend = tf.div(tf.square(tf.sin(tf.mul(input, own))), own);
    (save as tf.GradSaveFunc)([input, own, bend]);
    return {
      value: tf.add(input, bend),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [before, used, bent] = saved;
        const double = tf.sin(tf.mul(tf.mul(before, used), 2));
        // d/dx = 1 + sin 2ax; d/da = x sin(2ax) / a − sin²(ax) / a². Sines are slow on wasm: the first is kept.
        const steep = tf.div(tf.sub(tf.mul(before, double), bent), used);
        const rows = tf.reshape(tf.mul(dy, steep), [-1, channels]) as tf.Tensor2D;
        return [tf.mul(dy, tf.add(double, 1)), tf.reshape(columnSums(rows), [channels])];
      },
    };
  });
  return operation(x, frequency);
}
