import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "../neural/backend/registerGradients.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { createRandom } from "../signal/random.ts";
import { simulateGaussian } from "../simulators/gaussian/recording.ts";
import type { SimulationRequest } from "../simulators/simulator.ts";
import { nearestFlip } from "./counterfactual.ts";
import { type DifferentiableRecording, differentiableRecording } from "./differentiableRecording.ts";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const requestFor = (rhythm: string, seed = 3): SimulationRequest => ({
  preset: "clinical",
  rhythm,
  overrides: {},
  seed,
  variation: "exact",
  duration: 4,
  samplingFrequency: 100,
});

const largest = (values: Iterable<number>) => Math.max(...[...values].map(Math.abs));

describe.each(["normal", "af", "aflt", "pvc"])("a recording of rhythm %s in tfjs", (rhythm) => {
  test("is that of the plain simulator, wherever its parameters stand", () => {
    for (const seed of [1, 2, 3]) {
      const request = requestFor(rhythm, seed);
      const { keys, values, fields, render, dispose } = differentiableRecording(request);
      const random = createRandom(seed);
      const moved = values.map((value, key) => {
        const { minimum, maximum } = fields[key];
        const range = maximum - minimum;
        return Math.min(maximum, Math.max(minimum, value + 0.1 * range * (random.uniform() - 0.5)));
      });
      const overrides = Object.fromEntries(keys.map((key, index) => [key, moved[index]]));
      const plain = simulateGaussian({ ...request, overrides }).samples;
      const ours = tf.tidy(() => render(tf.tensor1d(moved)).dataSync());
      expect(largest(plain.map((value, index) => value - ours[index]))).toBeLessThan(1e-4);
      dispose();
    }
  });

  test("has the slopes of the plain simulator", () => {
    const request = requestFor(rhythm);
    const { keys, values, render, dispose } = differentiableRecording(request);
    const weights = new Float32Array(400);
    createRandom(9).addNormal(weights, 1);
    const slopes = tf.tidy(() => {
      const weight = tf.tensor1d(weights);
      return tf
        .grad((given) => tf.sum(tf.mul(render(given as tf.Tensor1D), weight)))(tf.tensor1d(values))
        .dataSync();
    });
    const scoreOf = (key: string, value: number) => {
      const { samples } = simulateGaussian({ ...request, overrides: { [key]: value } });
      return samples.reduce((sum, sample, index) => sum + sample * weights[index], 0);
    };
    keys.forEach((key, index) => {
      const step = 1e-4;
      const central = (scoreOf(key, values[index] + step) - scoreOf(key, values[index] - step)) / (2 * step);
      expect(Math.abs(slopes[index] - central) / Math.max(1, Math.abs(central))).toBeLessThan(2e-2);
    });
    dispose();
  });
});

test("what is no smooth function of its waves is refused with the reason", () => {
  expect(() => differentiableRecording(requestFor("wpw"))).toThrow(
    expect.objectContaining({ code: "not-differentiable" }),
  );
  expect(() => differentiableRecording({ ...requestFor("normal"), preset: "author" })).toThrow(
    expect.objectContaining({ code: "not-differentiable" }),
  );
});

describe("the nearest flip", () => {
  /** A "recording" of two samples that are its parameters, so that the geometry is known. */
  const flat = (x: number, y: number): DifferentiableRecording => {
    const field = { minimum: -10, maximum: 10 } as DifferentiableRecording["fields"][number];
    return {
      keys: ["x", "y"],
      fields: [field, field],
      values: Float32Array.of(x, y),
      // Standardisation takes mean and scale away from whatever a network sees; these two stay.
      render: (given) => tf.concat([given, tf.neg(given), tf.tensor1d([5, -5])]) as tf.Tensor1D,
      dispose: () => {},
    };
  };

  test("of a linear decision lies on its line, as near as the normal to it is long", async () => {
    // logit = x₀ / scale, which changes its sign where x = 0: distance 3 of a range of 20.
    const forward = (input: tf.Tensor2D) => tf.mul(tf.slice(input, [0, 0], [1, 1]), 4) as tf.Tensor2D;
    const found = await nearestFlip(flat(3, 1), forward);
    expect(found.found).toBe(true);
    expect(found.values.x).toBeCloseTo(0, 2);
    expect(found.distance).toBeLessThan(0.2);
    expect(found.path[0]).toBeGreaterThan(0.5);
    expect(found.path.at(-1)).toBeLessThanOrEqual(0.5);
    expect(found.path.at(-1)).toBeGreaterThan(0.49);
  });

  test("that does not exist is not invented, and no tensor is left behind", async () => {
    const before = tf.memory().numTensors;
    const forward = (input: tf.Tensor2D) =>
      tf.add(tf.mul(tf.slice(input, [0, 0], [1, 1]), 0), 2) as tf.Tensor2D;
    const found = await nearestFlip(flat(3, 1), forward, { steps: 20 });
    expect(found.found).toBe(false);
    expect(tf.memory().numTensors).toBe(before);
  });
});
