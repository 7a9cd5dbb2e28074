import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import "../backend/registerGradients.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { createRandom } from "../../signal/random.ts";
import { orderedDifference } from "./orderedDifference.ts";

const lossOf = (values: ArrayLike<number>, wanted: Float32Array, columns: number) =>
  tf.tidy(
    () =>
      orderedDifference(
        tf.tensor2d(Float32Array.from(values), [wanted.length / columns, columns]),
        wanted,
      ).dataSync()[0],
  );

describe.each(["cpu", "wasm"])("on %s", (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });

  test("a set in another order is no distance away, column by column", () => {
    const values = [1, 50, 3, 10, 2, 30];
    const wanted = Float32Array.of(2, 10, 1, 30, 3, 50);
    expect(lossOf(values, wanted, 2)).toBe(0);
  });

  test("is the mean square of sorted differences, equal values taking a place each", () => {
    // Sorted 1, 1, 4 against 0, 2, 3: (1 + 1 + 1) / 3.
    expect(lossOf([4, 1, 1], Float32Array.of(3, 0, 2), 1)).toBeCloseTo(1, 6);
  });

  test("is the least of all pairings", () => {
    const random = createRandom(3);
    const draw = () => Float32Array.from({ length: 4 }, () => random.normal());
    const [values, wanted] = [draw(), draw()];
    const orders = [0, 1, 2, 3].flatMap((a) =>
      [0, 1, 2, 3].flatMap((b) =>
        [0, 1, 2, 3].flatMap((c) => (new Set([a, b, c]).size === 3 ? [[a, b, c, 6 - a - b - c]] : [])),
      ),
    );
    expect(orders).toHaveLength(24);
    const least = Math.min(
      ...orders.map((order) => order.reduce((sum, to, at) => sum + (values[at] - wanted[to]) ** 2 / 4, 0)),
    );
    expect(lossOf(values, wanted, 1)).toBeCloseTo(least, 5);
  });

  test("has the gradient of central differences, and leaves no tensor behind", () => {
    const random = createRandom(5);
    const draw = () => Float32Array.from({ length: 10 }, () => random.normal());
    const [values, wanted] = [draw(), draw()];
    const before = tf.memory().numTensors;
    const gradient = tf.tidy(() =>
      tf
        .grad((x) => tf.mul(orderedDifference(x as tf.Tensor2D, wanted), 3))(tf.tensor2d(values, [5, 2]))
        .dataSync(),
    );
    expect(tf.memory().numTensors).toBe(before);
    const step = 1e-3;
    gradient.forEach((slope, at) => {
      const moved = (by: number) =>
        3 *
        lossOf(
          values.map((value, index) => (index === at ? value + by : value)),
          wanted,
          2,
        );
      expect(slope).toBeCloseTo((moved(step) - moved(-step)) / (2 * step), 2);
    });
  });
});
