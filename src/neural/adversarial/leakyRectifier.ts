import * as tf from "@tensorflow/tfjs-core";
import { customGradient } from "../ops/customGradient.ts";

/** Slope below zero of both papers' discriminators. */
const leak = 0.2;

/**
 * x above zero and 0.2 x below. tfjs's own has a gradient without a gradient, which a gradient penalty needs; a step has
 * one, which is zero.
 */
export function leakyRectifier(x: tf.Tensor): tf.Tensor {
  const operation = customGradient((given, save) => {
    (save as tf.GradSaveFunc)([given as tf.Tensor]);
    return {
      value: tf.leakyRelu(given as tf.Tensor, leak),
      gradFunc: (dy: tf.Tensor, [saved]: tf.Tensor[]) => tf.mul(dy, tf.step(saved, leak)),
    };
  });
  return operation(x);
}
