import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import "../neural/backend/registerGradients.ts";
import { beforeAll, expect, test } from "vitest";
import { resolveValues } from "../domain/schema.ts";
import { agreementAt } from "../evaluation/metrics/classification.ts";
import { probabilitiesOf } from "../neural/training/evaluate.ts";
import { trainNetwork } from "../neural/training/loop.ts";
import type { SignalSet } from "../neural/training/signalSet.ts";
import { createRandom } from "../signal/random.ts";
import { smallForm } from "./gradientProbe.ts";
import { architectures } from "./index.ts";

const [count, length] = [16, 1000];

/** Noise with labels that have nothing to do with it: only a network that can learn it by heart gets it right. */
function noise(): SignalSet {
  const random = createRandom(4);
  const signals = new Float32Array(count * length);
  random.addNormal(signals, 1);
  return { signals, labels: Uint8Array.from({ length: count }, (_, row) => row % 2), count, length };
}

beforeAll(async () => {
  await tf.setBackend("wasm");
});

/** Faster than the usual form allows where it learns slowly. */
const rates: Readonly<Record<string, number>> = { transformer: 2e-3, luna: 2e-3, beatLstm: 1e-2 };

test.each(Object.keys(architectures) as (keyof typeof architectures)[])(
  "%s learns 16 recordings of 1,000 samples by heart",
  async (name) => {
    const architecture = await architectures[name]();
    const values = resolveValues(architecture.hyperparameters, {
      ...smallForm(architecture),
      ...(architecture.hyperparameters.chunkLength === undefined ? {} : { chunkLength: "50" }),
    });
    const classifier = architecture.build(values, { length, outputs: 1, random: createRandom(1) });
    const set = noise();
    let best = 0;
    await trainNetwork(
      classifier,
      set,
      set,
      {
        batchSize: count,
        learningRate: rates[name] ?? 5e-3,
        maskRatio: 0,
        maxShiftRatio: 0,
        epochs: 500,
        evaluateEvery: 10,
        patience: 1000,
        clipNorm: 1,
      },
      1,
      {
        stopped: () => best === 1,
        onValidation: ({ logits, labels }) => {
          const truths = Array.from(labels, (label) => label === 1);
          best = Math.max(best, agreementAt(probabilitiesOf(logits), truths, 0.5).f1);
        },
      },
    );
    classifier.dispose();
    expect(best).toBe(1);
  },
);
