import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import "../../neural/backend/registerGradients.ts";
import { beforeAll, expect, test } from "vitest";
import { resolveValues, type Values } from "../../domain/schema.ts";
import { generators } from "../../generators/index.ts";
import { beatContext } from "../../testing/beatContext.ts";
import { gaussianBeats } from "../../testing/gaussianBeats.ts";
import { generatorWeights } from "./generatorWeights.ts";

beforeAll(async () => {
  await tf.setBackend("wasm");
});

async function built(name: "dcgan" | "simulator" | "diffWave", values: Values) {
  const model = await generators[name]();
  return model.build(resolveValues(model.hyperparameters, values), beatContext(gaussianBeats(24, 1)));
}

test("the weights of a GAN are the averages by which its beats are drawn", async () => {
  const small = { generatorWidth: "4", discriminatorWidth: "4", batchSize: 4 };
  const averaged = await built("dcgan", { ...small, weightAverage: 0.9 });
  for (let position = 0; position < 3; position++) averaged.trainStep(position).dispose();
  const weights = await generatorWeights(averaged, "DCGAN");
  // A generator without averages that is given these weights draws the same beats.
  const plain = await built("dcgan", small);
  const others = (await plain.state()).filter(({ name }) => !name.startsWith("generator."));
  plain.restore([...weights, ...others]);
  const latents = averaged.drawLatents(3, 7);
  expect(await plain.sampleScaled(latents)).toEqual(await averaged.sampleScaled(latents));
  const newest = (await averaged.state()).find(({ name }) => name === weights[0].name)?.values;
  expect(newest).not.toEqual(weights[0].values);
  averaged.dispose();
  plain.dispose();
});

test("a diffusion model gives its newest weights and their averages, without the optimiser", async () => {
  const model = await built("diffWave", { size: "tiny", batchSize: 4 });
  const names = (await generatorWeights(model, "DiffWave")).map(({ name }) => name.split(".")[0]);
  expect([...new Set(names)].sort()).toEqual(["generator", "generatorAverage"]);
  model.dispose();
});

test("a generator without weights is refused", async () => {
  const simulator = await built("simulator", {});
  await expect(generatorWeights(simulator, "Simulator alone")).rejects.toMatchObject({ code: "no-weights" });
  simulator.dispose();
});
