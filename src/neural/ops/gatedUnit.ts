import * as tf from "@tensorflow/tfjs-core";
import { customGradient } from "./customGradient.ts";

/**
 * The gated activation unit of WaveNet (van den Oord et al. 2016, equation 2): the logistic of the gates times tanh of the
 * contents. The hyperbolic tangent is a logistic too, tanh x = 2 σ(2x) − 1, which wasm has in vectors.
 * @param gates    of any shape
 * @param contents of the same
 */
export function gatedUnit(gates: tf.Tensor, contents: tf.Tensor): tf.Tensor {
  const operation = customGradient((one, other, save) => {
    const gate = tf.sigmoid(one as tf.Tensor);
    const content = tf.sub(tf.mul(tf.sigmoid(tf.mul(other as tf.Tensor, 2)), 2), 1);
    (save as tf.GradSaveFunc)([gate, content]);
    return {
      value: tf.mul(gate, content),
      gradFunc: (dy: tf.Tensor, [g, c]: tf.Tensor[]) => {
        const gated = tf.mul(dy, g);
        // dσ = σ (1 − σ), d tanh = 1 − tanh²
        return [tf.mul(tf.mul(gated, c), tf.sub(1, g)), tf.mul(gated, tf.sub(1, tf.square(c)))];
      },
    };
  });
  return operation(gates, contents);
}
