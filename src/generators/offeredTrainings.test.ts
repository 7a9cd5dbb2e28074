import { expect, test } from "vitest";
import { generatedForms } from "../domain/generation.ts";
import { resolveValues } from "../domain/schema.ts";
import { samplingPlan } from "../neural/diffusion/samplingPlan.ts";
import { diffusionPlan, samplingChoice } from "./diffusionHyperparameters.ts";
import { type GeneratorName, generators } from "./index.ts";
import { offeredTrainings } from "./offeredTrainings.ts";
import { timeDiffusion } from "./timeDiffusion.ts";

const forms = Object.keys(generatedForms) as (keyof typeof generatedForms)[];

test.each(
  Object.entries(generators).flatMap(([name, load]) => forms.map((form) => [name, form, load] as const)),
)("the trainings of %s offered for %s set values that it has", async (name, form, load) => {
  const { hyperparameters: schema, isTrained, forms: made } = await load();
  const { usual, short, released } = offeredTrainings(name as GeneratorName)[form];
  const defaults = resolveValues(schema, {});
  if (form === "beats") {
    expect(usual.hyperparameters).toEqual({});
    expect(short !== null).toBe(isTrained);
  }
  if (!made.includes(form)) expect(short).toBeNull();
  for (const training of short === null ? [usual] : [usual, short]) {
    expect(resolveValues(schema, training.hyperparameters)).toEqual({
      ...defaults,
      ...training.hyperparameters,
    });
    expect(training.iterations).toBeLessThan(10_000);
  }
  if (released !== undefined) {
    expect(resolveValues(schema, released.hyperparameters)).toMatchObject(released.hyperparameters);
    // The most that the form takes.
    expect(released.iterations).toBeLessThanOrEqual(100_000);
  }
});

/** Section 3 of the specification of Núñez et al.'s program. */
test.each(forms)("the training of Time-Diffusion on %s as released is that of its program", (form) => {
  const { released } = offeredTrainings("timeDiffusion")[form];
  const values = resolveValues(timeDiffusion.hyperparameters, released?.hyperparameters ?? {});
  const plan = diffusionPlan(values, { embeddingSize: 64, frequencies: "falling" });
  expect(plan).toMatchObject({
    prediction: "signal",
    weighting: "signalToNoise",
    error: "squared",
    learningRate: 1e-4,
    beta1: 0.95,
    beta2: 0.999,
    weightDecay: 1e-6,
    rateFalls: true,
    clipNorm: 1,
    classDropout: 0,
    averageDecay: 0.9999,
  });
  const levels = [0, 100, 250, 500, 750, 900, 998, 999].map((t) => Math.sqrt(plan.schedule.signal[t]));
  const printed = ["0.9999", "0.9678", "0.8319", "0.4827", "0.1720", "0.0522", "0.0004", "0.0000"];
  expect(levels.map((level) => level.toFixed(4))).toEqual(printed);
  expect(plan.schedule.signal).toHaveLength(1000);
  expect(samplingPlan(plan.schedule, samplingChoice(values))).toHaveLength(1000);
  expect(values).toMatchObject({
    network: "released",
    batchSize: 128,
    usesAverage: true,
    clipsSignal: false,
    guidance: 1,
  });
  // 5,000 epochs, with 100 of warm-up.
  expect(released?.iterations).toBe(50 * plan.warmUp);
});
