import * as tf from "@tensorflow/tfjs-core";
import { customGradient } from "./customGradient.ts";
import { timesTurned, turnedTimes } from "./matMul.ts";
import { programsMayRun } from "./portable.ts";
import { addTaps, tapsOfRows, unfold, type WindowMotion, windowCount } from "./windows.ts";

/** A convolution's motion; its kernel's length is that of the filter. */
export type ConvolutionMotion = Omit<WindowMotion, "kernel">;

/**
 * y[b, t, o] = Σₖ Σ꜀ x[b, t · stride + k · dilation − padding, c] · w[k, c, o], with gradients for any stride and dilation
 * on every backend: tfjs has none for dilation, and no kernel for that of the filter on wasm. Windows are unfolded into
 * rows, so that all three products are matrix products. On WebGPU tfjs's own convolution is faster, and is taken where it has
 * a gradient.
 * @param signal `[batch, time, channels]`
 * @param filter `[kernel, channels, filters]`
 * @returns `[batch, windows, filters]`
 */
export function conv1d(signal: tf.Tensor3D, filter: tf.Tensor3D, motion: ConvolutionMotion): tf.Tensor3D {
  const [batch, length, channels] = signal.shape;
  const [kernel, , filters] = filter.shape;
  if (motion.dilation === 1 && programsMayRun()) return ownConvolution(signal, filter, motion);
  const whole = { ...motion, kernel };
  const count = windowCount(length, whole);
  const rows = batch * count;
  const operation = customGradient((x, w, save) => {
    const [input, weights] = [x as tf.Tensor3D, w as tf.Tensor3D];
    (save as tf.GradSaveFunc)([input, weights]);
    const matrix = tf.reshape(weights, [kernel * channels, filters]);
    const value = tf.reshape(tf.matMul(unfold(input, whole), matrix), [batch, count, filters]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [before, used] = saved as [tf.Tensor3D, tf.Tensor3D];
      const upstream = tf.reshape(dy, [rows, filters]) as tf.Tensor2D;
      const filterGradient = tf.reshape(turnedTimes(unfold(before, whole), upstream), [
        kernel,
        channels,
        filters,
      ]);
      const own = tf.reshape(used, [kernel * channels, filters]);
      const taps = tapsOfRows(timesTurned(upstream, own), [batch, count, kernel]);
      return [addTaps(taps, length, whole), filterGradient];
    };
    return { value, gradFunc };
  });
  return operation(signal, filter) as tf.Tensor3D;
}

/** tfjs's convolution, for the backends that can train it. */
function ownConvolution(signal: tf.Tensor3D, filter: tf.Tensor3D, motion: ConvolutionMotion): tf.Tensor3D {
  const [before, after] = motion.padding;
  const padded = tf.pad3d(signal, [
    [0, 0],
    [before, after],
    [0, 0],
  ]);
  return tf.conv1d(padded, filter, motion.stride, "valid");
}

/**
 * The transposed convolution: the adjoint of `conv1d` in its signal, which spreads each input over `kernel` outputs. Its
 * filter has the shape of the convolution that it turns around.
 * @param signal `[batch, windows, filters]`
 * @param filter `[kernel, channels, filters]`
 * @param length of the result; the convolution of a signal so long has as many windows as `signal`
 * @returns `[batch, length, channels]`
 */
export function conv1dTranspose(
  signal: tf.Tensor3D,
  filter: tf.Tensor3D,
  length: number,
  motion: ConvolutionMotion,
): tf.Tensor3D {
  const [batch, count, filters] = signal.shape;
  const [kernel, channels] = filter.shape;
  const whole = { ...motion, kernel };
  if (windowCount(length, whole) !== count) {
    throw new RangeError(`${count} windows do not come from a signal of ${length} samples`);
  }
  const rows = batch * count;
  const operation = customGradient((x, w, save) => {
    const [input, weights] = [x as tf.Tensor3D, w as tf.Tensor3D];
    (save as tf.GradSaveFunc)([input, weights]);
    const matrix = tf.reshape(weights, [kernel * channels, filters]);
    const spread = timesTurned(tf.reshape(input, [rows, filters]), matrix);
    const value = addTaps(tapsOfRows(spread, [batch, count, kernel]), length, whole);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [before, used] = saved as [tf.Tensor3D, tf.Tensor3D];
      const unfolded = unfold(dy as tf.Tensor3D, whole);
      const own = tf.reshape(used, [kernel * channels, filters]);
      const signalGradient = tf.reshape(tf.matMul(unfolded, own as tf.Tensor2D), [batch, count, filters]);
      const filterGradient = tf.reshape(turnedTimes(unfolded, tf.reshape(before, [rows, filters])), [
        kernel,
        channels,
        filters,
      ]);
      return [signalGradient, filterGradient];
    };
    return { value, gradFunc };
  });
  return operation(signal, filter) as tf.Tensor3D;
}
