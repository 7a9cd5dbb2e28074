import * as tf from "@tensorflow/tfjs-core";
import { type ConstantMatrix, constantMatrix, matMulConstant } from "./matMulConstant.ts";
import { addTaps, tapsOf, type WindowMotion } from "./windows.ts";

/** A short-time Fourier transform and its inverse, for signals of one length. */
export interface ShortTimeFourier {
  readonly frames: number;
  readonly bins: number;
  /**
   * @param signal `[batch, time]`
   * @returns real and imaginary parts, `[batch, frames, bins]` each
   */
  transform(signal: tf.Tensor2D): { readonly real: tf.Tensor3D; readonly imaginary: tf.Tensor3D };
  /** The signal of which `transform` gives these parts; of others, the nearest in the least-squares sense. */
  inverse(real: tf.Tensor3D, imaginary: tf.Tensor3D): tf.Tensor2D;
  dispose(): void;
}

export interface ShortTimeFourierOptions {
  /** What stands beyond both ends of the signal: zeros, or the signal mirrored at its first and last sample. */
  readonly border?: "zeros" | "mirror";
  /** Factor of all parts, which the inverse takes back; 1 / √size keeps the energy of a frame. */
  readonly scale?: number;
}

/**
 * Frames of `size` samples under a Hann window, every `hop` samples, the first and last centred on the ends of the signal.
 * Products with constant cosines and sines, whose gradients every backend has.
 * @throws RangeError where the hop leaves samples that no window sees, or the signal is too short to be mirrored
 */
export function shortTimeFourier(
  length: number,
  size: number,
  hop: number,
  { border = "zeros", scale = 1 }: ShortTimeFourierOptions = {},
): ShortTimeFourier {
  if (size % 2 !== 0 || hop < 1 || hop > size / 2) {
    throw new RangeError(
      `no transform with frames of ${size} every ${hop} samples: give even frames and at least half`,
    );
  }
  const bins = size / 2 + 1;
  const frames = Math.ceil(length / hop) + 1;
  const motion: WindowMotion = {
    kernel: size,
    stride: hop,
    dilation: 1,
    padding: [size / 2, (frames - 1) * hop + size / 2 - length],
  };
  const isMirrored = border === "mirror";
  if (isMirrored && motion.padding[1] >= length) {
    throw new RangeError(`${length} samples are too few to be mirrored by ${motion.padding[1]}`);
  }
  const window = Float32Array.from(
    { length: size },
    (_, at) => 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / size),
  );
  const angle = (bin: number, at: number) => (2 * Math.PI * ((bin * at) % size)) / size;
  const weight = (bin: number) => (bin === 0 || bin === size / 2 ? 1 : 2) / (size * scale);
  const cosines = constantMatrix(size, bins, (at, bin) => scale * window[at] * Math.cos(angle(bin, at)));
  const sines = constantMatrix(size, bins, (at, bin) => -scale * window[at] * Math.sin(angle(bin, at)));
  // Back, each frame goes under the window once more, and what windows overlap is divided by the sum of their squares.
  const back: readonly ConstantMatrix[] = [
    constantMatrix(bins, size, (bin, at) => window[at] * weight(bin) * Math.cos(angle(bin, at))),
    constantMatrix(bins, size, (bin, at) => -window[at] * weight(bin) * Math.sin(angle(bin, at))),
  ];
  const squares = tf.tidy(() => {
    const ones = Array.from(window, (value) => tf.fill([1, frames, 1], value * value) as tf.Tensor3D);
    return tf.reshape(addTaps(ones, length, motion), [1, length]) as tf.Tensor2D;
  });
  return {
    frames,
    bins,
    transform: (signal) => {
      const given = isMirrored ? mirrored(signal, motion.padding) : signal;
      const rows = tf.reshape(given, [-1, given.shape[1] as number, 1]) as tf.Tensor3D;
      const framed = tf.concat(tapsOf(rows, isMirrored ? { ...motion, padding: [0, 0] } : motion), 2);
      return {
        real: matMulConstant(framed, cosines) as tf.Tensor3D,
        imaginary: matMulConstant(framed, sines) as tf.Tensor3D,
      };
    },
    inverse: (real, imaginary) => {
      const framed = tf.add(matMulConstant(real, back[0]), matMulConstant(imaginary, back[1]));
      const taps = tf.split(framed, size, 2) as tf.Tensor3D[];
      const summed = tf.reshape(addTaps(taps, length, motion), [-1, length]);
      return tf.div(summed, squares) as tf.Tensor2D;
    },
    dispose: () => {
      for (const { matrix, transposed } of [cosines, sines, ...back]) tf.dispose([matrix, transposed]);
      squares.dispose();
    },
  };
}

/** The signal with its ends turned around behind them; tfjs's own has a gradient that forgets them. */
function mirrored(signal: tf.Tensor2D, [before, after]: WindowMotion["padding"]): tf.Tensor2D {
  const [batch, length] = signal.shape;
  const turned = (from: number, count: number) =>
    tf.reverse(tf.slice2d(signal, [0, from], [batch, count]), 1) as tf.Tensor2D;
  return tf.concat2d([turned(1, before), signal, turned(length - 1 - after, after)], 1);
}
