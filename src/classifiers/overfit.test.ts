import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import "../neural/backend/registerGradients.ts";
import { beforeAll, expect, test } from "vitest";
import { resolveValues } from "../domain/schema.ts";
import { agreementAt } from "../evaluation/metrics/classification.ts";
import { logitsOf, probabilitiesOf } from "../neural/training/evaluate.ts";
import { type TrainingState, trainNetwork } from "../neural/training/loop.ts";
import type { SignalSet } from "../neural/training/signalSet.ts";
import { writeWeights } from "../neural/training/weights.ts";
import { createRandom } from "../signal/random.ts";
import type { Classifier } from "./architecture.ts";
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

/** Faster than the usual form allows: nothing is to be learned but these few. */
const rates: Readonly<Record<string, number>> = {
  resNet50: 2e-3,
  gru: 2e-2,
  lstm: 2e-2,
  transformer: 4e-3,
  luna: 4e-3,
  s4: 1e-2,
  beatLstm: 1e-2,
  dilatedCnn: 2e-2,
};
const hooks = { stopped: () => false };
const [epochsAtOnce, mostRounds] = [10, 40];

/** The share of a batch in the running statistics. */
const momenta: Readonly<Record<string, number>> = { efficientNetB0: 0.01 };

/**
 * Sets the statistics of batch normalisation to those of the recordings under the weights of now: running ones follow a
 * network that changes fast after hundreds of steps only.
 */
function settleStatistics({ forward, buffers }: Classifier, { signals }: SignalSet, momentum: number): void {
  tf.tidy(() => {
    const before = buffers.map(({ variable }) => tf.clone(variable as tf.Tensor));
    forward(tf.tensor2d(signals, [count, length]), { training: true, random: createRandom(2) });
    buffers.forEach(({ variable }, index) => {
      const moved = tf.sub(variable as tf.Tensor, before[index]);
      variable.assign(tf.add(before[index], tf.div(moved, momentum)));
    });
  });
}

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
    const truths = Array.from(set.labels, (label) => label === 1);
    const plan = {
      batchSize: count,
      learningRate: rates[name] ?? 5e-3,
      maskRatio: 0,
      maxShiftRatio: 0,
      evaluateEvery: epochsAtOnce,
      patience: 1000,
      clipNorm: 1,
    };
    let state: TrainingState | null = null;
    let f1 = 0;
    for (let round = 1; f1 < 1 && round <= mostRounds; round++) {
      const epochs = round * epochsAtOnce;
      ({ state } = await trainNetwork(classifier, set, set, { ...plan, epochs }, 1, hooks, state));
      writeWeights(classifier, state.weights);
      settleStatistics(classifier, set, momenta[name] ?? 0.1);
      const logits = await logitsOf(classifier, set, count);
      f1 = agreementAt(probabilitiesOf(logits ?? new Float32Array(0)), truths, 0.5).f1;
    }
    classifier.dispose();
    expect(f1).toBe(1);
  },
);
