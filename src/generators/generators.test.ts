import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import "../neural/backend/registerGradients.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { Failure } from "../domain/failure.ts";
import { type GeneratedForm, generatedForms } from "../domain/generation.ts";
import { defaultsOf, resolveValues, type Values } from "../domain/schema.ts";
import { readMeasures } from "../neural/training/measures.ts";
import type { NamedArray } from "../neural/training/weights.ts";
import { beatContext } from "../testing/beatContext.ts";
import { gaussianBeats } from "../testing/gaussianBeats.ts";
import { checkOffer, type Generator, type GeneratorContext, type GeneratorModel } from "./generator.ts";
import { generators } from "./index.ts";

const names = Object.keys(generators) as (keyof typeof generators)[];
const length = 216;
const beats = gaussianBeats(24, 1);

beforeAll(async () => {
  await tf.setBackend("wasm");
});

/** A small form of a generator, which takes a step in a moment. */
function smallForm({ hyperparameters }: GeneratorModel, overrides: Values = {}) {
  const wanted: Values = {
    generatorWidth: "4",
    discriminatorWidth: "4",
    batchSize: 4,
    size: "tiny",
    samplingSteps: 3,
    lowSteps: 2,
    highSteps: 2,
    discriminatorSteps: hyperparameters["constraint"] === undefined ? 1 : 2,
    ...overrides,
  };
  const known = Object.entries(wanted).filter(([key]) => hyperparameters[key] !== undefined);
  return resolveValues(hyperparameters, Object.fromEntries(known));
}

const context = (seed = 1): GeneratorContext =>
  beatContext(beats, { patientBeats: gaussianBeats(6, 90), seed });

const build = (model: GeneratorModel, seed = 1, overrides: Values = {}): Generator =>
  model.build(smallForm(model, overrides), context(seed));

/** Names of arrays that are not the same to the last bit: comparing them by `toEqual` takes seconds. */
function differing(one: readonly NamedArray[], other: readonly NamedArray[]): string[] {
  expect(one.map(({ name }) => name)).toEqual(other.map(({ name }) => name));
  return one.flatMap(({ name, values }, index) =>
    values.every((value, at) => Object.is(value, other[index].values[at])) ? [] : [name],
  );
}

const take = async (generator: Generator, from: number, steps: number) =>
  readMeasures(
    generator.measures,
    Array.from({ length: steps }, (_, index) => generator.trainStep(from + index)),
  );

describe.each(names)("%s", (name) => {
  test("its defaults lie within its own ranges, and its description can be cloned", async () => {
    const { build: _, ...description } = await generators[name]();
    expect(structuredClone(description)).toEqual(description);
    resolveValues(description.hyperparameters, defaultsOf(description.hyperparameters));
  });

  test("gives the same weights and beats for the same seed, and others for another", async () => {
    const model = await generators[name]();
    const made = [];
    for (const seed of [5, 5, 6]) {
      const generator = build(model, seed);
      const state = await generator.state();
      const sample = await generator.sample(3, seed);
      made.push({ state, sample });
      expect(generator.drawLatents(3, 1)).toHaveLength(3 * generator.latentSize);
      expect(await generator.sampleScaled(generator.drawLatents(3, 1))).toHaveLength(3 * length);
      generator.dispose();
    }
    expect(differing(made[0].state, made[1].state)).toEqual([]);
    expect(made[0].sample).toEqual(made[1].sample);
    expect(made[0].sample).toHaveLength(3 * length);
    expect(made[0].sample).not.toEqual(made[2].sample);
    if (model.isTrained) expect(differing(made[0].state, made[2].state)).not.toEqual([]);
  });

  test("moves with every step, leaves no tensor behind, and gives all its memory back", async () => {
    const model = await generators[name]();
    const empty = tf.memory().numTensors;
    const generator = build(model);
    const [first, second] = await take(generator, 0, 2);
    expect(Object.keys(first)).toEqual([...generator.measures]);
    expect(generator.measures.length > 0).toBe(model.isTrained);
    for (const value of [...Object.values(first), ...Object.values(second)]) {
      expect(Number.isFinite(value)).toBe(true);
    }
    if (model.isTrained) expect(Object.values(first)[0]).not.toBe(Object.values(second)[0]);
    await generator.sample(2, 1);
    const count = tf.memory().numTensors;
    await take(generator, 2, 6);
    await generator.sample(2, 1);
    expect(tf.memory().numTensors).toBe(count);
    generator.dispose();
    expect(tf.memory().numTensors).toBe(empty);
  });

  test("makes signals of the length of its form, and refuses forms and classes that it does not offer", async () => {
    const model = await generators[name]();
    expect(model.forms.length).toBeGreaterThan(0);
    for (const form of Object.keys(generatedForms) as GeneratedForm[]) {
      const check = () => checkOffer(model, { form, classes: ["N"] });
      if (model.forms.includes(form)) check();
      else expect(check).toThrow(expect.objectContaining({ code: "form-not-offered" }));
    }
    const labels = Uint8Array.from({ length: beats.length / length }, (_, row) => row % 2);
    const mixed = { ...context(), classes: ["N", "V"], labels };
    if (model.isConditional) {
      const generator = model.build(smallForm(model), mixed);
      // Some networks begin by telling nothing.
      await take(generator, 0, 2);
      // Variances of 1 that have not been run yet leave nothing but biases of what goes through many layers.
      const isVariance = /runningVariance$/;
      const state = await generator.state();
      generator.restore(
        state.map((each) =>
          isVariance.test(each.name) ? { ...each, values: each.values.map(() => 1e-4) } : each,
        ),
      );
      const latents = generator.drawLatents(1, 1);
      const [ones, others] = [Uint8Array.of(0), Uint8Array.of(1)];
      expect(await generator.sampleScaled(latents, ones)).not.toEqual(
        await generator.sampleScaled(latents, others),
      );
      generator.dispose();
    } else {
      expect(() => model.build(smallForm(model), mixed)).toThrow(
        expect.objectContaining({ code: "one-class-only" }),
      );
    }
  });

  test("goes on from a state as if it had never stopped, to the last bit", async () => {
    const model = await generators[name]();
    const [whole, resumed] = [build(model), build(model)];
    await take(whole, 0, 2);
    const state = structuredClone(await whole.state());
    const told = await take(whole, 2, 2);
    // Another past does not matter.
    await take(resumed, 40, 1);
    resumed.restore(state);
    expect(await take(resumed, 2, 2)).toEqual(told);
    expect(differing(await resumed.state(), await whole.state())).toEqual([]);
    expect(await resumed.sample(2, 4)).toEqual(await whole.sample(2, 4));
    for (const each of [whole, resumed]) each.dispose();
  });
});

describe("choices of the hyper-parameters", () => {
  test.each([
    ["dcgan", { discriminatorForm: "paper", spectralNormalisation: true, labelSmoothing: 0.1, clipNorm: 1 }],
    ["dcgan", { gradientPenalty: 1, generatorSteps: 2, seesSpread: true }],
    ["wgan", { constraint: "penalty", seesSpread: true, optimiser: "adam" }],
    ["wgan", { reusesRealBatch: true, spectralNormalisation: true }],
    [
      "simDcgan",
      { lossReduction: "sum", lossUnit: "scaled", integrationStep: "360", startAngle: "released" },
    ],
    ["simVanillaGan", { etaSource: "fitted", gradientPenalty: 1, spectralNormalisation: true }],
    [
      "ecgGan",
      {
        ...{ spectralNormalisation: true, gradientPenalty: 1, seesSpread: true },
        ...{ wavePairing: "ordered", waveRule: "signChanges" },
      },
    ],
    ["vanillaGan", { samplingLatent: "uniform" }],
    ["dcgan", { inputNoise: 0.5, weightAverage: 0.9 }],
    ["simWgan", { inputNoise: 0.2, weightAverage: 0.9 }],
    ["vanillaGan", { seesSpread: true, gradientPenalty: 1 }],
  ] as const)("%s with %j trains", async (name, overrides) => {
    const model = await generators[name]();
    const empty = tf.memory().numTensors;
    const generator = build(model, 1, overrides);
    const before = await generator.state();
    const told = await take(generator, 0, 3);
    for (const value of told.flatMap((step) => Object.values(step))) {
      expect(Number.isFinite(value)).toBe(true);
    }
    expect(differing(await generator.state(), before)).toContain("generatorOptimiser.step");
    generator.dispose();
    expect(tf.memory().numTensors).toBe(empty);
  });

  test("averaged weights and noise on beats go on from a state as if they had never stopped", async () => {
    const model = await generators.simDcgan();
    const overrides = { inputNoise: 0.5, weightAverage: 0.9 };
    const [whole, resumed] = [build(model, 1, overrides), build(model, 1, overrides)];
    await take(whole, 0, 3);
    resumed.restore(structuredClone(await whole.state()));
    expect(await take(resumed, 3, 3)).toEqual(await take(whole, 3, 3));
    expect(differing(await resumed.state(), await whole.state())).toEqual([]);
    expect(await resumed.sample(2, 4)).toEqual(await whole.sample(2, 4));
    for (const each of [whole, resumed]) each.dispose();
  });

  test("averaged weights draw other beats from the same training", async () => {
    const model = await generators.dcgan();
    const [plain, averaged] = [0, 0.9].map((weightAverage) => build(model, 1, { weightAverage }));
    expect(await take(averaged, 0, 4)).toEqual(await take(plain, 0, 4));
    expect(await averaged.sample(2, 4)).not.toEqual(await plain.sample(2, 4));
    // The first step's weights are the average's: nothing of the untrained ones is left.
    const first = build(model, 1, { weightAverage: 0.9 });
    await take(first, 0, 1);
    const state = await first.state();
    const under = (prefix: string) =>
      state
        .filter(({ name }) => name.startsWith(prefix))
        .map((each) => ({ ...each, name: each.name.slice(prefix.length) }));
    expect(differing(under("average."), under("generator."))).toEqual([]);
    for (const each of [plain, averaged, first]) each.dispose();
  });

  test("noise on beats is over when the planned training is", async () => {
    const model = await generators.dcgan();
    const { iterations } = context();
    const [plain, noisy] = [0, 0.5].map((inputNoise) => build(model, 1, { inputNoise }));
    expect(await take(noisy, iterations, 2)).toEqual(await take(plain, iterations, 2));
    expect(await take(noisy, 0, 1)).not.toEqual(await take(plain, 0, 1));
    for (const each of [plain, noisy]) each.dispose();
  });

  test("weight clipping holds what the critic starts an update from within the limit", async () => {
    const generator = build(await generators.wgan(), 1, { weightLimit: 0.002 });
    await take(generator, 0, 1);
    const weights = (await generator.state()).filter(
      ({ name }) => name.startsWith("discriminator.") && name.endsWith("weight"),
    );
    expect(weights.length).toBeGreaterThan(5);
    // One step of RMSprop, at most rate / √0.01, beyond it.
    for (const { values } of weights) {
      expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(0.002 + 5.1e-4);
    }
    generator.dispose();
  });

  test("uniform latents are drawn between 0 and 1, normal ones are not", async () => {
    const model = await generators.vanillaGan();
    const spans = ["uniform", "normal"].map((samplingLatent) => {
      const generator = build(model, 1, { samplingLatent });
      const latents = generator.drawLatents(50, 2);
      generator.dispose();
      return [Math.min(...latents), Math.max(...latents)];
    });
    expect(spans[0][0]).toBeGreaterThanOrEqual(0);
    expect(spans[0][1]).toBeLessThan(1);
    expect(spans[1][0]).toBeLessThan(-2);
  });
});

test("RefineGAN starts from simulated beats as the equations give them, or each from −1 to 1", async () => {
  const model = await generators.refineGan();
  const spans = ["equations", "each"].map((simulatedRange) => {
    const generator = build(model, 1, { simulatedRange });
    const latents = generator.drawLatents(8, 2);
    generator.dispose();
    return Array.from({ length: 8 }, (_, row) => {
      const beat = latents.subarray(row * length, (row + 1) * length);
      return [Math.min(...beat), Math.max(...beat)];
    });
  });
  expect(new Set(spans[0].map(([, highest]) => highest.toFixed(4))).size).toBe(8);
  for (const [lowest, highest] of spans[1]) {
    expect(lowest).toBeCloseTo(-1, 6);
    expect(highest).toBeCloseTo(1, 6);
  }
});

test("the running statistics follow the generator's own updates, not the discriminator's looks at it", async () => {
  const model = await generators.dcgan();
  // At a rate of 0 a step at the same position sees the same batch, whose mean m the statistics near: (1 − 0.9ⁿ) m.
  const generator = model.build({ ...smallForm(model), learningRate: 0 }, context());
  const means = async () => {
    await take(generator, 0, 1);
    const state = await generator.state();
    return state.find(({ name }) => name === "generator.layer1.norm.runningMean")?.values as Float32Array;
  };
  const first = await means();
  const second = await means();
  expect(Math.max(...first.map(Math.abs))).toBeGreaterThan(0.001);
  first.forEach((mean, channel) => {
    expect(second[channel]).toBeCloseTo(1.9 * mean, 6);
  });
  generator.dispose();
});

describe("personal generators", () => {
  const told = async (name: keyof typeof generators, overrides: Values, patientBeats: Float32Array) => {
    const model = await generators[name]();
    const generator = model.build(smallForm(model, overrides), { ...context(), patientBeats });
    const steps = await take(generator, 0, 3);
    generator.dispose();
    return steps;
  };
  const others = gaussianBeats(6, 300).map((value) => -value);

  test("are those of the population without a share of the patient", async () => {
    const plain = await told("vanillaGan", {}, others);
    expect(await told("personalisedGan", { patientShare: 0 }, others)).toEqual(plain);
    expect(await told("personalisedGan", { patientShare: 1 }, others)).not.toEqual(plain);
  });

  test("follow the waves of the patient, who may be the population", async () => {
    const plain = await told("ecgGan", {}, others);
    expect(await told("pgan", {}, beats)).toEqual(plain);
    expect(await told("pgan", {}, others)).not.toEqual(plain);
  });
});

describe("what a person can mend", () => {
  const failing = async (name: keyof typeof generators, changed: Partial<GeneratorContext>) => {
    const model = await generators[name]();
    const { patientBeats: _, ...population } = context();
    const empty = tf.memory().numTensors;
    let code: string | null = null;
    try {
      model.build(smallForm(model), { ...population, ...changed }).dispose();
    } catch (error) {
      code = error instanceof Failure ? error.code : String(error);
    }
    expect(tf.memory().numTensors).toBe(empty);
    return code;
  };

  test("is named", async () => {
    expect(await failing("dcgan", beatContext(beats.slice(0, length)))).toBe("too-few-signals");
    expect(await failing("pgan", {})).toBe("no-patient-beats");
    expect(await failing("personalisedDcgan", {})).toBe("no-patient-beats");
    expect(await failing("simDcgan", { classes: ["Q"] })).toBe("no-simulated-class");
    expect(await failing("dcgan", { classes: ["Q"] })).toBeNull();
  });

  test("a state of another model is refused", async () => {
    const [one, other] = [build(await generators.dcgan()), build(await generators.wgan())];
    const [ones, others] = [await one.state(), await other.state()];
    expect(() => one.restore(others)).toThrow(Failure);
    // The same networks with another optimiser.
    const plain = ones.filter(({ name }) => !name.includes("Optimiser.first"));
    expect(() => one.restore(plain)).toThrow(/lacks a part of the optimiser/);
    for (const each of [one, other]) each.dispose();
  });
});

test("beats come back to mV between the lowest and the highest value of real ones", async () => {
  const generator = build(await generators.vanillaGan());
  // A line from −1 to 1.
  const ramp = Float32Array.from({ length: 3 * length }, (_, at) => (2 * (at % length)) / (length - 1) - 1);
  const found = generator.inMillivolt(ramp, 1);
  const rows = (all: Float32Array) =>
    Array.from({ length: all.length / length }, (_, row) => all.subarray(row * length, (row + 1) * length));
  const ranges = rows(beats).map((beat) => [Math.min(...beat), Math.max(...beat)]);
  for (const beat of rows(found)) {
    const nearest = Math.min(
      ...ranges.map(([low, high]) => Math.max(Math.abs(beat[0] - low), Math.abs(beat[length - 1] - high))),
    );
    expect(nearest).toBeLessThan(1e-5);
  }
  generator.dispose();
});
