import * as tf from "@tensorflow/tfjs-core";
import { customGradient } from "./customGradient.ts";

/**
 * The rows of a table by their numbers, with a gradient as a product of matrices: that of tfjs's own `gather` has no kernel
 * on wasm.
 * @param table   `[rows, width]`
 * @param numbers int32, any shape
 * @returns `[…numbers, width]`
 */
export function embedding(table: tf.Tensor2D, numbers: tf.Tensor): tf.Tensor {
  const [rows, width] = table.shape;
  const chosen = tf.cast(numbers, "int32");
  const operation = customGradient((given, save) => {
    (save as tf.GradSaveFunc)([chosen]);
    return {
      value: tf.gather(given as tf.Tensor2D, chosen),
      gradFunc: (dy: tf.Tensor, [saved]: tf.Tensor[]) => {
        const marked = tf.cast(tf.oneHot(tf.reshape(saved, [-1]), rows), "float32"); // [count, rows]
        return tf.matMul(tf.transpose(marked), tf.reshape(dy, [-1, width]));
      },
    };
  });
  return operation(table);
}
