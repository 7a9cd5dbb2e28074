import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import "../neural/backend/registerGradients.ts";
import { loadGraphModel } from "@tensorflow/tfjs-converter";
import { expect, test } from "vitest";
import { resolveValues } from "../domain/schema.ts";
import { createRandom } from "../signal/random.ts";
import { classifierGraph } from "./classifierGraph.ts";
import { smallForm } from "./gradientProbe.ts";
import { architectures } from "./index.ts";

const length = 240;

test.each(Object.keys(architectures) as (keyof typeof architectures)[])(
  "%s, exported, gives plain tfjs the same logits",
  async (name) => {
    await tf.setBackend("wasm");
    const architecture = await architectures[name]();
    const values = resolveValues(architecture.hyperparameters, smallForm(architecture));
    const classifier = architecture.build(values, { length, outputs: 1, random: createRandom(5) });
    const files = await classifierGraph(classifier, length, { name });
    const model = JSON.parse(new TextDecoder().decode(files["model.json"]));
    const { modelTopology, weightsManifest, signature, format } = model;
    const loaded = await loadGraphModel({
      load: async () => ({
        format,
        modelTopology,
        signature,
        weightSpecs: weightsManifest[0].weights,
        weightData: files["group1-shard1of1.bin"].slice().buffer,
      }),
    });
    const noise = new Float32Array(3 * length);
    createRandom(2).addNormal(noise, 1);
    const signals = tf.tensor2d(noise, [3, length]);
    const expected = await classifier.forward(signals, { training: false, random: createRandom(0) }).data();
    const given = await (loaded.predict(signals) as tf.Tensor).data();
    given.forEach((logit, index) => {
      expect(logit).toBeCloseTo(expected[index], 4);
    });
    classifier.dispose();
    loaded.dispose();
  },
);
