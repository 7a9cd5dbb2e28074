import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import "../neural/backend/registerGradients.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { resolveValues, type Values } from "../domain/schema.ts";
import { createRandom } from "../signal/random.ts";
import { parameterCount } from "./architecture.ts";
import { dilatedCnn, isOfConvolution } from "./dilatedCnn.ts";

beforeAll(async () => {
  await tf.setBackend("wasm");
});

const built = (values: Values, length = 1000, outputs = 7) =>
  dilatedCnn.build(resolveValues(dilatedCnn.hyperparameters, values), {
    length,
    outputs,
    random: createRandom(1),
  });

describe("the classifier of Núñez et al.", () => {
  // Counted for twelve leads; the first convolution of one lead has 11 · filters · kernel numbers less.
  test.each([
    [
      "PTB-XL",
      { depth: 6, filters: "32", kernel: "7", hidden: "256", hiddenLayers: 3 },
      277_863 - 11 * 32 * 7,
    ],
    [
      "Chapman",
      { depth: 5, filters: "16", kernel: "7", hidden: "256", hiddenLayers: 3 },
      258_727 - 11 * 16 * 7,
    ],
    ["both", { depth: 7, filters: "32", kernel: "5", hidden: "16", hiddenLayers: 1 }, 40_199 - 11 * 32 * 5],
  ] as const)("has the published number of parameters for %s", (_, values, count) => {
    const network = built(values);
    expect(parameterCount(network)).toBe(count);
    network.dispose();
  });

  test("is of convolutions and linear layers, which can be told apart", () => {
    const network = built({ depth: 2, filters: "4", kernel: "3", hidden: "4", hiddenLayers: 1 });
    const names = network.parameters.map(({ name }) => name);
    expect(names.filter(isOfConvolution)).toEqual([
      "stem.weight",
      "stem.bias",
      "blocks.0.weight",
      "blocks.0.bias",
      "blocks.1.weight",
      "blocks.1.bias",
    ]);
    expect(names.filter((name) => !isOfConvolution(name))).toHaveLength(4);
    network.dispose();
  });

  test("sees what a plain loop over its definition sees", () => {
    const values = { depth: 1, filters: "4", kernel: "3", hidden: "4", hiddenLayers: 1, dropout: 0 };
    const network = built(values, 24, 2);
    const signal = Float32Array.from({ length: 24 }, (_, index) => Math.sin(index * index));
    const logits = tf.tidy(() =>
      network.forward(tf.tensor2d(signal, [1, 24]), { training: false, random: createRandom(0) }).dataSync(),
    );
    const valuesOf = (name: string) =>
      network.parameters.find((each) => each.name === name)?.variable.dataSync() ?? [];
    const convolved = (x: number[][], scope: string, spacing: number) => {
      const [weight, bias] = [valuesOf(`${scope}.weight`), valuesOf(`${scope}.bias`)];
      const inputs = x[0].length;
      return x.map((_, time) =>
        Array.from({ length: 4 }, (_, output) => {
          let sum = bias[output];
          for (let tap = 0; tap < 3; tap++) {
            const row = x[time + (tap - 1) * spacing];
            for (let input = 0; row !== undefined && input < inputs; input++)
              sum += row[input] * weight[(tap * inputs + input) * 4 + output];
          }
          return sum;
        }),
      );
    };
    const rectified = (x: number[][]) => x.map((row) => row.map((value) => Math.max(0, value)));
    const open = convolved(
      Array.from(signal, (value) => [value]),
      "stem",
      1,
    );
    const branch = convolved(rectified(convolved(open, "blocks.0", 5)), "blocks.0", 5);
    const joined = rectified(branch.map((row, time) => row.map((value, at) => value + open[time][at])));
    const pooled = Array.from({ length: 10 }, (_, window) =>
      [0, 1, 2, 3].map((at) => Math.max(...[0, 1, 2, 3, 4].map((tap) => joined[2 * window + tap][at]))),
    );
    const dense = (x: number[], scope: string) => {
      const [weight, bias] = [valuesOf(`${scope}.weight`), valuesOf(`${scope}.bias`)];
      return Array.from(bias, (own, at) =>
        x.reduce((sum, value, input) => sum + value * weight[input * bias.length + at], own),
      );
    };
    const expected = dense(
      dense(pooled.flat(), "linear1").map((value) => Math.max(0, value)),
      "logits",
    );
    expected.forEach((value, at) => {
      expect(logits[at]).toBeCloseTo(value, 4);
    });
    network.dispose();
  });

  test("says when the input is too short for its poolings", () => {
    expect(() => built({ depth: 7 }, 216)).toThrow(expect.objectContaining({ code: "input-too-short" }));
    built({ depth: 5 }, 216).dispose();
  });
});
