import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, expect, test } from "vitest";
import { createRandom } from "../signal/random.ts";
import { averageDecay, moveAverages } from "./exponentialAverage.ts";
import { constant } from "./layers/initialisers.ts";
import { Scope } from "./layers/scope.ts";

beforeAll(() => tf.setBackend("cpu"));

const holder = (value: number) => {
  const scope = Scope.root(createRandom(1));
  scope.parameter("weight", [2], constant(value));
  return scope;
};

test("an average of constant weights nears them as the decay to the power of the steps", () => {
  const [average, weights] = [holder(5), holder(1)];
  const before = tf.memory().numTensors;
  for (let step = 0; step < 20; step++) moveAverages(average.parameters, weights.parameters, 0.9);
  expect(tf.memory().numTensors).toBe(before);
  for (const each of average.parameters[0].variable.dataSync())
    expect(each).toBeCloseTo(1 + 4 * 0.9 ** 20, 5);
  for (const each of [average, weights]) each.dispose();
});

test("the decay begins at 0 and rises to the largest", () => {
  expect(averageDecay(0, 0.999)).toBe(0);
  // 1 − 16^(−3/4) = 1 − 1/8
  expect(averageDecay(15, 0.999)).toBeCloseTo(0.875, 12);
  expect(averageDecay(9_998, 0.999)).toBeLessThan(0.999);
  expect(averageDecay(10_000, 0.999)).toBe(0.999);
});
