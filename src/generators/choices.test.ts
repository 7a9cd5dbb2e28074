import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import "../neural/backend/registerGradients.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { buildSmall, contextOf, differing, smallForm, take } from "../testing/smallGenerators.ts";
import { generators } from "./index.ts";

const length = 216;

beforeAll(async () => {
  await tf.setBackend("wasm");
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
    ["wgan", { samplingLatent: "uniform" }],
    ["dcgan", { scaling: "none" }],
    ["pgan", { scaling: "none" }],
    ["personalisedGan", { scaling: "none" }],
    ["dcgan", { inputNoise: 0.5, weightAverage: 0.9 }],
    ["simWgan", { inputNoise: 0.2, weightAverage: 0.9 }],
    ["vanillaGan", { seesSpread: true, gradientPenalty: 1 }],
  ] as const)("%s with %j trains", async (name, overrides) => {
    const model = await generators[name]();
    const empty = tf.memory().numTensors;
    const generator = buildSmall(model, 1, overrides);
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
    const [whole, resumed] = [buildSmall(model, 1, overrides), buildSmall(model, 1, overrides)];
    await take(whole, 0, 3);
    resumed.restore(structuredClone(await whole.state()));
    expect(await take(resumed, 3, 3)).toEqual(await take(whole, 3, 3));
    expect(differing(await resumed.state(), await whole.state())).toEqual([]);
    expect(await resumed.sample(2, 4)).toEqual(await whole.sample(2, 4));
    for (const each of [whole, resumed]) each.dispose();
  });

  test("averaged weights draw other beats from the same training", async () => {
    const model = await generators.dcgan();
    const [plain, averaged] = [0, 0.9].map((weightAverage) => buildSmall(model, 1, { weightAverage }));
    expect(await take(averaged, 0, 4)).toEqual(await take(plain, 0, 4));
    expect(await averaged.sample(2, 4)).not.toEqual(await plain.sample(2, 4));
    // The first step's weights are the average's: nothing of the untrained ones is left.
    const first = buildSmall(model, 1, { weightAverage: 0.9 });
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
    const { iterations } = contextOf();
    const [plain, noisy] = [0, 0.5].map((inputNoise) => buildSmall(model, 1, { inputNoise }));
    expect(await take(noisy, iterations, 2)).toEqual(await take(plain, iterations, 2));
    expect(await take(noisy, 0, 1)).not.toEqual(await take(plain, 0, 1));
    for (const each of [plain, noisy]) each.dispose();
  });

  test("weight clipping holds what the critic starts an update from within the limit", async () => {
    const generator = buildSmall(await generators.wgan(), 1, { weightLimit: 0.002 });
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
      const generator = buildSmall(model, 1, { samplingLatent });
      const latents = generator.drawLatents(50, 2);
      generator.dispose();
      return [Math.min(...latents), Math.max(...latents)];
    });
    expect(spans[0][0]).toBeGreaterThanOrEqual(0);
    expect(spans[0][1]).toBeLessThan(1);
    expect(spans[1][0]).toBeLessThan(-2);
  });

  test("uniform latents change what critics are trained on, and of other networks the sampling alone", async () => {
    for (const [name, isTrained] of [
      ["wgan", true],
      ["dcgan", false],
    ] as const) {
      const model = await generators[name]();
      const [normal, uniform] = ["normal", "uniform"].map((samplingLatent) =>
        buildSmall(model, 1, { samplingLatent }),
      );
      const [one, other] = [await take(normal, 0, 2), await take(uniform, 0, 2)];
      if (isTrained) expect(other).not.toEqual(one);
      else expect(other).toEqual(one);
      for (const each of [normal, uniform]) each.dispose();
    }
  });

  test("without scaling networks see mV and give mV", async () => {
    const model = await generators.dcgan();
    const [scaled, plain] = ["each", "none"].map((scaling) => buildSmall(model, 1, { scaling }));
    expect(await take(plain, 0, 1)).not.toEqual(await take(scaled, 0, 1));
    const latents = plain.drawLatents(2, 4);
    expect(await plain.sample(2, 4)).toEqual(await plain.sampleScaled(latents));
    expect(await scaled.sample(2, 4)).not.toEqual(await scaled.sampleScaled(scaled.drawLatents(2, 4)));
    const real = Float32Array.of(0.2, 1.5);
    expect(plain.scaled?.(real)).toEqual(real);
    expect(scaled.scaled).toBeUndefined();
    for (const each of [scaled, plain]) each.dispose();
  });
});

test("RefineGAN starts from simulated beats as the equations give them, or each from −1 to 1", async () => {
  const model = await generators.refineGan();
  const spans = ["equations", "each"].map((simulatedRange) => {
    const generator = buildSmall(model, 1, { simulatedRange });
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
  const generator = model.build({ ...smallForm(model), learningRate: 0 }, contextOf());
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
