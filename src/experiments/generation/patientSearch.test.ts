import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import "../../neural/backend/registerGradients.ts";
import { beforeAll, expect, test } from "vitest";
import { beatLstm } from "../../classifiers/beatLstm.ts";
import { resolveValues } from "../../domain/schema.ts";
import type { TrainingState } from "../../neural/training/loop.ts";
import type { NamedArray } from "../../neural/training/weights.ts";
import { createRandom } from "../../signal/random.ts";
import { beatSetOf, type SymbolledBeats } from "./beatRows.ts";
import { findPatientBeats, type PatientSearchHooks, patientSearchSchema } from "./patientSearch.ts";

const length = 216;
const count = 40;

/** Every fourth beat is of V: upside down and twice as high. One beat every five seconds, the first at 5 s. */
function record(name: string, symbols?: string): SymbolledBeats {
  const random = createRandom(Number(name));
  const truth = Array.from({ length: count }, (_, row) => (row % 4 === 3 ? "V" : "N"));
  const beats = Float32Array.from({ length: count * length }, (_, at) => {
    const wave = [72, 180].reduce(
      (sum, peak) => sum + Math.exp(-0.5 * (((at % length) - peak) / 12) ** 2),
      0,
    );
    return (truth[Math.floor(at / length)] === "V" ? -2 : 1) * wave + 0.02 * random.normal();
  });
  return {
    record: name,
    patient: name,
    paced: false,
    beats,
    symbols: symbols ?? truth.join(""),
    times: Float32Array.from({ length: count }, (_, row) => 5 * (row + 1)),
  };
}

const others = ["1", "2", "3"].map((name) => record(name));
const values = resolveValues(patientSearchSchema, {
  recurrentUnits: "16",
  epochs: 20,
  learningRate: 0.01,
  minutes: 2.5,
  confidentBeats: 5,
});

/** Searches among the others and the patient, whose labels are said. */
async function search(
  symbols: string,
  hooks: Partial<PatientSearchHooks> = {},
  from: TrainingState | null = null,
  known: readonly NamedArray[] | null = null,
) {
  const steps: number[] = [];
  let weights: readonly NamedArray[] | null = null;
  const outcome = await findPatientBeats(
    { patient: "9", beatClass: "V", choice: { least: 5, takesPredicted: false }, values, seed: 4 },
    beatSetOf([...others, record("9", symbols)]),
    beatLstm,
    {
      find: async () => known,
      async keep(found) {
        weights = found;
      },
    },
    { stopped: () => false, onSteps: (done) => steps.push(done), ...hooks },
    from,
  );
  return { outcome, steps, weights: weights as readonly NamedArray[] | null };
}

beforeAll(async () => {
  await tf.setBackend("wasm");
});

test("beats of a class are found in the first minutes, by a network that no label of the patient reaches", async () => {
  const tensors = tf.memory().numTensors;
  const plain = await search("N".repeat(count));
  expect(tf.memory().numTensors).toBe(tensors);
  if (plain.outcome.end !== "finished") throw new Error(plain.outcome.end);
  const { beats } = plain.outcome;
  expect(beats).toHaveLength(5 * length);
  // R of a V beat is −2 mV. The first 2.5 minutes are the first 29 beats.
  for (let row = 0; row < 5; row++) expect(beats[row * length + 72]).toBeLessThan(-1.5);
  const window = record("9").beats.subarray(0, 29 * length);
  for (let row = 0; row < 5; row++) expect(window).toContain(beats[row * length]);
  // Other labels of the patient give the same beats to the last bit.
  const other = await search("VN".repeat(count / 2));
  expect(other.outcome).toEqual(plain.outcome);
  // Kept, the network is not trained again.
  const again = await search("N".repeat(count), {}, null, plain.weights);
  expect(again.steps).toEqual([]);
  expect(again.weights).toBeNull();
  expect(again.outcome).toEqual(plain.outcome);

  // Stopped and resumed it finds the same.
  let state: TrainingState | null = null;
  let asked = 0;
  const stopped = await search("N".repeat(count), {
    stopped: () => ++asked > 10,
    onCheckpoint: async (each) => {
      state = structuredClone(each);
    },
  });
  expect(stopped.outcome).toEqual({ end: "cancelled" });
  expect((await search("N".repeat(count), {}, state)).outcome).toEqual(plain.outcome);
});
