import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import "../neural/backend/registerGradients.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { Failure } from "../domain/failure.ts";
import { type GeneratedForm, generatedForms } from "../domain/generation.ts";
import { defaultsOf, resolveValues, type Values } from "../domain/schema.ts";
import { beatContext } from "../testing/beatContext.ts";
import { gaussianBeats } from "../testing/gaussianBeats.ts";
import {
  buildSmall,
  contextOf,
  differing,
  learnedBeats,
  smallForm,
  take,
} from "../testing/smallGenerators.ts";
import { checkOffer, type GeneratorContext } from "./generator.ts";
import { generators } from "./index.ts";

const names = Object.keys(generators) as (keyof typeof generators)[];
const length = 216;

beforeAll(async () => {
  await tf.setBackend("wasm");
});

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
      const generator = buildSmall(model, seed);
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
    const generator = buildSmall(model);
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
    const labels = Uint8Array.from({ length: learnedBeats.length / length }, (_, row) => row % 2);
    const mixed = { ...contextOf(), classes: ["N", "V"], labels };
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
    const [whole, resumed] = [buildSmall(model), buildSmall(model)];
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

describe("personal generators", () => {
  const told = async (name: keyof typeof generators, overrides: Values, patientBeats: Float32Array) => {
    const model = await generators[name]();
    const generator = model.build(smallForm(model, overrides), { ...contextOf(), patientBeats });
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
    expect(await told("pgan", {}, learnedBeats)).toEqual(plain);
    expect(await told("pgan", {}, others)).not.toEqual(plain);
  });
});

describe("what a person can mend", () => {
  const failing = async (name: keyof typeof generators, changed: Partial<GeneratorContext>) => {
    const model = await generators[name]();
    const { patientBeats: _, ...population } = contextOf();
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
    expect(await failing("dcgan", beatContext(learnedBeats.slice(0, length)))).toBe("too-few-signals");
    expect(await failing("pgan", {})).toBe("no-patient-beats");
    expect(await failing("personalisedDcgan", {})).toBe("no-patient-beats");
    expect(await failing("simDcgan", { classes: ["Q"] })).toBe("no-simulated-class");
    expect(await failing("dcgan", { classes: ["Q"] })).toBeNull();
  });

  test("a state of another model is refused", async () => {
    const [one, other] = [buildSmall(await generators.dcgan()), buildSmall(await generators.wgan())];
    const [ones, others] = [await one.state(), await other.state()];
    expect(() => one.restore(others)).toThrow(Failure);
    // The same networks with another optimiser.
    const plain = ones.filter(({ name }) => !name.includes("Optimiser.first"));
    expect(() => one.restore(plain)).toThrow(/lacks a part of the optimiser/);
    for (const each of [one, other]) each.dispose();
  });
});

test("beats come back to mV between the lowest and the highest value of real ones", async () => {
  const generator = buildSmall(await generators.vanillaGan());
  // A line from −1 to 1.
  const ramp = Float32Array.from({ length: 3 * length }, (_, at) => (2 * (at % length)) / (length - 1) - 1);
  const found = generator.inMillivolt(ramp, 1);
  const rows = (all: Float32Array) =>
    Array.from({ length: all.length / length }, (_, row) => all.subarray(row * length, (row + 1) * length));
  const ranges = rows(learnedBeats).map((beat) => [Math.min(...beat), Math.max(...beat)]);
  for (const beat of rows(found)) {
    const nearest = Math.min(
      ...ranges.map(([low, high]) => Math.max(Math.abs(beat[0] - low), Math.abs(beat[length - 1] - high))),
    );
    expect(nearest).toBeLessThan(1e-5);
  }
  generator.dispose();
});
