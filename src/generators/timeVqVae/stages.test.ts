import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import "../../neural/backend/registerGradients.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { resolveValues, type Values } from "../../domain/schema.ts";
import { type Measure, readMeasures } from "../../neural/training/measures.ts";
import { beatContext } from "../../testing/beatContext.ts";
import { gaussianBeats } from "../../testing/gaussianBeats.ts";
import type { SamplingStep } from "../generator.ts";
import { timeVqVae } from "./index.ts";
import { rateAt } from "./training.ts";

const length = 216;
const beats = gaussianBeats(12, 1);
/** Every other beat upside down: a class that no one confuses with the other one. */
const labels = Uint8Array.from({ length: 12 }, (_, row) => row % 2);
const signals = beats.map((value, at) => (labels[Math.floor(at / length)] === 1 ? -value : value));

beforeAll(() => tf.setBackend("wasm"));

const build = (iterations: number, overrides: Values = {}) =>
  timeVqVae.build(
    resolveValues(timeVqVae.hyperparameters, {
      size: "tiny",
      batchSize: 4,
      lowSteps: 2,
      highSteps: 3,
      dropout: 0,
      tokeniserShare: 0.5,
      ...overrides,
    }),
    beatContext(signals, { classes: ["N", "V"], labels, iterations }),
  );
type Built = ReturnType<typeof build>;

const take = (generator: Built, from: number, to: number) =>
  readMeasures(
    generator.measures,
    Array.from({ length: to - from }, (_, index) => generator.trainStep(from + index)),
  );

describe("the two stages", () => {
  test("train the tokeniser first, then the priors, and tell of the other what it was", async () => {
    const generator = build(4);
    const told = await take(generator, 0, 4);
    const changes = (measure: Measure) =>
      told.slice(1).map((step, at) => step[measure] !== told[at][measure]);
    for (const measure of [
      "reconstructionLoss",
      "commitmentLoss",
      "lowPerplexity",
      "highPerplexity",
    ] as const) {
      expect(changes(measure)).toEqual([true, false, false]);
    }
    for (const measure of ["lowPriorLoss", "highPriorLoss"] as const) {
      expect(changes(measure)).toEqual([false, true, true]);
      // 64 codes, all as likely.
      expect(told[0][measure]).toBeCloseTo(Math.log(64), 5);
    }
    generator.dispose();
  });

  test("go on across their border from a state as if they had never stopped, to the last bit", async () => {
    const [whole, resumed] = [build(4), build(4)];
    await take(whole, 0, 1);
    const state = structuredClone(await whole.state());
    const told = await take(whole, 1, 4);
    resumed.restore(state);
    expect(await take(resumed, 1, 4)).toEqual(told);
    const [one, other] = [await whole.state(), await resumed.state()];
    const differing = one.filter(({ values }, at) =>
      values.some((value, i) => value !== other[at].values[i]),
    );
    expect(differing.map(({ name }) => name)).toEqual([]);
    for (const each of [whole, resumed]) each.dispose();
  });
});

test("in both stages the losses fall", async () => {
  const generator = build(40, { learningRate: 1e-2, embeddingDropout: 0, reviveBelow: 0.2 });
  const [first] = await take(generator, 0, 1);
  const last = (await take(generator, 1, 40))[38];
  expect(last.reconstructionLoss).toBeLessThan(0.8 * (first.reconstructionLoss as number));
  // A guess among 64 codes costs ln 64.
  expect(last.lowPriorLoss).toBeLessThan(0.9 * Math.log(64));
  expect(last.highPriorLoss).toBeLessThan(0.9 * Math.log(64));
  generator.dispose();
});

test("heights are learned, not drawn: one linear map lies between mV and what is shown", () => {
  const generator = build(4);
  const lower = signals.map((value) => value / 2);
  const scaled = generator.scaled?.(lower) ?? new Float32Array(0);
  const back = generator.inMillivolt(scaled, 1, labels);
  expect(Math.max(...back.map((value, at) => Math.abs(value - lower[at])))).toBeLessThan(1e-5);
  // All but a thousandth of what was learned from lies between −1 and 1, and something at either.
  const reach = Math.max(...(generator.scaled?.(signals) ?? []).map(Math.abs));
  expect(reach).toBeGreaterThan(0.99);
  expect(reach).toBeLessThan(1.1);
  generator.dispose();
});

describe("sampling", () => {
  test("tells of its steps: tokens of low frequencies, then of high ones, until none is open", async () => {
    const generator = build(4);
    const latents = generator.drawLatents(2, 1);
    const asked = Uint8Array.of(0, 1);
    const steps: SamplingStep[] = [];
    const found = await generator.watchSampling?.(
      latents,
      asked,
      1,
      (step) => void steps.push(step),
      () => false,
    );
    expect(steps.map(({ position, of }) => `${position}/${of}`)).toEqual(["1/5", "2/5", "3/5", "4/5", "5/5"]);
    const open = steps.map(({ tokens }) => tokens?.subarray(0, 65).filter((token) => token < 0).length);
    // ⌊13 cos(π/4)⌋ = 9; ⌊52 cos(π/6)⌋ = 45, ⌊52 cos(π/3)⌋ = 26
    expect(open).toEqual([9 + 52, 52, 45, 26, 0]);
    expect(steps[4].signals).toEqual(found);
    expect(found).toEqual(await generator.sampleScaled(latents, asked));
    const empty = tf.memory().numTensors;
    const stopped = await generator.watchSampling?.(
      latents,
      asked,
      1,
      () => undefined,
      () => true,
    );
    expect(stopped).toHaveLength(2 * length);
    expect(tf.memory().numTensors).toBe(empty);
    generator.dispose();
  });

  test("pushes beyond the class where guidance asks for it, and a signal depends on its own latent alone", async () => {
    const [plain, guided] = [build(4), build(4, { guidance: 3 })];
    const latents = plain.drawLatents(3, 1);
    const asked = Uint8Array.of(0, 0, 0);
    const made = await plain.sampleScaled(latents, asked);
    const alone = await plain.sampleScaled(latents.subarray(2), asked.subarray(2));
    expect(Math.max(...alone.map((value, at) => Math.abs(value - made[2 * length + at])))).toBeLessThan(1e-4);
    expect(await guided.sampleScaled(latents, asked)).toHaveLength(3 * length);
    expect(await plain.reconstruct?.(signals.subarray(0, 2 * length))).toHaveLength(2 * length);
    for (const each of [plain, guided]) each.dispose();
  });

  test("makes ten seconds too", async () => {
    const generator = timeVqVae.build(
      resolveValues(timeVqVae.hyperparameters, { size: "tiny", lowSteps: 1, highSteps: 1, batchSize: 2 }),
      {
        ...beatContext(signals),
        signals: Float32Array.from({ length: 4000 }, (_, at) => Math.sin(at / 10)),
        count: 4,
        length: 1000,
        labels: new Uint8Array(4),
        samplingFrequency: 100,
        iterations: 2,
      },
    );
    for (const step of await take(generator, 0, 2)) {
      for (const value of Object.values(step)) expect(Number.isFinite(value)).toBe(true);
    }
    expect(await generator.sample(1, 1)).toHaveLength(1000);
    generator.dispose();
  });
});

test("the rate of a stage rises in a line and falls as a cosine to a hundredth", () => {
  const plan = { learningRate: 1, warmUp: 0.1 };
  expect([0, 4, 9].map((step) => rateAt(step, 100, plan))).toEqual([0.1, 0.5, 1]);
  expect(rateAt(10, 100, plan)).toBe(1);
  expect(rateAt(55, 100, plan)).toBeCloseTo(0.505, 6);
  expect(rateAt(100, 100, plan)).toBeCloseTo(0.01, 6);
});
