import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import { beforeAll, expect, test } from "vitest";
import { resolveValues } from "../../domain/schema.ts";
import { generators } from "../../generators/index.ts";
import { contextOf } from "../../testing/smallGenerators.ts";
import { pganDefaults, simGanDefaults } from "./specification.ts";

beforeAll(async () => {
  await tf.setBackend("wasm");
});

test.each([
  ["simgan", simGanDefaults],
  ["pgan", pganDefaults],
] as const)("the file of the full form of %s says what the page's full form is", (name, defaults) => {
  const { source, ...experiment } = JSON.parse(readFileSync(`docs/${name}.experiment.json`, "utf8"));
  expect(experiment).toEqual({ ...defaults, name: experiment.name });
  expect(source.name).toBe("MIT-BIH");
});

test.each([
  // Specification 2.2 and 2.4: 11,874,369 with biases, 11,870,336 without; 40,792.
  ["dcgan", 11_870_336],
  ["simDcgan", 11_874_369],
  ["wgan", 11_874_369],
  ["simVanillaGan", 40_792],
] as const)("the full form trains %s with the %d numbers of its paper", async (name, expected) => {
  const chosen = simGanDefaults.generators.find(({ generator }) => generator === name);
  const model = await generators[name]();
  const generator = model.build(
    resolveValues(model.hyperparameters, chosen?.hyperparameters ?? {}),
    contextOf(),
  );
  const numbers = generator.parameters.reduce((sum, { variable }) => sum + variable.size, 0);
  generator.dispose();
  expect(numbers).toBe(expected);
});
