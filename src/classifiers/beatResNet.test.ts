import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import "../neural/backend/registerGradients.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { resolveValues, type Values } from "../domain/schema.ts";
import { createRandom } from "../signal/random.ts";
import { parameterCount } from "./architecture.ts";
import { beatResNet } from "./beatResNet.ts";

beforeAll(async () => {
  await tf.setBackend("wasm");
});

const built = (values: Values, length: number, outputs: number) =>
  beatResNet.build(resolveValues(beatResNet.hyperparameters, values), {
    length,
    outputs,
    random: createRandom(1),
  });

describe("the residual classifier of SimGAN", () => {
  test("has 55,586 parameters for two classes of beats of 216 samples", () => {
    // Stem 192 + 64; five blocks of 2 · 5,152 + 2 · 64; 96 · 32 + 32 after lengths 106, 51, 24, 10, 3; 32 · 2 + 2.
    const network = built({}, 216, 2);
    expect(parameterCount(network)).toBe(55_586);
    expect(parameterCount(built({}, 216, 5))).toBe(55_586 + 3 * 33);
    network.dispose();
  });

  test("gives a row of logits a beat", () => {
    const network = built({ width: 0.125 }, 216, 5);
    const logits = tf.tidy(() => {
      const beats = tf.tensor2d(Float32Array.from({ length: 3 * 216 }, Math.sin), [3, 216]);
      return network.forward(beats, { training: false, random: createRandom(0) }).arraySync();
    });
    expect(logits.map((row) => row.length)).toEqual([5, 5, 5]);
    network.dispose();
  });

  test("says when the input is too short for its poolings", () => {
    // 96 → 46 → 21 → 9 → 3, and no window of 5 fits 3 samples.
    expect(() => built({}, 96, 2)).toThrow(expect.objectContaining({ code: "input-too-short" }));
    built({ depth: 4 }, 96, 2).dispose();
  });
});
