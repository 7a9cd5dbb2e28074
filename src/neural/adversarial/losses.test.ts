import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "../backend/registerGradients.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { createRandom } from "../../signal/random.ts";
import { conv1d } from "../ops/conv1d.ts";
import { normalTensor } from "../ops/differentiable.ts";
import { leakyRectifier } from "./leakyRectifier.ts";
import { beatsBetween, discriminatorLoss, generatorLoss, gradientPenalty } from "./losses.ts";
import { RmsProp } from "./rmsProp.ts";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const logits = (...values: number[]) => tf.tensor2d(values, [values.length, 1]);
const number = (scalar: tf.Tensor) => scalar.dataSync()[0];

describe("losses", () => {
  const real = [2, -1];
  const fake = [0.5, -3];
  const log = (x: number) => -Math.log(1 / (1 + Math.exp(-x)));

  test("of cross entropy are those of probabilities", () => {
    const expected = (log(2) + log(-1)) / 2 + (log(-0.5) + log(3)) / 2;
    expect(number(discriminatorLoss("crossEntropy", logits(...real), logits(...fake), 0))).toBeCloseTo(
      expected,
      5,
    );
    expect(number(generatorLoss("crossEntropy", logits(...fake)))).toBeCloseTo((log(0.5) + log(-3)) / 2, 5);
  });

  test("a smoothed label stands between the two", () => {
    const smooth = number(discriminatorLoss("crossEntropy", logits(2), logits(0), 0.1));
    expect(smooth).toBeCloseTo(0.9 * log(2) + 0.1 * log(-2) + Math.log(2), 5);
  });

  test("of a critic are differences of means", () => {
    expect(number(discriminatorLoss("wasserstein", logits(...real), logits(...fake), 0))).toBeCloseTo(
      -1.25 - 0.5,
      5,
    );
    expect(number(generatorLoss("wasserstein", logits(...fake)))).toBeCloseTo(1.25, 5);
  });
});

describe("the gradient penalty", () => {
  test("of a plane is the square of its slope less 1", () => {
    const slope = tf.tensor2d([[3], [4]]);
    const points = normalTensor([5, 2], 1) as tf.Tensor2D;
    const judge = (x: tf.Tensor2D) => tf.matMul(x, slope) as tf.Tensor2D;
    expect(number(gradientPenalty(judge, beatsBetween(points, tf.neg(points), createRandom(1))))).toBeCloseTo(
      16,
      4,
    );
  });

  test("has the gradient by a network's weights that differences give", () => {
    const [real, fake] = [1, 2].map((seed) => normalTensor([3, 8], seed) as tf.Tensor2D);
    const first = normalTensor([3, 1, 4], 3) as tf.Tensor3D;
    const last = normalTensor([32, 1], 4) as tf.Tensor2D;
    const between = beatsBetween(real, fake, createRandom(1));
    const penalty = (weight: tf.Tensor) =>
      gradientPenalty((x) => {
        const motion = { stride: 1, padding: [1, 1], dilation: 1 } as const;
        const hidden = conv1d(tf.expandDims(x, 2), weight as tf.Tensor3D, motion);
        return tf.matMul(tf.reshape(leakyRectifier(hidden), [-1, 32]) as tf.Tensor2D, last) as tf.Tensor2D;
      }, between);
    const gradient = tf.grad(penalty)(first).dataSync();
    const values = first.dataSync();
    const step = 2e-3;
    values.forEach((_, entry) => {
      const moved = (by: number) => {
        const changed = Float32Array.from(values);
        changed[entry] += by;
        return number(penalty(tf.tensor(changed, first.shape)));
      };
      const central = (moved(step) - moved(-step)) / (2 * step);
      expect(Math.abs(gradient[entry] - central)).toBeLessThan(0.02 * Math.max(1, Math.abs(central)));
    });
  });
});

test("RMSprop moves as its equations say, and goes on from its state", async () => {
  const variable = tf.variable(tf.tensor1d([1, -2]));
  const optimiser = new RmsProp([variable], { learningRate: 0.1 });
  let [x, squares] = [
    [1, -2],
    [0, 0],
  ];
  const step = () => {
    const { loss, gradientNorm } = optimiser.minimise(() => tf.sum(tf.square(variable as tf.Tensor)));
    const norm = number(gradientNorm);
    tf.dispose([loss, gradientNorm]);
    const gradient = x.map((value) => 2 * value);
    expect(norm).toBeCloseTo(Math.hypot(...gradient), 4);
    squares = squares.map((mean, index) => 0.99 * mean + 0.01 * gradient[index] ** 2);
    x = x.map((value, index) => value - (0.1 * gradient[index]) / (Math.sqrt(squares[index]) + 1e-8));
    variable.dataSync().forEach((value, index) => {
      expect(value).toBeCloseTo(x[index], 4);
    });
  };
  step();
  const state = await optimiser.state();
  const kept = Float32Array.from(variable.dataSync());
  step();
  const after = [...variable.dataSync()];
  const other = new RmsProp([variable], { learningRate: 0.1 });
  other.restore(state);
  tf.tidy(() => variable.assign(tf.tensor1d(kept)));
  const { loss, gradientNorm } = other.minimise(() => tf.sum(tf.square(variable as tf.Tensor)));
  expect([...variable.dataSync()]).toEqual(after);
  tf.dispose([loss, gradientNorm, variable]);
  optimiser.dispose();
  other.dispose();
});
