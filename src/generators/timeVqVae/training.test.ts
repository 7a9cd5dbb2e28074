import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import "../../neural/backend/registerGradients.ts";
import { beforeAll, expect, test } from "vitest";
import { resolveValues } from "../../domain/schema.ts";
import { readMeasures } from "../../neural/training/measures.ts";
import { gaussianBeats } from "../../testing/gaussianBeats.ts";
import { sizeOf } from "./configuration.ts";
import { timeVqVaeSchema, trainingPlan } from "./hyperparameters.ts";
import { timeVqVaeModel } from "./model.ts";
import { timeVqVaeMeasures, timeVqVaeTraining } from "./training.ts";

const length = 216;
const [upright, inverted] = [gaussianBeats(1, 1), gaussianBeats(1, 2).map((value) => -value)];

beforeAll(() => tf.setBackend("wasm"));

/** Two steps of the first stage and two of the second on one beat of a class and some copies of a beat of another. */
async function measuresWith(copies: number) {
  const model = timeVqVaeModel({
    size: sizeOf("tiny", length),
    length,
    classes: 2,
    seed: 1,
    dropout: 0,
    embeddingDropout: 0,
    embeddingDeviation: 0.02,
    decay: 0.99,
    reviveBelow: 0,
    unitVectors: true,
  });
  const count = 1 + copies;
  const samples = new Float32Array(count * length);
  samples.set(upright);
  for (let copy = 1; copy <= copies; copy++) samples.set(inverted, copy * length);
  const labels = new Uint8Array(count).fill(1, 1);
  const values = resolveValues(timeVqVaeSchema, { batchSize: 4, tokeniserShare: 0.5 });
  const training = timeVqVaeTraining(model, { samples, labels, count, length }, trainingPlan(values, 4, 1));
  const told = await readMeasures(
    timeVqVaeMeasures,
    [0, 1, 2, 3].map((position) => training.step(position)),
  );
  training.dispose();
  model.dispose();
  return told;
}

test("a rare class is seen as often as a frequent one in both stages: copies change nothing", async () => {
  expect(await measuresWith(7)).toEqual(await measuresWith(1));
});
