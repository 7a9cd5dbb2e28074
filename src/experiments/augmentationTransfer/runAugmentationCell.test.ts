import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import "../../neural/backend/registerGradients.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { architectures } from "../../classifiers/index.ts";
import { severalClassScores } from "../../evaluation/metrics/severalClasses.ts";
import type { GeneratorContext } from "../../generators/generator.ts";
import { type GeneratorName, generators } from "../../generators/index.ts";
import type { NamedArray } from "../../neural/training/weights.ts";
import { gaussianBeats } from "../../testing/gaussianBeats.ts";
import { augmentationCellsOf } from "./grid.ts";
import {
  type AugmentationCheckpoint,
  type AugmentationEnvironment,
  runAugmentationCell,
} from "./runAugmentationCell.ts";
import { augmentationSettingNames, settingNamed } from "./settings.ts";
import { divideSignals, type RealSignals } from "./signals.ts";
import { type AugmentationCell, augmentationDefaults } from "./specification.ts";

beforeAll(async () => {
  await tf.setBackend("wasm");
});

/** 60 normal beats and 30 upside down, of 30 patients with three each. */
const upright = gaussianBeats(90, 1);
const real: RealSignals = {
  signals: upright.map((value, at) => (Math.floor(at / 216) % 3 === 2 ? -value : value)),
  labels: Uint8Array.from({ length: 90 }, (_, row) => (row % 3 === 2 ? 1 : 0)),
  patients: Array.from({ length: 90 }, (_, row) => `patient ${Math.floor(row / 3)}`),
  records: Array.from({ length: 90 }, (_, row) => (row < 45 ? "early" : "late")),
  count: 90,
  length: 216,
};

const experiment = {
  ...augmentationDefaults,
  name: "small",
  form: "beats",
  classes: ["N", "V"],
  sources: [{ name: "simulated", members: ["late", "early"] }],
  division: { byPatient: true, testShare: 0.2, validationShare: 0.25, seed: 1 },
  classifier: {
    architecture: "dilatedCnn",
    hyperparameters: {
      ...{ depth: 2, filters: "4", kernel: "3", hidden: "16", hiddenLayers: 1, dropout: 0 },
      ...{ epochs: 4, learningRate: 1e-2, batchSize: 27, patience: 4 },
    },
  },
  syntheticPerClass: 20,
  settings: augmentationSettingNames,
  generators: [{ generator: "vanillaGan", hyperparameters: { batchSize: 8 }, iterations: 6 }],
  hasAllTogether: false,
  shares: [1],
  freezesConvolutions: [true],
  seeds: [1],
} as const;

const cells = augmentationCellsOf(experiment);
const cellOf = (setting: AugmentationCell["setting"]) =>
  cells.find((each) => each.setting === setting) as AugmentationCell;

/** The patients of another source have other beats and, where not told otherwise, other names. */
const elsewhere = { name: "elsewhere", members: ["there"] };
const others: RealSignals = {
  ...real,
  signals: real.signals.map((value) => 2 * value),
  patients: real.patients.map((patient) => `other ${patient}`),
};

async function environment(kept = new Map<string, readonly NamedArray[]>(), there = others) {
  const contexts: GeneratorContext[] = [];
  const made: AugmentationEnvironment = {
    classifier: await architectures.dilatedCnn(),
    async generator(name) {
      const model = await generators[name as GeneratorName]();
      return {
        ...model,
        build(values, context) {
          contexts.push(context);
          return model.build(values, context);
        },
      };
    },
    signals: async (source) => (source.name === elsewhere.name ? there : real),
    shared: async (address) => kept.get(address) ?? null,
    keepShared: async (address, arrays) => {
      kept.set(address, arrays);
    },
  };
  return { made, kept, contexts };
}

const quiet = { stopped: () => false };

/** Whose signals generators were given, row by row; undefined for those of nobody in the source. */
function learnedFrom(contexts: readonly GeneratorContext[], source: RealSignals) {
  const rowsOf = (signals: Float32Array) =>
    Array.from({ length: signals.length / 216 }, (_, row) =>
      signals.slice(row * 216, (row + 1) * 216).join(),
    );
  const owner = new Map(rowsOf(source.signals).map((row, at) => [row, source.patients[at]]));
  return contexts.flatMap(({ signals }) => rowsOf(signals).map((row) => owner.get(row)));
}

describe("a cell", () => {
  const shared = new Map<string, readonly NamedArray[]>();

  test.each(augmentationSettingNames)("%s ends with a result on its test signals", async (setting) => {
    const { made } = await environment(shared);
    const before = tf.memory().numTensors;
    const outcome = await runAugmentationCell(cellOf(setting), made, quiet);
    expect(tf.memory().numTensors).toBe(before);
    if (!("result" in outcome)) throw new Error(outcome.end);
    const { result } = outcome;
    expect(result.logits).toHaveLength(2 * result.labels.length);
    expect(result.patients).toHaveLength(result.labels.length);
    expect(result.logits.every(Number.isFinite)).toBe(true);
    const isOfReal = settingNamed(setting).test === "real";
    expect(result.patients.some((patient) => patient.startsWith("synthetic"))).toBe(!isOfReal);
    // The first fifteen patients are of the record that is sorted first.
    const places = result.patients.map((patient) => (Number(patient.replace("patient ", "")) < 15 ? 0 : 1));
    expect(result.records).toEqual(isOfReal ? places : undefined);
    // The signs of the beats are told apart from a few real ones.
    if (setting === "realToReal") expect(severalClassScores(result.logits, result.labels, 2).f1).toBe(1);
    const sum = result.train.reduce((total, each) => total + each, 0);
    // 90 beats, 18 tested and 18 validated on; 32 synthetic ones train.
    const [realTrain, syntheticTrain] = [54, 32];
    const expected = {
      realToReal: 54,
      realToSynthetic: 54,
      tunedToReal: 54,
      weightedToReal: 54,
      bothToReal: 86,
      repeatedToReal: 86,
      // 36 and 18, each brought up to 36, or 18 counted twice.
      levelledToReal: 72,
      levelledWeightsToReal: 54,
    };
    const wanted = { ...expected, syntheticToReal: 32, syntheticToSynthetic: 32, realOrSynthetic: 64 }[
      setting
    ];
    expect([realTrain + syntheticTrain, sum]).toEqual([86, wanted]);
  });

  test.each([
    // Of 54 real and 32 synthetic training signals, of which the two-sample test takes as many of each.
    ["realToSynthetic", 27, 0],
    ["syntheticToSynthetic", 16, 16],
    ["realOrSynthetic", 32, 16],
  ] as const)(
    "%s learns from half where half is asked for, and is tested on all",
    async (setting, all, synthetic) => {
      const { made } = await environment(shared);
      const [whole, half] = [
        await runAugmentationCell(cellOf(setting), made, quiet),
        await runAugmentationCell({ ...cellOf(setting), share: 0.5 }, made, quiet),
      ];
      if (!("result" in whole && "result" in half)) throw new Error("it has no result");
      expect(half.result.train.reduce((sum, count) => sum + count, 0)).toBe(all);
      expect(half.result.synthetic).toBe(synthetic);
      expect(half.result.labels).toEqual(whole.result.labels);
    },
  );

  test("a share of real signals is levelled to its largest class, the same that real signals alone have", async () => {
    const { made } = await environment(shared);
    const trainOf = async (setting: AugmentationCell["setting"]) => {
      const outcome = await runAugmentationCell({ ...cellOf(setting), share: 0.5 }, made, quiet);
      if (!("result" in outcome)) throw new Error(outcome.end);
      return outcome.result.train;
    };
    const plain = await trainOf("realToReal");
    expect(plain[0] + plain[1]).toBe(27);
    const largest = Math.max(...plain);
    expect(await trainOf("levelledToReal")).toEqual([largest, largest]);
    expect(await trainOf("levelledWeightsToReal")).toEqual(plain);
  });

  test("weights of the loss change what is learned from the same signals", async () => {
    const { made } = await environment(shared);
    const [plain, weighted] = [
      await runAugmentationCell(cellOf("realToReal"), made, quiet),
      await runAugmentationCell(cellOf("weightedToReal"), made, quiet),
    ];
    if (!("result" in plain && "result" in weighted)) throw new Error("it has no result");
    expect(weighted.result.train).toEqual(plain.result.train);
    expect(weighted.result.logits).not.toEqual(plain.result.logits);
  });

  test("its generators learn from training signals alone, one class at a time where they know no more", async () => {
    const { made, contexts } = await environment();
    const outcome = await runAugmentationCell(cellOf("syntheticToReal"), made, quiet);
    if (!("result" in outcome)) throw new Error(outcome.end);
    const tested = new Set(outcome.result.patients);
    const learned = learnedFrom(contexts, real);
    expect(learned.length).toBeGreaterThan(0);
    expect(learned.every((patient) => patient !== undefined && !tested.has(patient))).toBe(true);
  });

  test("its generators may learn elsewhere, from the training side there, and from nobody who is tested here", async () => {
    const kept = new Map<string, readonly NamedArray[]>();
    const { made, contexts } = await environment(kept);
    const crossed = { ...cellOf("tunedToReal"), syntheticSource: elsewhere };
    const outcome = await runAugmentationCell(crossed, made, quiet);
    if (!("result" in outcome)) throw new Error(outcome.end);
    const { result } = outcome;
    expect(result.patients.every((patient) => patient.startsWith("patient"))).toBe(true);
    const learned = new Set(learnedFrom(contexts, others));
    const { train } = divideSignals(others, crossed.classes, crossed.division);
    expect(learned).toEqual(new Set(Array.from(train, (row) => others.patients[row])));
    // A cell there finds all that was made.
    const before = kept.size;
    await runAugmentationCell({ ...cellOf("tunedToReal"), source: elsewhere }, made, quiet);
    expect(kept.size).toBe(before);

    // The same people stand in both, divided otherwise: some who are tested here are learned from there.
    const shuffled = { ...others, patients: real.patients.map((_, row) => real.patients[(row + 30) % 90]) };
    const { made: leaky } = await environment(new Map(), shuffled);
    await expect(runAugmentationCell(crossed, leaky, quiet)).rejects.toThrow(
      expect.objectContaining({ code: "generator-saw-test" }),
    );
  });

  test("stopped in each phase and resumed, ends with the same logits", async () => {
    const cell = cellOf("tunedToReal");
    const whole = await runAugmentationCell(cell, (await environment()).made, quiet);
    if (!("result" in whole)) throw new Error(whole.end);
    const { made } = await environment();
    const reached: string[] = [];
    let from: AugmentationCheckpoint | null = null;
    for (let stop = 0; stop < 40; stop++) {
      let asked = 0;
      let phase = "";
      const outcome = await runAugmentationCell(
        cell,
        made,
        {
          // Fewer than the steps of any phase, so that every phase is stopped somewhere.
          stopped: () => ++asked > 4,
          onActivity: (activity) => {
            phase = activity.phase;
          },
          onCheckpoint: async (each) => {
            from = each;
          },
        },
        from,
      );
      reached.push(phase);
      if ("result" in outcome) {
        expect(outcome.result.logits).toEqual(whole.result.logits);
        expect(new Set(reached)).toEqual(new Set(["generator", "before", "training"]));
        return;
      }
      expect(outcome.end).toBe("cancelled");
    }
    throw new Error("it never ended");
  });

  test("stopped in a generator, the same with other values begins at its beginning", async () => {
    const [chosen] = experiment.generators;
    const cell = {
      ...cellOf("syntheticToReal"),
      generators: [chosen, { ...chosen, hyperparameters: { batchSize: 9 } }],
    };
    const whole = await runAugmentationCell(cell, (await environment()).made, quiet);
    const { made } = await environment();
    let asked = 0;
    let from: AugmentationCheckpoint | null = null;
    const stopping = {
      stopped: () => ++asked > 4,
      onCheckpoint: async (each: AugmentationCheckpoint) => {
        from = each;
      },
    };
    expect(await runAugmentationCell(cell, made, stopping)).toEqual({ end: "cancelled" });
    expect(from).toMatchObject({ phase: "generator" });
    const resumed = await runAugmentationCell(cell, made, quiet, from);
    if (!("result" in whole && "result" in resumed)) throw new Error("it has no result");
    expect(resumed.result.logits).toEqual(whole.result.logits);
  });

  test("frozen convolutions stay as the synthetic signals made them, the layers behind them do not", async () => {
    const kept = new Map<string, readonly NamedArray[]>();
    const { made } = await environment(kept);
    const outcome = await runAugmentationCell(cellOf("tunedToReal"), made, quiet);
    if (!("result" in outcome)) throw new Error(outcome.end);
    const before =
      [...kept.values()].find((arrays) => arrays.some(({ name }) => name === "stem.weight")) ?? [];
    const moved = before
      .filter(({ name, values }) => {
        const after = outcome.weights.find((each) => each.name === name)?.values ?? new Float32Array(0);
        return values.some((value, at) => value !== after[at]);
      })
      .map(({ name }) => name);
    expect(moved).toEqual(["linear1.weight", "linear1.bias", "logits.weight", "logits.bias"]);
  });
});
