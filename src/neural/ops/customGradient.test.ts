import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { openBackend } from "../backend/backends.ts";
import { customGradient } from "./customGradient.ts";

/** Three times its argument; `onBackward` is called at the beginning of the backward pass. */
const tripled = (operation: typeof customGradient, onBackward = () => {}) =>
  operation((x) => ({
    value: tf.mul(x as tf.Tensor, 3),
    gradFunc: (dy) => {
      onBackward();
      const passing = [1, 2, 3, 4].map((factor) => tf.mul(dy, factor));
      return tf.mul(tf.addN(passing), 0.3);
    },
  }));

/** Tensors that one backward pass leaves to the next, through a chain of operations. */
function leftBehind(operation: typeof customGradient): number {
  const counts: number[] = [];
  const step = tripled(operation, () => counts.push(tf.memory().numTensors));
  tf.tidy(() => tf.grad((x: tf.Tensor) => step(step(step(x))))(tf.ones([4])));
  return counts[2] - counts[1];
}

describe("a custom gradient", () => {
  beforeAll(() => openBackend("cpu"));

  test("is what its operation says", () => {
    const gradient = tf.grad((x: tf.Tensor) => tripled(customGradient)(x))(tf.tensor([1, 2]));
    expect(Array.from(gradient.dataSync())).toEqual([3, 3]);
  });

  test("leaves only the gradient behind, where tfjs keeps all that was made on the way", () => {
    const stock = tf.customGrad as unknown as typeof customGradient;
    expect(leftBehind(customGradient)).toBe(1);
    expect(leftBehind(stock)).toBeGreaterThan(4);
  });
});
