import * as tf from "@tensorflow/tfjs-core";
import { conv1d, conv1dTranspose } from "./conv1d.ts";
import type { WindowMotion } from "./windows.ts";

/** What stands beyond the edges of an image: zeros, or its outermost values again. */
export type Border = "zeros" | "replicate";

export interface Conv2dMotion {
  /** Steps along time; along bands a window moves by one. */
  readonly stride: number;
  /** Samples added before and after along time; along bands as many as keep their number. */
  readonly padding: WindowMotion["padding"];
  readonly border?: Border;
}

/**
 * A convolution over bands and time, as one over time of which each band's channels are its own and those of its neighbours:
 * so it is the matrix products of `conv1d`, with gradients on every backend. Odd kernels of bands keep their number.
 * @param image  `[batch, bands, time, channels]`
 * @param filter `[bandKernel, timeKernel, channels, filters]`, as tfjs's own
 * @returns `[batch, bands, windows, filters]`
 */
export function conv2d(
  image: tf.Tensor4D,
  filter: tf.Tensor4D,
  { stride, padding, border = "zeros" }: Conv2dMotion,
): tf.Tensor4D {
  const [batch, bands, time, channels] = image.shape;
  const [bandKernel] = filter.shape;
  const beside = besideBands(image, bandKernel, border); // [batch, bands, time, bandKernel · channels]
  const rows = tf.reshape(beside, [batch * bands, time, bandKernel * channels]) as tf.Tensor3D;
  const motion = { stride, dilation: 1 };
  const found =
    border === "zeros"
      ? conv1d(rows, overTime(filter), { ...motion, padding })
      : conv1d(replicated(rows, padding, 1), overTime(filter), { ...motion, padding: [0, 0] });
  return tf.reshape(found, [batch, bands, found.shape[1], found.shape[2]]) as tf.Tensor4D;
}

/**
 * The transposed convolution: the adjoint of `conv2d` with zeros beyond the edges, in its image.
 * @param image  `[batch, bands, windows, filters]`
 * @param filter `[bandKernel, timeKernel, channels, filters]`
 * @param time   of the result; the convolution of an image so long has as many windows as `image`
 * @returns `[batch, bands, time, channels]`
 */
export function conv2dTranspose(
  image: tf.Tensor4D,
  filter: tf.Tensor4D,
  time: number,
  { stride, padding }: Pick<Conv2dMotion, "stride" | "padding">,
): tf.Tensor4D {
  const [batch, bands, windows, filters] = image.shape;
  const [bandKernel, , channels] = filter.shape;
  const rows = tf.reshape(image, [batch * bands, windows, filters]) as tf.Tensor3D;
  const spread = conv1dTranspose(rows, overTime(filter), time, { stride, padding, dilation: 1 });
  const beside = tf.reshape(spread, [batch, bands, time, bandKernel * channels]) as tf.Tensor4D;
  if (bandKernel === 1) return beside;
  const before = (bandKernel - 1) / 2;
  // What a band gives to a neighbour goes to it; what would go beyond the edges is lost.
  const taps = tf.split(beside, bandKernel, 3).map((tap, index) =>
    tf.pad(tap, [
      [0, 0],
      [index, bandKernel - 1 - index],
      [0, 0],
      [0, 0],
    ]),
  );
  return tf.slice(tf.addN(taps), [0, before, 0, 0], [batch, bands, time, channels]) as tf.Tensor4D;
}

/** `[bandKernel, timeKernel, channels, filters]` → `[timeKernel, bandKernel · channels, filters]` */
function overTime(filter: tf.Tensor4D): tf.Tensor3D {
  const [bandKernel, timeKernel, channels, filters] = filter.shape;
  const shape: [number, number, number] = [timeKernel, bandKernel * channels, filters];
  return tf.reshape(tf.transpose(filter, [1, 0, 2, 3]), shape);
}

/** Each band's channels beside those of its neighbours. */
function besideBands(image: tf.Tensor4D, kernel: number, border: Border): tf.Tensor4D {
  if (kernel % 2 === 0) throw new RangeError(`a kernel of ${kernel} bands has no middle`);
  if (kernel === 1) return image;
  const [batch, bands, time, channels] = image.shape;
  const side = (kernel - 1) / 2;
  const padded =
    border === "replicate"
      ? replicated(image, [side, side], 1)
      : tf.pad(image, [
          [0, 0],
          [side, side],
          [0, 0],
          [0, 0],
        ]);
  const neighbours = Array.from({ length: kernel }, (_, index) =>
    tf.slice(padded, [0, index, 0, 0], [batch, bands, time, channels]),
  );
  return tf.concat(neighbours, 3) as tf.Tensor4D;
}

/** The first and last slice along an axis again, so many times. */
function replicated<T extends tf.Tensor>(x: T, [before, after]: WindowMotion["padding"], axis: number): T {
  const size = x.shape.map((length, at) => (at === axis ? 1 : length));
  const edge = (position: number) =>
    tf.slice(
      x,
      x.shape.map((_, at) => (at === axis ? position : 0)),
      size,
    );
  const first = edge(0);
  const last = edge(x.shape[axis] - 1);
  return tf.concat([...Array(before).fill(first), x, ...Array(after).fill(last)], axis) as T;
}
