import * as tf from "@tensorflow/tfjs-core";
import { matMul, matMulTurned } from "../ops/matMul.ts";
import { type WindowMotion, windowCount } from "../ops/windows.ts";

type StridedMotion = Pick<WindowMotion, "stride" | "padding">;

/** How a strided convolution looks once as many neighbours as its stride stand in one row. */
interface Grouping {
  readonly count: number;
  /** Rows under one window. */
  readonly taps: number;
  readonly groups: number;
  /** Zeros after the signal; below zero so many samples that no window sees. */
  readonly after: number;
}

function groupingOf(length: number, kernel: number, { stride, padding }: StridedMotion): Grouping {
  const count = windowCount(length, { kernel, stride, padding, dilation: 1 });
  const taps = Math.ceil(kernel / stride);
  const groups = count + taps - 1;
  return { count, taps, groups, after: stride * groups - padding[0] - length };
}

/** The filter with as many neighbours as the stride in one row, `[taps × stride × channels, filters]`. */
function filterRows(filter: tf.Tensor3D, taps: number, stride: number): tf.Tensor {
  const [kernel, channels, filters] = filter.shape;
  const missing = taps * stride - kernel;
  const whole = missing === 0 ? filter : tf.pad(filter, [[0, missing], nothing, nothing]);
  return tf.reshape(whole, [taps * stride * channels, filters]);
}

/** Its taps, `[stride × channels, filters]` each. */
function tapMatrices(filter: tf.Tensor3D, taps: number, stride: number): tf.Tensor[] {
  const [, channels, filters] = filter.shape;
  const rows = tf.reshape(filterRows(filter, taps, stride), [taps, stride * channels * filters]);
  return Array.from({ length: taps }, (_, tap) =>
    tf.reshape(tf.slice(rows, [tap, 0], [1, stride * channels * filters]), [stride * channels, filters]),
  );
}

/** Whether a product for each tap is faster than one of all taps side by side: wasm copies what is joined row by row. */
const multipliesByTap = (taps: number) => taps > 1 && tf.getBackend() === "wasm";

const nothing: [number, number] = [0, 0];

/**
 * `conv1d` for strides that a kernel spans a few times, as these networks have them: as many neighbours as the stride are
 * one row, so that a window is two or three rows and nothing is copied sample by sample, which is what costs most where
 * channels are few. Gradients are those of its parts, so that they have gradients themselves.
 * @param signal `[batch, time, channels]`
 * @param filter `[kernel, channels, filters]`
 * @returns `[batch, windows, filters]`
 */
export function stridedConv1d(signal: tf.Tensor3D, filter: tf.Tensor3D, motion: StridedMotion): tf.Tensor3D {
  const [batch, length, channels] = signal.shape;
  const [kernel, , filters] = filter.shape;
  const { stride, padding } = motion;
  const { count, taps, groups, after } = groupingOf(length, kernel, motion);
  const rows = tf.reshape(signal, [batch, length * channels]);
  const seen = after < 0 ? tf.slice(rows, [0, 0], [batch, (length + after) * channels]) : rows;
  const padded = tf.pad(seen, [nothing, [padding[0] * channels, Math.max(0, after) * channels]]);
  const width = stride * channels;
  const under = Array.from({ length: taps }, (_, tap) => {
    const seenBy = taps === 1 ? padded : tf.slice(padded, [0, tap * width], [batch, count * width]);
    return tf.reshape(seenBy, [batch * count, width]);
  });
  const product = multipliesByTap(taps)
    ? tf.addN(tapMatrices(filter, taps, stride).map((matrix, tap) => matMul(under[tap], matrix)))
    : matMul(taps === 1 ? under[0] : tf.concat(under, 1), filterRows(filter, taps, stride));
  // groups = count + taps − 1 rows were made; the last tap ends with them.
  if (padded.shape[1] !== groups * width) throw new RangeError("the windows do not fill the signal");
  return tf.reshape(product, [batch, count, filters]);
}

/**
 * The transposed convolution, the adjoint of `stridedConv1d` in its signal.
 * @param signal `[batch, windows, filters]`
 * @param filter `[kernel, channels, filters]`
 * @param length of the result; the convolution of a signal so long has as many windows as `signal`
 * @returns `[batch, length, channels]`
 */
export function stridedConv1dTranspose(
  signal: tf.Tensor3D,
  filter: tf.Tensor3D,
  length: number,
  motion: StridedMotion,
): tf.Tensor3D {
  const [batch, windows, filters] = signal.shape;
  const [kernel, channels] = filter.shape;
  const { stride, padding } = motion;
  const { count, taps, groups, after } = groupingOf(length, kernel, motion);
  if (count !== windows)
    throw new RangeError(`${windows} windows do not come from a signal of ${length} samples`);
  const width = stride * channels;
  const rows = tf.reshape(signal, [batch * count, filters]);
  const products = multipliesByTap(taps)
    ? tapMatrices(filter, taps, stride).map((matrix) => matMulTurned(rows, matrix))
    : columnsOf(matMulTurned(rows, filterRows(filter, taps, stride)), taps);
  const spread = products.map((product, tap) => {
    const flat = tf.reshape(product, [batch, count * width]);
    return taps === 1 ? flat : tf.pad(flat, [nothing, [tap * width, (taps - 1 - tap) * width]]);
  });
  const whole = spread.length === 1 ? spread[0] : tf.addN(spread); // [batch, groups × width]
  const own = Math.min(length, stride * groups - padding[0]) * channels;
  const cut = tf.slice(whole as tf.Tensor2D, [0, padding[0] * channels], [batch, own]);
  const filled = after < 0 ? tf.pad(cut, [nothing, [0, -after * channels]]) : cut;
  return tf.reshape(filled, [batch, length, channels]);
}

/** A matrix cut into parts of as many columns. tfjs has no gradient for a cut into one. */
const columnsOf = (matrix: tf.Tensor, parts: number): tf.Tensor[] =>
  parts === 1 ? [matrix] : tf.split(matrix, parts, 1);
