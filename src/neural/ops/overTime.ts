import * as tf from "@tensorflow/tfjs-core";
import { customGradient } from "./customGradient.ts";

/** Sums over time as products with ones, which no backend transposes for. @returns `[batch, 1, channels]` */
function timeSums(x: tf.Tensor3D): tf.Tensor3D {
  const [batch, time] = x.shape;
  return tf.matMul(tf.ones([batch, 1, time]), x) as tf.Tensor3D;
}

/**
 * The same numbers added to a signal at every time.
 * @param x     `[batch, time, channels]`
 * @param shift `[batch, channels]`
 */
export function shiftOverTime(x: tf.Tensor3D, shift: tf.Tensor2D): tf.Tensor3D {
  const operation = customGradient((signal, added) => ({
    value: tf.add(signal as tf.Tensor, tf.expandDims(added as tf.Tensor, 1)),
    gradFunc: (dy: tf.Tensor) => [dy, tf.reshape(timeSums(dy as tf.Tensor3D), shift.shape)],
  }));
  return operation(x, shift) as tf.Tensor3D;
}

/**
 * A signal scaled and shifted alike at every time: x · (1 + scale) + shift, feature-wise linear modulation (Perez et al., AAAI
 * 2018).
 * @param x     `[batch, time, channels]`
 * @param scale `[batch, channels]`
 * @param shift `[batch, channels]`
 */
export function modulateOverTime(x: tf.Tensor3D, scale: tf.Tensor2D, shift: tf.Tensor2D): tf.Tensor3D {
  const operation = customGradient((signal, gain, added, save) => {
    const factor = tf.add(tf.expandDims(gain as tf.Tensor, 1), 1);
    (save as tf.GradSaveFunc)([signal as tf.Tensor, factor]);
    return {
      value: tf.add(tf.mul(signal as tf.Tensor, factor), tf.expandDims(added as tf.Tensor, 1)),
      gradFunc: (dy: tf.Tensor, [before, used]: tf.Tensor[]) => [
        tf.mul(dy, used),
        tf.reshape(timeSums(tf.mul(dy, before)), scale.shape),
        tf.reshape(timeSums(dy as tf.Tensor3D), shift.shape),
      ],
    };
  });
  return operation(x, scale, shift) as tf.Tensor3D;
}
