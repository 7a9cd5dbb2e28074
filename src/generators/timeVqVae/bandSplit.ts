import * as tf from "@tensorflow/tfjs-core";
import { type ConstantMatrix, constantMatrix, matMulConstant } from "../../neural/ops/matMulConstant.ts";
import { shortTimeFourier } from "../../neural/ops/stft.ts";
import { hopOf, type TimeVqVaeSize } from "./configuration.ts";

export type BandName = "low" | "high";
export const bandNames: readonly BandName[] = ["low", "high"];

/** One part of signals, as a picture for an encoder and as the signal that the decoder is to give. */
export interface BandPart {
  /** Real and imaginary parts, `[batch, rows, frames, 2]`. */
  readonly image: tf.Tensor4D;
  /** `[batch, length]` */
  readonly signal: tf.Tensor2D;
}

/** Signals divided into low and high frequencies, whose sum they are. */
export interface BandSplit {
  readonly frames: number;
  /** Rows of an encoder's picture. */
  rows(band: BandName): number;
  /** @param signals `[batch, length]` */
  split(signals: tf.Tensor2D): Readonly<Record<BandName, BandPart>>;
  /**
   * What makes signals of a decoder's pictures: the inverse transform, with straight lines between its samples.
   * @param frames of the pictures, twice as dense as those of `split`; where ends are stretched, they fill the signals' length
   * however many they are
   * @returns `[batch, rows, frames, 2]` → `[batch, length]`
   */
  signalOf(band: BandName, frames: number): (image: tf.Tensor4D) => tf.Tensor2D;
  dispose(): void;
}

/**
 * The time–frequency part of Time-VQVAE: the lowest band of a short-time transform is one part, all others the other one (Lee,
 * Malacarne & Aune, AISTATS 2023). The low part has 2/3 of a constant: a Hann window lends the rest to the next band.
 */
export function bandSplit(length: number, size: Pick<TimeVqVaeSize, "frame" | "rows" | "end">): BandSplit {
  const { frame } = size;
  const hop = hopOf(size);
  const options = { border: "mirror", scale: 1 / Math.sqrt(frame) } as const;
  const fourier = shortTimeFourier(length, frame, hop, options);
  const bands = frame / 2 + 1;
  const opened: { dispose(): void }[] = [fourier];
  const span: Readonly<Record<BandName, readonly [first: number, count: number]>> = {
    low: [0, 1],
    high: [1, bands - 1],
  };

  /** Those rows that are a part's own, `[batch, rows, frames, …]`. */
  const own = (image: tf.Tensor4D, band: BandName) => {
    const [batch, , frames, channels] = image.shape;
    const [first, count] = span[band];
    return tf.slice4d(image, [0, first, 0, 0], [batch, count, frames, channels]);
  };
  const picture = (image: tf.Tensor4D, band: BandName): tf.Tensor4D => {
    const alone = own(image, band);
    if (size.rows === "own") return alone;
    if (band === "low") return tf.tile(alone, [1, bands, 1, 1]);
    const [batch, , frames, channels] = alone.shape;
    return tf.concat([tf.slice4d(alone, [0, 0, 0, 0], [batch, 1, frames, channels]), alone], 1);
  };
  /** Zeros where the other part's rows are, as real and imaginary `[batch, frames, bands]`. */
  const whole = (alone: tf.Tensor4D, band: BandName) => {
    const [first, count] = span[band];
    const padded = tf.pad(alone, [
      [0, 0],
      [first, bands - first - count],
      [0, 0],
      [0, 0],
    ]);
    return tf
      .split(padded, 2, 3)
      .map((each) => tf.transpose(tf.squeeze(each, [3]), [0, 2, 1])) as tf.Tensor3D[];
  };

  return {
    frames: fourier.frames,
    rows: (band) => (size.rows === "all" ? bands : span[band][1]),
    split(signals) {
      const { real, imaginary } = fourier.transform(signals); // [batch, frames, bands]
      const image = tf.stack(
        [tf.transpose(real, [0, 2, 1]), tf.transpose(imaginary, [0, 2, 1])],
        3,
      ) as tf.Tensor4D;
      const [lowReal, lowImaginary] = whole(own(image, "low"), "low");
      const low = fourier.inverse(lowReal, lowImaginary);
      return {
        low: { image: picture(image, "low"), signal: low },
        high: { image: picture(image, "high"), signal: tf.sub(signals, low) },
      };
    },
    signalOf(band, frames) {
      const stretched = (frames - 1) * hop;
      const inner = shortTimeFourier(stretched, frame, hop, options);
      const resample = linearResampling(stretched, length, size.end === "stretched" ? stretched / length : 2);
      opened.push(inner, { dispose: () => tf.dispose([resample.matrix, resample.transposed]) });
      return (image) => {
        const alone = size.rows === "all" ? own(image, band) : image;
        const [real, imaginary] = whole(alone, band);
        return matMulConstant(inner.inverse(real, imaginary), resample) as tf.Tensor2D;
      };
    },
    dispose: () => {
      for (const each of opened) each.dispose();
    },
  };
}

/**
 * Straight lines between samples, each in the middle of its share of the duration, as PyTorch interpolates.
 * @param rate samples before for each one after
 */
function linearResampling(from: number, to: number, rate: number): ConstantMatrix {
  const place = (at: number) => Math.min(from - 1, Math.max(0, (at + 0.5) * rate - 0.5));
  return constantMatrix(from, to, (row, column) => Math.max(0, 1 - Math.abs(place(column) - row)));
}
