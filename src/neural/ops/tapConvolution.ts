import * as tf from "@tensorflow/tfjs-core";
import { customGradient } from "./customGradient.ts";

/**
 * A convolution that keeps the length and sees both sides alike, y[b, t, o] = Σₖ Σ꜀ x[b, t + (k − middle) · dilation, c] · w[k, c, o]
 * with zeros beyond the ends: `conv1d` for wide signals, a product for each tap. Nothing is copied channel by channel, which
 * takes wasm longer than the products themselves; taps are runs of whole signals, `[batch, time × channels]`.
 * @param signal `[batch, time, channels]`
 * @param filter `[kernel, channels, filters]`, an odd kernel
 * @returns `[batch, time, filters]`
 */
export function tapConvolution(signal: tf.Tensor3D, filter: tf.Tensor3D, dilation = 1): tf.Tensor3D {
  const [batch, time, channels] = signal.shape;
  const [kernel, , filters] = filter.shape;
  if (kernel % 2 === 0) throw new RangeError(`a kernel of ${kernel} samples has no middle`);
  const rows = batch * time;
  const reach = ((kernel - 1) / 2) * dilation * channels;
  /** What each tap sees, `[batch × time, channels]`. */
  const tapsOf = (x: tf.Tensor): tf.Tensor2D[] => {
    const padded = tf.pad2d(tf.reshape(x, [batch, time * channels]) as tf.Tensor2D, [
      [0, 0],
      [reach, reach],
    ]);
    return Array.from({ length: kernel }, (_, tap) =>
      tf.reshape(tf.slice2d(padded, [0, tap * dilation * channels], [batch, time * channels]), [
        rows,
        channels,
      ]),
    );
  };
  const matrixOf = (w: tf.Tensor, tap: number) =>
    tf.reshape(tf.slice(w, [tap, 0, 0], [1, channels, filters]), [channels, filters]) as tf.Tensor2D;
  const operation = customGradient((x, w, save) => {
    const [input, weights] = [x as tf.Tensor, w as tf.Tensor];
    (save as tf.GradSaveFunc)([input, weights]);
    const products = tapsOf(input).map((seen, tap) => tf.matMul(seen, matrixOf(weights, tap)));
    const gradFunc = (dy: tf.Tensor, [before, used]: tf.Tensor[]) => {
      const upstream = tf.reshape(dy, [rows, filters]) as tf.Tensor2D;
      const turned = tf.transpose(upstream); // [filters, rows]
      const ofFilter = tapsOf(before).map((seen) => tf.transpose(tf.matMul(turned, seen)));
      const spread = Array.from({ length: kernel }, (_, tap) => {
        const seen = tf.matMul(upstream, tf.transpose(matrixOf(used, tap))); // [rows, channels]
        const from = tap * dilation * channels;
        return tf.pad2d(tf.reshape(seen, [batch, time * channels]) as tf.Tensor2D, [
          [0, 0],
          [from, 2 * reach - from],
        ]);
      });
      const whole = tf.addN(spread) as tf.Tensor2D; // [batch, time × channels + 2 × reach]
      return [
        tf.reshape(tf.slice2d(whole, [0, reach], [batch, time * channels]), [batch, time, channels]),
        tf.stack(ofFilter),
      ];
    };
    return { value: tf.reshape(tf.addN(products), [batch, time, filters]), gradFunc };
  });
  return operation(signal, filter) as tf.Tensor3D;
}
