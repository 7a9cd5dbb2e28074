import * as tf from "@tensorflow/tfjs-core";
import type { Scope } from "../layers/scope.ts";
import { columnSums } from "../ops/columnSums.ts";
import { customGradient } from "../ops/customGradient.ts";
import { pointwise } from "./layers.ts";
import { stepEmbedding } from "./stepEmbedding.ts";

/** Numbers that tell a place. */
const size = 64;

/**
 * Tells every sample where it stands: sines and cosines of the time (Vaswani et al., NeurIPS 2017), mapped to the channels and
 * added. A convolution looks the same everywhere and finds the ends of a signal only through its zeros; beats have their R
 * peaks all at one place.
 * @param time samples of a signal
 * @returns `[batch, time, channels]` → the same
 */
export function placesTold(scope: Scope, time: number, channels: number): (x: tf.Tensor3D) => tf.Tensor3D {
  const places = Array.from({ length: time }, (_, place) => place);
  const sines = tf.tensor2d(stepEmbedding(places, size, "falling"), [time, size]);
  scope.owns(() => sines.dispose());
  const mapped = pointwise(scope, size, channels, { bias: false });
  const added = customGradient((given, all) => ({
    value: tf.add(given as tf.Tensor, all as tf.Tensor),
    // A copy: wasm keeps what it made of a right factor by its data, whatever its form, and this may have been one before.
    gradFunc: (dy: tf.Tensor) => [
      dy,
      tf.reshape(columnSums(tf.mul(dy, 1) as tf.Tensor2D), [time * channels]),
    ],
  }));
  return (x) => {
    const whole = tf.reshape(x, [x.shape[0], time * channels]);
    return tf.reshape(added(whole, tf.reshape(mapped(sines), [time * channels])), x.shape) as tf.Tensor3D;
  };
}
