import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import "../../neural/backend/registerGradients.ts";
import { beforeAll, expect, test } from "vitest";
import { createRandom } from "../../signal/random.ts";
import { gaussianBeats } from "../../testing/gaussianBeats.ts";
import { type BandName, bandNames } from "./bandSplit.ts";
import { sizeOf } from "./configuration.ts";
import { timeVqVaeModel } from "./model.ts";
import { tokenTable } from "./tokenTable.ts";

beforeAll(() => tf.setBackend("wasm"));

const length = 216;
const count = 6;
const samples = gaussianBeats(count, 1);
const pool = { samples, count, length };

const build = () =>
  timeVqVaeModel({
    size: sizeOf("tiny", length),
    ...{ length, classes: 2, seed: 1, unitVectors: true, decay: 0.99, reviveBelow: 0 },
    ...{ dropout: 0, embeddingDropout: 0, embeddingDeviation: 0.3 },
  });

test("a table of tokens has those of the rows that are asked for, and finds each row once", () => {
  const model = build();
  const table = tokenTable(model, pool);
  const asTrained = { training: false, random: createRandom(1) };
  const direct = tf.tidy(() => {
    const parts = model.split.split(tf.tensor2d(samples, [count, length]));
    return bandNames.map((band) => model.tokenisers[band].tokens(parts[band].image, asTrained).arraySync());
  });
  const read = (rows: readonly number[]) =>
    tf.tidy(() => {
      const found = table.of(rows);
      return bandNames.map((band: BandName) => found[band].arraySync());
    });
  const rowsOf = (rows: readonly number[]) => direct.map((tokens) => rows.map((row) => tokens[row]));
  expect(read([4, 1, 4])).toEqual(rowsOf([4, 1, 4]));
  expect(read([1, 2, 0])).toEqual(rowsOf([1, 2, 0]));
  const before = tf.memory().numTensors;
  read([5, 4]);
  expect(tf.memory().numTensors).toBe(before);

  // Another tokeniser, of which the table knows when it is told.
  for (const { name, variable } of model.stages.tokeniser.parameters) {
    if (name.includes("encoder")) variable.assign(tf.tidy(() => tf.neg(variable)));
  }
  expect(read([0, 1])).toEqual(rowsOf([0, 1]));
  table.forget();
  expect(read([0, 1])).not.toEqual(rowsOf([0, 1]));
  table.dispose();
  model.dispose();
});
