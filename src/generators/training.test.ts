import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import "../neural/backend/registerGradients.ts";
import { beforeAll, expect, test } from "vitest";
import { resolveValues } from "../domain/schema.ts";
import { divergence } from "../neural/adversarial/stability.ts";
import { type Measure, readMeasures } from "../neural/training/measures.ts";
import { beatContext } from "../testing/beatContext.ts";
import { gaussianBeats } from "../testing/gaussianBeats.ts";
import { generators } from "./index.ts";

const length = 216;
const count = 200;

beforeAll(async () => {
  await tf.setBackend("wasm");
});

const rootMeanSquare = (one: ArrayLike<number>, other: ArrayLike<number>) => {
  let squares = 0;
  for (let at = 0; at < length; at++) squares += (one[at] - other[at]) ** 2;
  return Math.sqrt(squares / length);
};
const rowsOf = (beats: Float32Array) =>
  Array.from({ length: beats.length / length }, (_, row) => beats.subarray(row * length, (row + 1) * length));

/** How far generated beats are from real ones that no network has seen: their means, and each from its nearest; mV. */
function distances(generated: Float32Array, unseen: Float32Array) {
  const mean = (beats: Float32Array) => {
    const rows = rowsOf(beats);
    return Float64Array.from(
      { length },
      (_, at) => rows.reduce((sum, row) => sum + row[at], 0) / rows.length,
    );
  };
  const others = rowsOf(unseen);
  const nearest = rowsOf(generated).map((row) =>
    Math.min(...others.map((other) => rootMeanSquare(row, other))),
  );
  return {
    meanBeat: rootMeanSquare(mean(generated), mean(unseen)),
    nearest: nearest.reduce((sum, distance) => sum + distance, 0) / nearest.length,
  };
}

const small = { generatorWidth: "8", discriminatorWidth: "4", batchSize: 8, learningRate: 1e-3 };

/** Seconds, where the papers' trainings take hours: faster steps for smaller networks. */
test.each([
  ["simVanillaGan", 400, {}],
  ["simDcgan", 120, { ...small, generatorSteps: 2, simulatorWarmUp: 50 }],
] as const)(
  "%s brings its beats at least twice as near to real ones in %i steps",
  async (name, steps, own) => {
    const unseen = gaussianBeats(100, 5000);
    const model = await generators[name]();
    // Heights of like form would bring even noise nearer: here the networks alone are to do it.
    const values = resolveValues(model.hyperparameters, { ...own, heights: "any" });
    const generator = model.build(values, beatContext(gaussianBeats(count, 1)));
    const before = distances(await generator.sample(60, 3), unseen);
    const told: Partial<Record<Measure, number>>[] = [];
    for (let position = 0; position < steps; position += 20) {
      const waiting = Array.from({ length: 20 }, (_, index) => generator.trainStep(position + index));
      told.push(...(await readMeasures(generator.measures, waiting)));
    }
    expect(divergence(told)).toBeNull();
    const after = distances(await generator.sample(60, 3), unseen);
    expect(before.meanBeat / after.meanBeat).toBeGreaterThan(2);
    expect(before.nearest / after.nearest).toBeGreaterThan(2);
    generator.dispose();
  },
);

test("one network learns two classes, and makes each when it is asked for", async () => {
  const model = await generators.vanillaGan();
  const values = resolveValues(model.hyperparameters, { batchSize: 16, learningRate: 1e-3 });
  const upright = gaussianBeats(60, 1);
  const signals = Float32Array.of(...upright, ...upright.map((value) => -value));
  const labels = Uint8Array.from({ length: 120 }, (_, row) => (row < 60 ? 0 : 1));
  const generator = model.build(values, beatContext(signals, { classes: ["N", "V"], labels }));
  for (let position = 0; position < 200; position += 20) {
    const waiting = Array.from({ length: 20 }, (_, index) => generator.trainStep(position + index));
    await readMeasures(generator.measures, waiting);
  }
  const made = await Promise.all([0, 1].map((label) => generator.sample(40, 3, label)));
  for (const [label, generated] of made.entries()) {
    const [own, other] = [upright, upright.map((value) => -value)].map(
      (real) => distances(generated, real).meanBeat,
    );
    const [near, far] = label === 0 ? [own, other] : [other, own];
    expect(far / near).toBeGreaterThan(1.5);
  }
  // In turn where no class is asked for: the same latents as those of each class alone.
  const latents = generator.drawLatents(2, 5);
  const inTurn = rowsOf(await generator.sampleScaled(latents));
  const both = await Promise.all(
    [0, 1].map((label) => generator.sampleScaled(latents, Uint8Array.of(label, label))),
  );
  expect(inTurn[0]).toEqual(rowsOf(both[0])[0]);
  expect(inTurn[1]).toEqual(rowsOf(both[1])[1]);
  generator.dispose();
});
