import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "../../neural/backend/registerGradients.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { normalTensor } from "../../neural/ops/differentiable.ts";
import { shortTimeFourier } from "../../neural/ops/stft.ts";
import { bandSplit } from "./bandSplit.ts";
import { columnsOf, halvingsOf, hopOf, sizeOf } from "./configuration.ts";

beforeAll(async () => {
  await tf.setBackend("cpu");
  tf.engine().startScope();
});
afterAll(() => tf.engine().endScope());

const largestDifference = (one: ArrayLike<number>, other: ArrayLike<number>) =>
  Math.max(...Array.from(one, (value, at) => Math.abs(value - other[at])));

/** The low part of a signal. */
function lowOf(signal: readonly number[], frame: number): Float32Array {
  return tf.tidy(() => {
    const split = bandSplit(signal.length, { frame, rows: "own", end: "stretched" });
    const values = split.split(tf.tensor2d([[...signal]])).low.signal.dataSync() as Float32Array;
    split.dispose();
    return values;
  });
}

describe("the two parts of a signal", () => {
  test("with frames of 4, the low one is the signal under (1, 4, 6, 4, 1) / 24", () => {
    const signal = Array.from((normalTensor([40], 3) as tf.Tensor1D).dataSync());
    const taps = [1, 4, 6, 4, 1].map((tap) => tap / 24);
    const expected = signal
      .map((_, at) => taps.reduce((sum, tap, index) => sum + tap * (signal[at + index - 2] ?? 0), 0))
      .slice(4, -4);
    expect(largestDifference(expected, lowOf(signal, 4).slice(4, -4))).toBeLessThan(1e-6);
  });

  // Gains of the low part at 100 Hz as the specification prints them: numpy, from the window's overlapping sums.
  test.each([
    [4, [0.667, 0.634, 0.545, 0.42, 0.286, 0.167, 0.08, 0.006]],
    [8, [0.667, 0.541, 0.282, 0.084, 0.01, 0]],
    [16, [0.667, 0.281, 0.01]],
  ])("with frames of %i, its gains at 0, 5, 10 … Hz are %j", (frame, gains) => {
    const frequencies = [0, 5, 10, 15, 20, 25, 30, 40];
    gains.forEach((gain, index) => {
      const angle = (2 * Math.PI * frequencies[index]) / 100;
      const signal = Array.from({ length: 200 }, (_, at) => Math.cos(angle * at));
      const found = lowOf(signal, frame).slice(50, 150);
      // What is left of the cosine, by its own projection: five, ten … whole periods.
      const squares = signal.slice(50, 150).reduce((sum, value) => sum + value * value, 0);
      const projected = found.reduce((sum, value, at) => sum + value * signal[50 + at], 0) / squares;
      expect(projected).toBeCloseTo(gain, 3);
    });
  });

  test.each([
    [216, 8],
    [1000, 4],
    [1000, 16],
  ])("of %i samples in frames of %i add up to it, and the transform goes there and back", (length, frame) => {
    const signals = normalTensor([2, length], 4) as tf.Tensor2D;
    const split = bandSplit(length, { frame, rows: "own", end: "stretched" });
    const { low, high } = split.split(signals);
    const bands = frame / 2 + 1;
    expect(low.image.shape).toEqual([2, 1, split.frames, 2]);
    expect(high.image.shape).toEqual([2, bands - 1, split.frames, 2]);
    expect(split.frames).toBe(Math.floor(length / (frame / 4)) + 1);
    const sum = tf.add(low.signal, high.signal);
    expect(largestDifference(sum.dataSync(), signals.dataSync())).toBeLessThan(1e-5);
    const fourier = shortTimeFourier(length, frame, frame / 4, {
      border: "mirror",
      scale: 1 / Math.sqrt(frame),
    });
    const { real, imaginary } = fourier.transform(signals);
    expect(largestDifference(fourier.inverse(real, imaginary).dataSync(), signals.dataSync())).toBeLessThan(
      1e-5,
    );
    // The high part is what its own bands give.
    const [re, im] = [real, imaginary].map((part) =>
      tf.concat([tf.zeros([2, split.frames, 1]), tf.slice(part, [0, 0, 1], [2, split.frames, bands - 1])], 2),
    ) as tf.Tensor3D[];
    expect(largestDifference(fourier.inverse(re, im).dataSync(), high.signal.dataSync())).toBeLessThan(1e-5);
    split.dispose();
    fourier.dispose();
  });

  test("become pictures of all rows where the released program copies them", () => {
    const split = bandSplit(64, { frame: 8, rows: "all", end: "stretched" });
    const { low, high } = split.split(normalTensor([1, 64], 5) as tf.Tensor2D);
    expect(low.image.shape).toEqual([1, 5, 33, 2]);
    const row = (image: tf.Tensor4D, at: number) => tf.slice(image, [0, at, 0, 0], [1, 1, 33, 2]).dataSync();
    expect(row(low.image, 4)).toEqual(row(low.image, 0));
    expect(row(high.image, 0)).toEqual(row(high.image, 1));
    expect(row(high.image, 2)).not.toEqual(row(high.image, 1));
    split.dispose();
  });

  test("come back from their own pictures, in a straight line between samples where frames are more", () => {
    const line = Array.from({ length: 64 }, (_, at) => Math.sin(at / 10));
    const split = bandSplit(64, { frame: 4, rows: "own", end: "stretched" });
    const { low, high } = split.split(tf.tensor2d([line]));
    const same = tf.add(split.signalOf("low", 65)(low.image), split.signalOf("high", 65)(high.image));
    expect(largestDifference(same.dataSync(), line)).toBeLessThan(1e-5);
    // A signal of twice as many samples comes back at half of its rate.
    const fine = Array.from({ length: 128 }, (_, at) => Math.sin((at / 2 - 0.25) / 10));
    const finer = bandSplit(128, { frame: 4, rows: "own", end: "stretched" });
    const parts = finer.split(tf.tensor2d([fine]));
    const halved = tf.add(
      split.signalOf("low", 129)(parts.low.image),
      split.signalOf("high", 129)(parts.high.image),
    );
    expect(largestDifference(halved.dataSync(), line)).toBeLessThan(1e-3);
    for (const each of [split, finer]) each.dispose();
  });

  test("stay in their places where the ends are filled, however many frames there are", () => {
    const at = (time: number) => Math.sin(time / 10);
    const signal = Array.from({ length: 64 }, (_, sample) => at(sample));
    // 80 frames of 16 columns of 5 tokens, twice as dense.
    const fine = Array.from({ length: 159 }, (_, sample) => at(sample / 2 - 0.25));
    const finer = bandSplit(159, { frame: 4, rows: "own", end: "filled" });
    const parts = finer.split(tf.tensor2d([fine]));
    const backBy = (end: "filled" | "stretched") => {
      const split = bandSplit(64, { frame: 4, rows: "own", end });
      const [low, high] = (["low", "high"] as const).map((band) =>
        split.signalOf(band, 160)(parts[band].image),
      );
      const values = tf.add(low, high).dataSync();
      split.dispose();
      return largestDifference(values, signal);
    };
    expect(backBy("filled")).toBeLessThan(1e-3);
    expect(backBy("stretched")).toBeGreaterThan(0.5);
    finer.dispose();
  });

  test.each([
    ["browser", 16, 0.08],
    ["ptbXl", 128, 0.98],
  ] as const)(
    "of the size %s move late by the program's rule, in the last of %i samples by %f s",
    (name, tokenLength, seconds) => {
      const size = { ...sizeOf(name, 1000), rows: "own", end: "stretched" } as const;
      const split = bandSplit(1000, size);
      const halvings = halvingsOf(1000, size.frame, size.low.tokenWidth);
      const columns = columnsOf(split.frames, halvings, size);
      const fine = columns * 2 ** (halvings + 1);
      expect(hopOf(size) * 2 ** halvings).toBe(tokenLength);
      // A wave in the middle of the last token.
      const shown = tf.tidy(() => {
        const middle = fine - 2 ** halvings;
        const image = tf.buffer([1, 1, fine, 2]);
        image.set(1, 0, 0, middle, 0);
        return split
          .signalOf(
            "low",
            fine,
          )(image.toTensor() as tf.Tensor4D)
          .dataSync() as Float32Array;
      });
      const weight = shown.reduce((sum, value) => sum + value ** 2, 0);
      const centre = shown.reduce((sum, value, at) => sum + at * value ** 2, 0) / weight;
      const before = (columns - 0.5) * tokenLength;
      expect((centre - before) / 100).toBeCloseTo(seconds, 2);
      split.dispose();
    },
  );
});
