import * as tf from "@tensorflow/tfjs-core";
import { columnSums } from "./columnSums.ts";
import type { ConvolutionMotion } from "./conv1d.ts";
import { customGradient } from "./customGradient.ts";
import { addTaps, tapsOf, windowCount } from "./windows.ts";

/**
 * Every channel convolved with a kernel of its own: y[b, t, c] = Σₖ x[b, t · stride + k · dilation − padding, c] · w[k, c].
 * @param signal `[batch, time, channels]`
 * @param filter `[kernel, channels]`
 * @returns `[batch, windows, channels]`
 */
export function depthwiseConv1d(
  signal: tf.Tensor3D,
  filter: tf.Tensor2D,
  motion: ConvolutionMotion,
): tf.Tensor3D {
  const [batch, length, channels] = signal.shape;
  const whole = { ...motion, kernel: filter.shape[0] };
  const rows = batch * windowCount(length, whole);
  const kernels = (weights: tf.Tensor) => tf.unstack(weights, 0);
  const operation = customGradient((x, w, save) => {
    const [input, weights] = [x as tf.Tensor3D, w as tf.Tensor2D];
    (save as tf.GradSaveFunc)([input, weights]);
    const own = kernels(weights);
    const value = tf.addN(tapsOf(input, whole).map((tap, index) => tf.mul(tap, own[index])));
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const used = kernels(saved[1]);
      const spread = used.map((weight) => tf.mul(dy, weight) as tf.Tensor3D);
      const sums = tapsOf(saved[0] as tf.Tensor3D, whole).map((tap) =>
        columnSums(tf.reshape(tf.mul(tap, dy), [rows, channels]) as tf.Tensor2D),
      );
      return [addTaps(spread, length, whole), tf.concat(sums, 0)];
    };
    return { value, gradFunc };
  });
  return operation(signal, filter) as tf.Tensor3D;
}
