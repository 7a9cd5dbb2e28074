import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "../backend/registerGradients.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { gradientErrors } from "../../testing/gradientCheck.ts";
import { conv1d, conv1dTranspose } from "./conv1d.ts";
import { conv2d, conv2dTranspose } from "./conv2d.ts";
import { normalTensor } from "./differentiable.ts";
import { gradientCases } from "./gradientCases.ts";
import { longConvolution } from "./longConvolution.ts";
import { averagePool1d, maxPool1d } from "./pool1d.ts";
import { gru, lstm } from "./recurrent.ts";
import { shortTimeFourier } from "./stft.ts";
import { addTaps, causalPadding, samePadding, tapsOf, windowCount } from "./windows.ts";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const drawn = (shape: number[], seed: number) => normalTensor(shape, seed) as tf.Tensor3D;
const difference = (one: tf.Tensor, other: tf.Tensor) => {
  expect(one.shape).toEqual(other.shape);
  return tf.max(tf.abs(tf.sub(one, other))).dataSync()[0];
};

describe("gradients agree with central differences", () => {
  test.each(gradientCases.map((each) => [each.name, each] as const))("%s", (_, each) => {
    for (const { relative } of gradientErrors(each)) expect(relative).toBeLessThan(5e-3);
  });

  test("and no operation leaves a tensor behind", () => {
    for (const each of gradientCases) {
      gradientErrors(each);
      const before = tf.memory().numTensors;
      gradientErrors(each);
      expect(tf.memory().numTensors).toBe(before);
    }
  });
});

describe("values agree with tfjs, where it has the operation", () => {
  test.each([
    [10, 3, 1, 1],
    [11, 4, 2, 1],
    [16, 5, 3, 1],
    [12, 3, 1, 3],
  ])("conv1d of %i samples, kernel %i, stride %i, dilation %i", (length, kernel, stride, dilation) => {
    const [x, w] = [drawn([2, length, 3], 1), drawn([kernel, 3, 5], 2)];
    const ours = conv1d(x, w, { stride, dilation, padding: samePadding(length, kernel, stride, dilation) });
    expect(difference(ours, tf.conv1d(x, w, stride, "same", "NWC", dilation))).toBeLessThan(1e-4);
  });

  test("transposed convolution, which doubles the length", () => {
    const [x, w] = [drawn([2, 7, 3], 3), drawn([4, 2, 3], 4)];
    const ours = conv1dTranspose(x, w, 14, { stride: 2, dilation: 1, padding: [1, 1] });
    const theirs = tf.conv2dTranspose(
      tf.reshape(x, [2, 7, 1, 3]) as tf.Tensor4D,
      tf.reshape(w, [4, 1, 2, 3]) as tf.Tensor4D,
      [2, 14, 1, 2],
      [2, 1],
      "same",
    );
    expect(difference(ours, tf.reshape(theirs, [2, 14, 2]))).toBeLessThan(1e-4);
  });

  test("convolutions over bands and time, and their transposes", () => {
    const [x, w] = [drawn([2, 4, 9, 3], 14), drawn([3, 4, 3, 5], 15)] as unknown as tf.Tensor4D[];
    const motion = { stride: 2, padding: [1, 1] } as const;
    const [side, none] = [[1, 1] as [number, number], [0, 0] as [number, number]];
    const own = tf.conv2d(tf.pad(x, [none, side, side, none]) as tf.Tensor4D, w, [1, 2], "valid");
    expect(difference(conv2d(x, w, motion), own)).toBeLessThan(1e-4);
    // By one on each side, a repeated edge is a mirror that shows the edge itself.
    const mirrored = tf.mirrorPad(x, [none, side, side, none], "symmetric") as tf.Tensor4D;
    const replicated = conv2d(x, w, { ...motion, border: "replicate" });
    expect(difference(replicated, tf.conv2d(mirrored, w, [1, 2], "valid"))).toBeLessThan(1e-4);
    const y = drawn([2, 4, 4, 5], 16) as tf.Tensor as tf.Tensor4D;
    const spread = tf.conv2dTranspose(y, w, [2, 6, 10, 3], [1, 2], "valid");
    const inner = tf.slice(spread, [0, 1, 1, 0], [2, 4, 8, 3]);
    expect(difference(conv2dTranspose(y, w, 8, motion), inner)).toBeLessThan(1e-4);
    expect(() => conv2d(x, drawn([2, 4, 3, 5], 15) as tf.Tensor as tf.Tensor4D, motion)).toThrow(RangeError);
  });

  test("pooling with windows that overlap", () => {
    const x = drawn([2, 9, 3], 5);
    const four = tf.reshape(x, [2, 9, 1, 3]) as tf.Tensor4D;
    const motion = { kernel: 3, stride: 2, padding: samePadding(9, 3, 2) };
    expect(
      difference(maxPool1d(x, motion), tf.reshape(tf.maxPool(four, [3, 1], [2, 1], "same"), [2, 5, 3])),
    ).toBe(0);
    const mean = tf.reshape(tf.avgPool(four, [3, 1], [2, 1], "same"), [2, 5, 3]);
    expect(difference(averagePool1d(x, motion), mean)).toBeLessThan(1e-5);
  });
});

describe("recurrent layers", () => {
  const logistic = (value: number) => 1 / (1 + Math.exp(-value));

  test("one unit over three steps is what its equations give", () => {
    const inputs = [
      [0.5, -0.2, 0.8, 0.1],
      [-1, 0.4, 0.3, 0.9],
      [0.2, 0.2, -0.7, -0.3],
    ];
    const weights = [0.3, -0.5, 0.7, 0.2];
    const found = lstm(tf.tensor3d([inputs]), tf.tensor2d([weights])).arraySync()[0];
    let [h, c] = [0, 0];
    inputs.forEach((row, t) => {
      const [i, f, g, o] = row.map((value, gate) => value + h * weights[gate]);
      c = logistic(f) * c + logistic(i) * Math.tanh(g);
      h = logistic(o) * Math.tanh(c);
      expect(found[t][0]).toBeCloseTo(h, 5);
    });
    const bias = [0.1, -0.2, 0.4];
    const gated = gru(
      tf.tensor3d([inputs.map((row) => row.slice(0, 3))]),
      tf.tensor2d([weights.slice(0, 3)]),
      tf.tensor1d(bias),
    );
    h = 0;
    inputs.forEach((row, t) => {
      const [hr, hz, hn] = bias.map((value, gate) => h * weights[gate] + value);
      const [r, z] = [logistic(row[0] + hr), logistic(row[1] + hz)];
      h = (1 - z) * Math.tanh(row[2] + r * hn) + z * h;
      expect(gated.arraySync()[0][t][0]).toBeCloseTo(h, 5);
    });
  });
});

describe("transforms", () => {
  test("a long convolution is the sum that defines it, and leaves no tensor behind", () => {
    const [x, k] = [drawn([2, 9, 3], 11), normalTensor([9, 3], 12) as tf.Tensor2D];
    const before = tf.memory().numTensors;
    const long = longConvolution(9);
    const y = long.convolve(x, k);
    const [xs, ks, ys] = [x.arraySync(), k.arraySync(), y.arraySync()];
    for (let b = 0; b < 2; b++) {
      for (let t = 0; t < 9; t++) {
        for (let c = 0; c < 3; c++) {
          let sum = 0;
          for (let s = 0; s <= t; s++) sum += ks[s][c] * xs[b][t - s][c];
          expect(ys[b][t][c]).toBeCloseTo(sum, 4);
        }
      }
    }
    y.dispose();
    long.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test("a short-time transform is that of its windowed frames, and its inverse gives the signal back", () => {
    const [length, size, hop] = [23, 8, 3];
    const signal = normalTensor([2, length], 13) as tf.Tensor2D;
    const fourier = shortTimeFourier(length, size, hop);
    const { real, imaginary } = fourier.transform(signal);
    expect(real.shape).toEqual([2, fourier.frames, 5]);
    const samples = signal.arraySync()[1];
    const [frame, bin] = [3, 2];
    let [re, im] = [0, 0];
    for (let at = 0; at < size; at++) {
      const value =
        (samples[frame * hop - size / 2 + at] ?? 0) * (0.5 - 0.5 * Math.cos((2 * Math.PI * at) / size));
      re += value * Math.cos((2 * Math.PI * bin * at) / size);
      im -= value * Math.sin((2 * Math.PI * bin * at) / size);
    }
    expect(real.arraySync()[1][frame][bin]).toBeCloseTo(re, 4);
    expect(imaginary.arraySync()[1][frame][bin]).toBeCloseTo(im, 4);
    expect(difference(fourier.inverse(real, imaginary), signal)).toBeLessThan(1e-4);
    expect(() => shortTimeFourier(20, 8, 5)).toThrow(RangeError);
  });
});

describe("moving windows", () => {
  test("taking them and adding them up again are adjoint", () => {
    for (const [length, kernel, stride, dilation] of [
      [9, 3, 1, 1],
      [10, 4, 3, 1],
      [13, 3, 2, 2],
    ]) {
      const motion = { kernel, stride, dilation, padding: samePadding(length, kernel, stride, dilation) };
      const x = drawn([2, length, 3], 6);
      const taps = tapsOf(x, motion);
      const others = taps.map((tap, index) => drawn(tap.shape, 7 + index));
      const inner = (one: tf.Tensor, other: tf.Tensor) => tf.sum(tf.mul(one, other)).dataSync()[0];
      const left = taps.reduce((sum, tap, index) => sum + inner(tap, others[index]), 0);
      expect(inner(x, addTaps(others, length, motion))).toBeCloseTo(left, 3);
    }
  });

  test("causal ones never see the future", () => {
    const early = drawn([1, 12, 2], 8);
    const late = tf.concat([tf.slice3d(early, [0, 0, 0], [1, 6, 2]), drawn([1, 6, 2], 9)], 1) as tf.Tensor3D;
    const w = drawn([3, 2, 4], 10);
    const motion = { stride: 1, dilation: 2, padding: causalPadding(3, 2) };
    const first = (x: tf.Tensor3D) => tf.slice3d(conv1d(x, w, motion), [0, 0, 0], [1, 6, 4]);
    expect(difference(first(early), first(late))).toBe(0);
  });

  test("are counted as the signal allows, and refused where none fits", () => {
    expect(windowCount(10, { kernel: 3, stride: 2, dilation: 1, padding: [0, 0] })).toBe(4);
    expect(windowCount(10, { kernel: 4, stride: 2, dilation: 1, padding: [1, 1] })).toBe(5);
    expect(() => windowCount(4, { kernel: 3, stride: 1, dilation: 2, padding: [0, 0] })).toThrow(RangeError);
  });
});
