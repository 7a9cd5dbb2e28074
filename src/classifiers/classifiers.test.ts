import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import "../neural/backend/registerGradients.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { defaultsOf, resolveValues, type Values } from "../domain/schema.ts";
import type { Mode } from "../neural/layers/scope.ts";
import { Adam } from "../neural/training/adam.ts";
import { binaryCrossEntropy } from "../neural/training/losses.ts";
import { createRandom } from "../signal/random.ts";
import { type Architecture, parameterCount } from "./architecture.ts";
import { smallForm } from "./gradientProbe.ts";
import { architectures } from "./index.ts";

beforeAll(async () => {
  await tf.setBackend("wasm");
});

const names = Object.keys(architectures) as (keyof typeof architectures)[];

function build(architecture: Architecture, values: Values, length = 5000, outputs = 1, seed = 1) {
  const context = { length, outputs, random: createRandom(seed) };
  return architecture.build(resolveValues(architecture.hyperparameters, values), context);
}

/** Counted analytically from the authors' public code, section 4.8 of the method's specification. */
describe("parameter counts are those of the published networks", () => {
  test.each([
    ["resNet18", {}, 3_983_489],
    ["resNet34", {}, 7_357_825],
    ["resNet50", {}, 16_487_041],
    ["efficientNetB0", {}, 4_200_509],
    ["gru", {}, 168_961],
    ["lstm", {}, 210_433],
    ["transformer", {}, 162_151],
    ["luna", {}, 165_479],
    ["s4", {}, 95_233],
    ["mega", {}, 253_697],
  ] as const)("%s", async (name, values, count) => {
    const classifier = build(await architectures[name](), values);
    expect(parameterCount(classifier)).toBe(count);
    classifier.dispose();
  });

  test("the LSTM for beats of five classes", async () => {
    const classifier = build(await architectures.beatLstm(), {}, 216, 5);
    expect(parameterCount(classifier)).toBe(3_166_725);
    classifier.dispose();
  });

  const least = { backboneWidth: "16", chunkLength: "50" };
  const most = { backboneWidth: "1024", chunkLength: "250" };
  test.each([
    ["resNet18", { backboneWidth: "16" }, { backboneWidth: "1024" }, [3.85e6, 4.4e6], 5e3],
    ["resNet50", { backboneWidth: "16" }, { backboneWidth: "1024" }, [15.99e6, 18.09e6], 5e3],
    ["efficientNetB0", { backboneWidth: "16" }, { backboneWidth: "1024" }, [3.89e6, 5.21e6], 5e3],
    [
      "gru",
      { ...least, recurrentDepth: 1, recurrentUnits: "16" },
      { ...most, recurrentDepth: 4, recurrentUnits: "256" },
      [12e3, 4.62e6],
      5e3,
    ],
    [
      "lstm",
      { ...least, recurrentDepth: 1, recurrentUnits: "16" },
      { ...most, recurrentDepth: 4, recurrentUnits: "256" },
      [15e3, 5.96e6],
      5e3,
    ],
    [
      "transformer",
      { ...least, depth: 3, heads: "16", feedForwardWidth: "32" },
      { ...most, depth: 6, heads: "16", feedForwardWidth: "256" },
      [68e3, 415e3],
      5e2,
    ],
    [
      "luna",
      { ...least, depth: 3, attentionWidth: "16", contextLength: "16", feedForwardWidth: "32" },
      { ...most, depth: 6, attentionWidth: "64", contextLength: "64", feedForwardWidth: "256" },
      [41e3, 595e3],
      5e2,
    ],
    [
      "mega",
      { ...least, depth: 3, heads: "16", attentionWidth: "16", feedForwardWidth: "32" },
      { ...most, depth: 6, heads: "64", attentionWidth: "64", feedForwardWidth: "256" },
      [115e3, 691e3],
      5e2,
    ],
  ] as const)("the ends of the search space of %s", async (name, low, high, [fewest, largest], rounding) => {
    const architecture = await architectures[name]();
    for (const [values, count] of [
      [low, fewest],
      [high, largest],
    ] as const) {
      const classifier = build(architecture, values);
      expect(Math.abs(parameterCount(classifier) - count)).toBeLessThanOrEqual(rounding);
      classifier.dispose();
    }
  });
});

describe.each(names)("%s", (name) => {
  const length = 240;
  const signals = () => {
    const values = new Float32Array(4 * length);
    createRandom(7).addNormal(values, 1);
    return tf.tensor2d(values, [4, length]);
  };
  const labels = () => tf.tensor2d([[1], [0], [1], [0]]);
  const mode = (step: number): Mode => ({ training: true, random: createRandom(3, step) });

  test("its defaults lie within its own ranges, and its description can be cloned", async () => {
    const { build: _, ...description } = await architectures[name]();
    expect(structuredClone(description)).toEqual(description);
    resolveValues(description.hyperparameters, defaultsOf(description.hyperparameters));
  });

  test("gives a logit a recording, the same for the same seed", async () => {
    const architecture = await architectures[name]();
    const input = signals();
    const outputs = [5, 5, 6].map((seed) => {
      const classifier = build(architecture, smallForm(architecture), length, 1, seed);
      const logits = tf.tidy(() => {
        const result = classifier.forward(input, { training: false, random: createRandom(1) });
        expect(result.shape).toEqual([4, 1]);
        return [...result.dataSync()];
      });
      classifier.dispose();
      return logits;
    });
    expect(outputs[0]).toEqual(outputs[1]);
    expect(outputs[0]).not.toEqual(outputs[2]);
    input.dispose();
  });

  test("learns from steps, leaves no tensor behind, and gives all its memory back", async () => {
    const architecture = await architectures[name]();
    const empty = tf.memory().numTensors;
    const classifier = build(architecture, smallForm(architecture), length);
    const variables = classifier.parameters.map(({ variable }) => variable);
    const adam = new Adam(variables, { learningRate: 1e-3 });
    const [input, target] = [signals(), labels()];
    const step = (index: number) => {
      const { loss, gradientNorm } = adam.minimise(() =>
        binaryCrossEntropy(classifier.forward(input, mode(index)), target),
      );
      const value = loss.dataSync()[0];
      tf.dispose([loss, gradientNorm]);
      return value;
    };
    const first = step(0);
    const count = tf.memory().numTensors;
    for (let index = 1; index < 4; index++) expect(step(index)).not.toBe(first);
    expect(tf.memory().numTensors).toBe(count);
    adam.dispose();
    classifier.dispose();
    tf.dispose([input, target]);
    expect(tf.memory().numTensors).toBe(empty);
  });
});
