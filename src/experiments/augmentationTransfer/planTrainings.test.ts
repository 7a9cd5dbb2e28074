import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import "../../neural/backend/registerGradients.ts";
import { beforeAll, expect, test } from "vitest";
import { architectures } from "../../classifiers/index.ts";
import { generatorNamed } from "../../generators/generatorNamed.ts";
import type { NamedArray } from "../../neural/training/weights.ts";
import { gaussianBeats } from "../../testing/gaussianBeats.ts";
import type { ExperimentData } from "../protocol.ts";
import { augmentationAddress, pretrainedAddress, syntheticAddress } from "./addresses.ts";
import { augmentationCellsOf } from "./grid.ts";
import { plannedTrainings } from "./planTrainings.ts";
import { runAugmentationCell } from "./runAugmentationCell.ts";
import { augmentationSettingNames } from "./settings.ts";
import type { RealSignals } from "./signals.ts";
import { type AugmentationExperiment, augmentationDefaults, type SignalSource } from "./specification.ts";

beforeAll(async () => {
  await tf.setBackend("wasm");
});

const count = 40;
const real: RealSignals = {
  signals: gaussianBeats(count, 1),
  labels: Uint8Array.from({ length: count }, (_, row) => row % 2),
  patients: Array.from({ length: count }, (_, row) => `patient ${row}`),
  count,
  length: 216,
};
const data = { labelledSignals: async () => real } as unknown as ExperimentData;

const experiment: AugmentationExperiment = {
  ...augmentationDefaults,
  name: "small",
  form: "beats",
  classes: ["N", "V"],
  sources: [{ name: "simulated", members: ["1"] }],
  division: { byPatient: true, testShare: 0.2, validationShare: 0.25, seed: 1 },
  classifier: {
    architecture: "dilatedCnn",
    hyperparameters: {
      ...{ depth: 1, filters: "4", kernel: "3", hidden: "4", hiddenLayers: 1 },
      ...{ epochs: 2, batchSize: 8, patience: 9 },
    },
  },
  syntheticPerClass: 10,
  settings: augmentationSettingNames,
  generators: [{ generator: "vanillaGan", hyperparameters: { batchSize: 4 }, iterations: 3 }],
  hasAllTogether: false,
  shares: [0.5, 1],
  freezesConvolutions: [true],
  seeds: [1],
};

test("every step that cells take was planned, and little more", async () => {
  const cells = augmentationCellsOf(experiment);
  const planned = await plannedTrainings(cells, data);
  const stepsAt = new Map(planned.map(({ address, steps }) => [address, steps]));
  const kept = new Map<string, readonly NamedArray[]>();
  const environment = {
    classifier: await architectures.dilatedCnn(),
    generator: generatorNamed,
    signals: async () => real,
    shared: async (address: string) => kept.get(address) ?? null,
    keepShared: async (address: string, arrays: readonly NamedArray[]) => {
      kept.set(address, arrays);
    },
  };
  for (const cell of cells) {
    const taken = new Map<string, number>();
    await runAugmentationCell(cell, environment, {
      stopped: () => false,
      onPlan: (phase, { total }) => taken.set(phase, total),
    });
    for (const [phase, address] of [
      ["training", await augmentationAddress(cell)],
      ["before", await pretrainedAddress(cell)],
    ]) {
      const steps = taken.get(phase);
      if (steps === undefined) continue;
      // Looks at validation and test signals are counted as a third of a step for each batch.
      const told = stepsAt.get(address) ?? 0;
      expect(told).toBeGreaterThan(steps);
      expect(told).toBeLessThan(2 * steps);
    }
  }
  // What the cells left for each other, weights and signals, is what was planned for others than themselves.
  const own = new Set(await Promise.all(cells.map(augmentationAddress)));
  expect(new Set([...stepsAt.keys()].filter((address) => !own.has(address)))).toEqual(new Set(kept.keys()));
});

test("what is learned elsewhere is planned with the signals there", async () => {
  const elsewhere = { name: "elsewhere", members: ["2"] };
  const [cell] = augmentationCellsOf({ ...experiment, settings: ["syntheticToReal"], shares: [1] });
  const asked: string[] = [];
  const both = {
    labelledSignals: async ({ source }: { readonly source: SignalSource }) => {
      asked.push(source.name);
      return real;
    },
  } as unknown as ExperimentData;
  const crossed = { ...cell, syntheticSource: elsewhere };
  const planned = await plannedTrainings([cell, crossed, cell], both);
  // Each source is read once.
  expect(asked).toEqual(["simulated", "elsewhere"]);
  const [generator] = cell.generators;
  const addresses = planned.map(({ address }) => address);
  expect(addresses).toContain(await syntheticAddress({ ...cell, source: elsewhere }, generator, [0, 1]));
  expect(addresses).toContain(await augmentationAddress(crossed));
});

test("a network that takes many passes for a signal is planned with them", async () => {
  const [one] = augmentationCellsOf({ ...experiment, settings: ["syntheticToReal"], shares: [1] });
  const stepsWith = async (samplingSteps: number) => {
    const hyperparameters = { size: "tiny", batchSize: 4, samplingSteps };
    const generators = [{ generator: "diffWave", hyperparameters, iterations: 3 }];
    const [training] = await plannedTrainings([{ ...one, generators }], data);
    return training.steps;
  };
  // 20 signals in batches of 4, a third of a step for each of their passes.
  expect(await stepsWith(6)).toBeCloseTo(3 + (5 * 6) / 3, 9);
  expect(await stepsWith(12)).toBeCloseTo(3 + (5 * 12) / 3, 9);
});

test("what is planned can be timed", async () => {
  const planned = await plannedTrainings(augmentationCellsOf(experiment), data);
  const kinds = new Map(planned.map((each) => [each.key, each]));
  // The classifier and the generator.
  expect(kinds.size).toBe(2);
  for (const { open } of kinds.values()) {
    const before = tf.memory().numTensors;
    const probe = open();
    await probe.step();
    await probe.step();
    probe.dispose();
    expect(tf.memory().numTensors).toBe(before);
  }
});
