import * as tf from "@tensorflow/tfjs-core";

/** How a window moves over a signal, in samples. */
export interface WindowMotion {
  readonly kernel: number;
  readonly stride: number;
  /** Distance of the samples within a window; 1 for neighbours. */
  readonly dilation: number;
  /** Zeros before and after the signal. */
  readonly padding: readonly [number, number];
}

/** Zeros that keep ⌈time / stride⌉ windows, half of them in front (TensorFlow's `same`). */
export function samePadding(
  length: number,
  kernel: number,
  stride: number,
  dilation = 1,
): readonly [number, number] {
  const outputs = Math.ceil(length / stride);
  const total = Math.max(0, (outputs - 1) * stride + (kernel - 1) * dilation + 1 - length);
  return [Math.floor(total / 2), total - Math.floor(total / 2)];
}

/** Zeros in front only: no window sees the future. */
export function causalPadding(kernel: number, dilation = 1): readonly [number, number] {
  return [(kernel - 1) * dilation, 0];
}

/** Number of windows over a signal. @throws RangeError where not even one fits */
export function windowCount(length: number, { kernel, stride, dilation, padding }: WindowMotion): number {
  const count = Math.floor((length + padding[0] + padding[1] - (kernel - 1) * dilation - 1) / stride) + 1;
  if (count < 1 || stride < 1 || dilation < 1) {
    throw new RangeError(`no window of ${kernel} samples fits ${length} of them`);
  }
  return count;
}

/**
 * The samples under each tap of a moving window, tap by tap: `[batch, windows, channels]` each. Slices, reshapes and a
 * transposition only, which every backend has with their gradients. Slices are of rows as long as can be: wasm copies
 * them row by row, at the same price for a row of one channel as for one of a whole signal.
 * @param signal `[batch, time, channels]`
 * @param fill   what stands beyond both ends
 */
export function tapsOf(signal: tf.Tensor3D, motion: WindowMotion, fill = 0): tf.Tensor3D[] {
  const [batch, length, channels] = signal.shape;
  const { kernel, stride, dilation, padding } = motion;
  const count = windowCount(length, motion);
  // So long that the last tap's last window, made up to a whole stride, still lies inside.
  const reach = (kernel - 1) * dilation + count * stride;
  const least = Math.max(reach, padding[0] + length + padding[1]);
  const groups = Math.ceil(least / stride);
  const after = groups * stride - padding[0] - length;
  const isWhole = padding[0] === 0 && after === 0;
  const padded = isWhole
    ? signal
    : tf.pad3d(
        signal,
        [
          [0, 0],
          [padding[0], after],
          [0, 0],
        ],
        fill,
      );
  // A window of one sample that moves by one is the signal itself.
  if (isWhole && kernel === 1 && stride === 1 && count === length) return [signal];
  // Samples that lie a whole number of strides apart stand in one row: [stride · batch, groups · channels].
  const phases =
    stride === 1
      ? padded
      : tf.transpose(tf.reshape(padded, [batch, groups, stride, channels]) as tf.Tensor4D, [2, 0, 1, 3]);
  const rows = tf.reshape(phases, [stride * batch, groups * channels]) as tf.Tensor2D;
  return Array.from({ length: kernel }, (_, tap) => {
    const from = tap * dilation;
    const start: [number, number] = [(from % stride) * batch, Math.floor(from / stride) * channels];
    return tf.reshape(tf.slice2d(rows, start, [batch, count * channels]), [batch, count, channels]);
  });
}

/** Whether rows of few numbers are better moved by a transposition than copied one by one. */
const copiesRowsSlowly = () => tf.getBackend() === "wasm";

/**
 * Every window as a row, tap after tap: `[batch · windows, kernel · channels]`.
 * @param signal `[batch, time, channels]`
 */
export function unfold(signal: tf.Tensor3D, motion: WindowMotion): tf.Tensor2D {
  const taps = tapsOf(signal, motion);
  const [batch, count, channels] = taps[0].shape;
  const [rows, kernel] = [batch * count, taps.length];
  const joined =
    copiesRowsSlowly() && kernel > 1
      ? tf.transpose(tf.reshape(tf.concat(taps, 0), [kernel, rows, channels]), [1, 0, 2])
      : tf.concat(taps, 2);
  return tf.reshape(joined, [rows, kernel * channels]);
}

/**
 * The inverse of `unfold` but for the sums: what each tap holds, `[batch, windows, channels]` each.
 * @param rows `[batch · windows, kernel · channels]`
 */
export function tapsOfRows(rows: tf.Tensor, [batch, count, kernel]: readonly number[]): tf.Tensor3D[] {
  const channels = rows.size / (batch * count * kernel);
  if (!copiesRowsSlowly() || kernel === 1) {
    return tf.split(tf.reshape(rows, [batch, count, kernel * channels]), kernel, 2) as tf.Tensor3D[];
  }
  const turned = tf.transpose(tf.reshape(rows, [batch * count, kernel, channels]), [1, 0, 2]);
  return tf
    .split(tf.reshape(turned, [kernel, rows.size / kernel]), kernel, 0)
    .map((tap) => tf.reshape(tap, [batch, count, channels]) as tf.Tensor3D);
}

/**
 * The adjoint of `tapsOf` with zeros beyond the ends: adds what each tap holds to the samples that it saw. As there, samples
 * a whole number of strides apart are moved as one row.
 * @param taps   `[batch, windows, channels]` each
 * @param length of the signal
 */
export function addTaps(taps: readonly tf.Tensor3D[], length: number, motion: WindowMotion): tf.Tensor3D {
  const { stride, dilation, padding } = motion;
  const [batch, count, channels] = taps[0].shape;
  const reach = (taps.length - 1) * dilation + count * stride;
  const groups = Math.ceil(Math.max(reach, padding[0] + length) / stride);
  const phases = Array.from({ length: stride }, (_, phase) => {
    const own = taps.flatMap((tap, index) => {
      if ((index * dilation) % stride !== phase) return [];
      const before = Math.floor((index * dilation) / stride);
      return [
        tf.pad3d(tap, [
          [0, 0],
          [before, groups - before - count],
          [0, 0],
        ]),
      ];
    });
    return own.length === 0 ? (tf.zeros([batch, groups, channels]) as tf.Tensor3D) : tf.addN(own);
  });
  const whole =
    stride === 1
      ? phases[0]
      : tf.reshape(tf.transpose(tf.stack(phases), [1, 2, 0, 3]), [batch, groups * stride, channels]);
  return tf.slice3d(whole as tf.Tensor3D, [0, padding[0], 0], [batch, length, channels]);
}
