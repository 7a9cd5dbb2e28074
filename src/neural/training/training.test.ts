import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "../backend/registerGradients.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { gradientErrors } from "../../testing/gradientCheck.ts";
import { Adam } from "./adam.ts";
import { binaryCrossEntropy, softmaxCrossEntropy } from "./losses.ts";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const numberOf = (tensor: tf.Tensor) => tensor.dataSync()[0];

describe("losses", () => {
  // numpy: s = 1 / (1 + exp(-x)); −(3 y log s + (1 − y) log(1 − s)), mean of four
  test("weighted binary cross entropy is what its definition gives, and no logit overflows it", () => {
    const [logits, labels] = [
      tf.tensor2d([
        [2, -1],
        [-3, 0.5],
      ]),
      tf.tensor2d([
        [1, 0],
        [1, 1],
      ]),
    ];
    expect(numberOf(binaryCrossEntropy(logits, labels, 3))).toBeCloseTo(2.8155096819771717, 5);
    const extreme = tf.tensor2d([[1000, -1000]]);
    expect(numberOf(binaryCrossEntropy(extreme, tf.tensor2d([[1, 0]])))).toBe(0);
    expect(numberOf(binaryCrossEntropy(extreme, tf.tensor2d([[0, 1]])))).toBe(1000);
  });

  // numpy: −log softmax at the labels; mean, and Σ w nll / Σ w for w = 1, 2, 5
  test("cross entropy of a softmax, plain and weighted by class", () => {
    const [logits, labels] = [
      tf.tensor2d([
        [1, 2, 0.5],
        [0, -1, 3],
      ]),
      tf.tensor2d([
        [1, 0, 0],
        [0, 0, 1],
      ]),
    ];
    expect(numberOf(softmaxCrossEntropy(logits, labels))).toBeCloseTo(0.765126343932687, 5);
    const weighted = softmaxCrossEntropy(logits, labels, tf.tensor1d([1, 2, 5]));
    expect(numberOf(weighted)).toBeCloseTo(0.2989647171491818, 5);
  });

  test("their gradients agree with central differences", () => {
    const labels = tf.tensor2d([
      [1, 0, 0],
      [0, 1, 0],
    ]);
    for (const run of [
      (x: tf.Tensor) => binaryCrossEntropy(x as tf.Tensor2D, labels, 4),
      (x: tf.Tensor) => softmaxCrossEntropy(x as tf.Tensor2D, labels),
    ]) {
      const [{ relative }] = gradientErrors({ name: "loss", shapes: [[2, 3]], open: () => ({ run }) });
      expect(relative).toBeLessThan(5e-3);
    }
  });
});

describe("Adam", () => {
  const curvatures = [1, 3, 0.2];
  const start = [1, -2, 0.5];
  const open = (clipNorm?: number) => {
    const variable = tf.variable(tf.tensor1d(start));
    const options = clipNorm === undefined ? { learningRate: 0.05 } : { learningRate: 0.05, clipNorm };
    const adam = new Adam([variable], options);
    const loss = () => tf.mul(0.5, tf.sum(tf.mul(tf.tensor1d(curvatures), tf.square(variable)))) as tf.Scalar;
    const run = (steps: number) => {
      for (let step = 0; step < steps; step++) {
        const { loss: value, gradientNorm } = adam.minimise(loss);
        tf.dispose([value, gradientNorm]);
      }
    };
    return { variable, adam, run, loss };
  };

  // numpy: m, v and their corrections after Kingma & Ba, 20 steps
  test("takes the steps of its paper", () => {
    const { variable, run } = open();
    run(20);
    [0.11122622, -1.0401854, -0.13557703].forEach((value, index) => {
      expect(variable.dataSync()[index]).toBeCloseTo(value, 5);
    });
  });

  // numpy: the same with x ← x (1 − rate · 0.5) before each step, rates 0.05 (1 + cos(π (t − 1) / 20)) / 2
  test("decays weights apart from their gradients, at a rate of its own for each step", () => {
    const variable = tf.variable(tf.tensor1d(start));
    const adam = new Adam([variable], { learningRate: 1, weightDecay: 0.5 });
    for (let step = 0; step < 20; step++) {
      const rate = 0.05 * 0.5 * (1 + Math.cos((Math.PI * step) / 20));
      const told = adam.minimise(
        () => tf.mul(0.5, tf.sum(tf.mul(tf.tensor1d(curvatures), tf.square(variable)))),
        rate,
      );
      tf.dispose([told.loss, told.gradientNorm]);
    }
    [0.32923783, -1.08340432, -0.00947097].forEach((value, index) => {
      expect(variable.dataSync()[index]).toBeCloseTo(value, 5);
    });
  });

  test("goes on from its state as if it had never stopped, to the last bit", async () => {
    const whole = open();
    whole.run(20);
    const first = open();
    first.run(7);
    const state = await first.adam.state();
    const second = open();
    second.variable.assign(tf.tensor1d(first.variable.dataSync()));
    second.adam.restore(state);
    second.run(13);
    expect(second.variable.dataSync()).toEqual(whole.variable.dataSync());
  });

  test("scales gradients that are too large, tells their norm, and leaves no tensor behind", () => {
    const { adam, run, loss } = open(0.1);
    const { gradientNorm, loss: value } = adam.minimise(loss);
    const norm = Math.hypot(...start.map((each, index) => each * curvatures[index]));
    expect(numberOf(gradientNorm)).toBeCloseTo(norm, 4);
    tf.dispose([gradientNorm, value]);
    const before = tf.memory().numTensors;
    run(5);
    expect(tf.memory().numTensors).toBe(before);
    adam.dispose();
    expect(tf.memory().numTensors).toBe(before - 2);
  });
});
