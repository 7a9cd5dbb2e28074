import * as tf from "@tensorflow/tfjs-core";
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
