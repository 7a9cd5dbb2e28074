import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "../backend/registerGradients.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { gradientErrors } from "../../testing/gradientCheck.ts";
import { normalTensor } from "../ops/differentiable.ts";
import { gatedUnit } from "../ops/gatedUnit.ts";
import { normaliseGroups } from "../ops/normaliseGroups.ts";
import { doubled, halved } from "../ops/resampleByTwo.ts";
import { tapConvolution } from "../ops/tapConvolution.ts";
import { diffusionGradientCases } from "./gradientCases.ts";

beforeAll(() => tf.setBackend("cpu"));

const drawn = (shape: number[], seed: number) => normalTensor(shape, seed) as tf.Tensor3D;

test.each(diffusionGradientCases.map((each) => [each.name, each] as const))(
  "the gradient agrees with central differences and leaves no tensor behind: %s",
  (_, each) => {
    const before = tf.memory().numTensors;
    for (const { relative } of gradientErrors(each)) expect(relative).toBeLessThan(5e-3);
    expect(tf.memory().numTensors).toBe(before);
  },
);

test("a gated unit is σ of the gates times tanh of the contents", () => {
  const [gates, contents] = [drawn([1, 4, 3], 1), drawn([1, 4, 3], 2)];
  const found = gatedUnit(gates, contents).dataSync();
  const others = contents.dataSync();
  gates.dataSync().forEach((gate, at) => {
    expect(found[at]).toBeCloseTo(Math.tanh(others[at]) / (1 + Math.exp(-gate)), 5);
  });
});

test.each([
  [3, 1],
  [3, 4],
  [5, 2],
  [3, 12],
])("a convolution of %i taps with dilation %i is the sum that defines it", (kernel, dilation) => {
  const [x, w] = [drawn([2, 11, 3], 3), drawn([kernel, 3, 2], 4)];
  const found = tapConvolution(x, w, dilation).arraySync();
  const [xs, ws] = [x.arraySync(), w.arraySync()];
  for (let b = 0; b < 2; b++) {
    for (let t = 0; t < 11; t++) {
      for (let o = 0; o < 2; o++) {
        let sum = 0;
        for (let k = 0; k < kernel; k++) {
          const seen = xs[b][t + (k - (kernel - 1) / 2) * dilation] ?? [0, 0, 0];
          seen.forEach((value, c) => {
            sum += value * ws[k][c][o];
          });
        }
        expect(found[b][t][o]).toBeCloseTo(sum, 4);
      }
    }
  }
  expect(() => tapConvolution(x, drawn([4, 3, 2], 5))).toThrow(RangeError);
});

test("normalised groups have mean 0 and variance 1, each for itself", () => {
  const x = tf.add(tf.mul(drawn([3, 40, 4], 2), [1, 2, 5, 9]), [0, 3, -8, 1]) as tf.Tensor3D;
  const found = normaliseGroups(x, tf.ones([4]), tf.zeros([4]), 2);
  for (const first of [0, 2]) {
    const group = tf.slice(found, [0, 0, first], [3, 40, 2]);
    const { mean, variance } = tf.moments(group, [1, 2]);
    for (const each of mean.arraySync() as number[]) expect(each).toBeCloseTo(0, 4);
    for (const each of variance.arraySync() as number[]) expect(each).toBeCloseTo(1, 3);
  }
});

describe("twice and half the sampling frequency", () => {
  const line = (length: number) =>
    tf.reshape(tf.tensor1d(Array.from({ length }, (_, t) => 0.3 * t - 1)), [1, length, 1]) as tf.Tensor3D;

  test("keep a constant, and a line away from the ends", () => {
    const constant = tf.fill([1, 16, 2], 1.5) as tf.Tensor3D;
    for (const each of [...halved(constant).dataSync(), ...doubled(constant).dataSync()]) {
      expect(each).toBeCloseTo(1.5, 5);
    }
    // The symmetric filter stands between two samples: half of the rate takes the middle of each pair.
    const half = halved(line(32)).dataSync();
    for (let t = 2; t < 14; t++) expect(half[t]).toBeCloseTo(0.3 * (2 * t + 0.5) - 1, 4);
    const twice = doubled(line(16)).dataSync();
    for (let t = 6; t < 26; t++) expect(twice[t]).toBeCloseTo(0.3 * (t / 2 - 0.25) - 1, 4);
  });

  test("let slow waves through and take fast ones away", () => {
    const wave = (cycles: number) =>
      tf.tensor3d(
        Array.from({ length: 128 }, (_, t) => Math.cos((2 * Math.PI * cycles * (t + 0.5)) / 128)),
        [1, 128, 1],
      );
    const amplitude = (x: tf.Tensor) => Math.max(...x.dataSync().slice(8, -8).map(Math.abs));
    expect(amplitude(halved(wave(4)))).toBeGreaterThan(0.95);
    // Above the new half of the sampling frequency.
    expect(amplitude(halved(wave(54)))).toBeLessThan(0.05);
    expect(amplitude(tf.sub(halved(doubled(wave(4))), wave(4)))).toBeLessThan(0.05);
  });
});
