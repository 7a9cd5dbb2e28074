import * as tf from "@tensorflow/tfjs-core";
import { customGradient } from "./customGradient.ts";
import { addTaps, tapsOf, type WindowMotion } from "./windows.ts";

/** A pooling's motion: neighbours only. */
export type PoolingMotion = Omit<WindowMotion, "dilation">;

/** Below any sample of a network, and far from the end of single precision, so that no product of it overflows. */
const lowest = -1e30;

/**
 * The largest sample of every window; the gradient goes to the first of equal ones. tfjs's own gradient is silently
 * wrong on wasm for windows that overlap.
 * @param signal `[batch, time, channels]`
 * @returns `[batch, windows, channels]`
 */
export function maxPool1d(signal: tf.Tensor3D, motion: PoolingMotion): tf.Tensor3D {
  const whole = { ...motion, dilation: 1 };
  const length = signal.shape[1];
  const operation = customGradient((x, save) => {
    const input = x as tf.Tensor3D;
    const taps = tapsOf(input, whole, lowest);
    const value = taps.reduce((most, tap) => tf.maximum(most, tap) as tf.Tensor3D);
    (save as tf.GradSaveFunc)([input, value]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [before, most] = saved as [tf.Tensor3D, tf.Tensor3D];
      let left = dy; // what no tap has been given yet
      const shares = tapsOf(before, whole, lowest).map((tap) => {
        const share = tf.mul(left, tf.cast(tf.equal(tap, most), "float32")) as tf.Tensor3D;
        left = tf.sub(left, share);
        return share;
      });
      return addTaps(shares, length, whole);
    };
    return { value, gradFunc };
  });
  return operation(signal) as tf.Tensor3D;
}

/**
 * The mean of every window; zeros beyond the ends do not count.
 * @param signal `[batch, time, channels]`
 * @returns `[batch, windows, channels]`
 */
export function averagePool1d(signal: tf.Tensor3D, motion: PoolingMotion): tf.Tensor3D {
  const whole = { ...motion, dilation: 1 };
  const ones = tf.ones([1, signal.shape[1], 1]) as tf.Tensor3D;
  return tf.div(tf.addN(tapsOf(signal, whole)), tf.addN(tapsOf(ones, whole))) as tf.Tensor3D;
}
