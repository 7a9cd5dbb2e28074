import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "../neural/backend/registerGradients.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { attention } from "../neural/ops/attention.ts";
import { normalTensor } from "../neural/ops/differentiable.ts";
import { longConvolution } from "../neural/ops/longConvolution.ts";
import { relativeBias, relativeBucket } from "../neural/ops/relativeBias.ts";
import { averageKernel } from "./mega.ts";
import { stateSpaceKernel } from "./s4.ts";
import { legSFrequencies, modeFrequencies } from "./s4Modes.ts";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const largest = (values: Iterable<number>) => Math.max(...[...values].map(Math.abs));

describe("S4D", () => {
  test("its kernel, convolved, gives what its recurrence gives", () => {
    const [channels, modes, time] = [3, 4, 40];
    const drawn = (seed: number, shape = [channels, modes]) => normalTensor(shape, seed);
    const space = {
      logStep: tf.sub(drawn(1, [channels, 1]), 3),
      logDecay: drawn(2),
      frequency: tf.mul(drawn(3), 5),
      outputReal: drawn(4),
      outputImaginary: drawn(5),
    };
    const lags = tf.reshape(tf.range(0, time), [1, time]);
    const input = normalTensor([1, time, channels], 6) as tf.Tensor3D;
    const { convolve } = longConvolution(time);
    const ours = convolve(input, stateSpaceKernel(space, lags)).arraySync()[0];
    const u = input.arraySync()[0];
    const at = (tensor: tf.Tensor, channel: number, mode: number) =>
      tensor.dataSync()[channel * (tensor.shape[1] as number) + mode];

    const differences: number[] = [];
    for (let h = 0; h < channels; h++) {
      const step = Math.exp(at(space.logStep, h, 0));
      // h' = E h + ((E − 1) / A) u, y = 2 Re (C h)
      const states = Array.from({ length: modes }, () => [0, 0]);
      for (let t = 0; t < time; t++) {
        let y = 0;
        for (let n = 0; n < modes; n++) {
          const [re, im] = [-Math.exp(at(space.logDecay, h, n)), at(space.frequency, h, n)];
          const growth = Math.exp(re * step);
          const [er, ei] = [growth * Math.cos(im * step), growth * Math.sin(im * step)];
          const square = re * re + im * im;
          const [br, bi] = [((er - 1) * re + ei * im) / square, (ei * re - (er - 1) * im) / square];
          const [sr, si] = states[n];
          states[n] = [er * sr - ei * si + br * u[t][h], er * si + ei * sr + bi * u[t][h]];
          const [cr, ci] = [at(space.outputReal, h, n), at(space.outputImaginary, h, n)];
          y += 2 * (cr * states[n][0] - ci * states[n][1]);
        }
        differences.push(y - ours[t][h]);
      }
    }
    expect(largest(differences)).toBeLessThan(1e-5);
  });

  test("the first frequencies of Lin and Inv are those of their formulas", () => {
    expect([...modeFrequencies("linear", 8)]).toEqual([0, 1, 2, 3].map((n) => Math.fround(Math.PI * n)));
    // N = 4: 4/π · (4/1 − 1) and 4/π · (4/3 − 1)
    expect(modeFrequencies("inverse", 4)[0]).toBeCloseTo(12 / Math.PI, 5);
    expect(modeFrequencies("inverse", 4)[1]).toBeCloseTo(4 / (3 * Math.PI), 5);
  });

  test("those of LegS are eigenvalues of the skew part of HiPPO-LegS", () => {
    // N = 2: the matrix (0, √3/2; −√3/2, 0)
    expect(legSFrequencies(2)[0]).toBeCloseTo(Math.sqrt(3) / 2, 12);
    // N = 4: λ⁴ + λ² Σ s² + Pf² = 0 over the six entries, s = ½ √((2n + 1)(2k + 1))
    const s = (n: number, k: number) => 0.5 * Math.sqrt((2 * n + 1) * (2 * k + 1));
    const pairs = [0, 1, 2, 3].flatMap((n) => [0, 1, 2, 3].filter((k) => k > n).map((k) => [n, k]));
    const sum = pairs.reduce((total, [n, k]) => total + s(n, k) ** 2, 0);
    const pfaffian = s(0, 1) * s(2, 3) - s(0, 2) * s(1, 3) + s(0, 3) * s(1, 2);
    const root = Math.sqrt(sum ** 2 - 4 * pfaffian ** 2);
    const [small, large] = legSFrequencies(4);
    expect(small).toBeCloseTo(Math.sqrt((sum - root) / 2), 9);
    expect(large).toBeCloseTo(Math.sqrt((sum + root) / 2), 9);
    // The squares of all 64 eigenvalues sum to those of the matrix' entries.
    const many = legSFrequencies(64);
    let squares = 0;
    for (let n = 0; n < 64; n++) for (let k = n + 1; k < 64; k++) squares += s(n, k) ** 2;
    expect(many.reduce((total, value) => total + value ** 2, 0) / squares).toBeCloseTo(1, 9);
  });
});

test("Mega's moving averages agree with their recurrence", () => {
  const [heads, channels, time] = [3, 2, 30];
  const alpha = tf.sigmoid(normalTensor([heads], 1));
  const damping = tf.sigmoid(normalTensor([heads], 2));
  const [expansion, reduction] = [normalTensor([heads, channels], 3), normalTensor([heads, channels], 4)];
  const lags = tf.expandDims(tf.range(0, time), 1) as tf.Tensor2D;
  const kernel = averageKernel(alpha, damping, tf.mul(expansion, reduction), lags);
  const input = normalTensor([1, time, channels], 5) as tf.Tensor3D;
  const ours = longConvolution(time).convolve(input, kernel).arraySync()[0];
  const x = input.arraySync()[0];
  const [a, d] = [alpha.dataSync(), damping.dataSync()];
  const differences: number[] = [];
  for (let c = 0; c < channels; c++) {
    const averages = new Array<number>(heads).fill(0);
    for (let t = 0; t < time; t++) {
      let y = 0;
      for (let j = 0; j < heads; j++) {
        const expanded = expansion.dataSync()[j * channels + c] * x[t][c];
        averages[j] = a[j] * expanded + (1 - a[j]) * d[j] * averages[j];
        y += reduction.dataSync()[j * channels + c] * averages[j];
      }
      differences.push(y - ours[t][c]);
    }
  }
  expect(largest(differences)).toBeLessThan(1e-5);
});

test("attention agrees with loops over queries, keys and heads", () => {
  const [time, positions, heads, width] = [4, 5, 2, 3];
  const [q, k, v] = [time, positions, positions].map((count, index) =>
    normalTensor([1, count, heads * width], index + 1),
  );
  const bias = normalTensor([time, positions], 9) as tf.Tensor2D;
  const ours = attention(q, k, v, { heads, scale: 0.5, bias }).arraySync()[0];
  const [queries, keys, values] = [q, k, v].map((each) => (each.arraySync() as number[][][])[0]);
  const offsets = bias.arraySync();
  const differences: number[] = [];
  for (let head = 0; head < heads; head++) {
    for (let i = 0; i < time; i++) {
      const scores = keys.map((key, j) => {
        let sum = 0;
        for (let c = 0; c < width; c++) sum += queries[i][head * width + c] * key[head * width + c];
        return Math.exp(0.5 * sum + offsets[i][j]);
      });
      const total = scores.reduce((sum, score) => sum + score, 0);
      for (let c = 0; c < width; c++) {
        const value = scores.reduce(
          (sum, score, j) => sum + (score / total) * values[j][head * width + c],
          0,
        );
        differences.push(value - ours[i][head * width + c]);
      }
    }
  }
  expect(largest(differences)).toBeLessThan(1e-5);
});

describe("relative positions", () => {
  // Raffel et al. 2020 with 32 buckets and 128 positions, both directions: 16 buckets each, 8 of them exact.
  test.each([
    [0, 0],
    [-1, 1],
    [-7, 7],
    [-8, 8],
    [-11, 8],
    [-12, 9],
    [-64, 14],
    [-128, 15],
    [-1000, 15],
    [1, 17],
    [7, 23],
    [128, 31],
  ])("a distance of %i falls into bucket %i", (distance, bucket) => {
    expect(relativeBucket(distance)).toBe(bucket);
  });

  test("every pair of positions gets the value of its bucket", () => {
    const length = 20;
    const table = normalTensor([32, 1], 3) as tf.Tensor2D;
    const values = table.dataSync();
    const rows = relativeBias(length).bias(table).arraySync();
    rows.forEach((row, query) => {
      row.forEach((value, key) => {
        expect(value).toBeCloseTo(values[relativeBucket(key - query)], 6);
      });
    });
  });
});
