import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import "../../neural/backend/registerGradients.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { architectures } from "../../classifiers/index.ts";
import type { CellSpecification } from "../../domain/experiment.ts";
import type { Values } from "../../domain/schema.ts";
import type { NamedArray } from "../../neural/training/weights.ts";
import { cellAddress } from "../cell.ts";
import { type CellEnvironment, type RealRecord, runCell } from "./runCell.ts";
import { limitPositives, splitRecords } from "./splits.ts";
import { syntheticSamples } from "./synthetic.ts";
import { labelOf, normal, tasks } from "./tasks.ts";

beforeAll(async () => {
  await tf.setBackend("wasm");
});

const cell: CellSpecification = {
  kind: "Real, Syn, Syn→Real",
  task: "af",
  architecture: "lstm",
  hyperparameters: {
    chunkLength: "20",
    recurrentUnits: "16",
    recurrentDepth: 1,
    backboneWidth: "16",
    learningRate: 5e-3,
    batchSize: 16,
    epochs: 8,
    evaluateEvery: 2,
  },
  setting: "synthetic",
  split: 1,
  positives: null,
  form: { samplingFrequency: 100, duration: 5, lead: "II" },
  synthetic: { preset: "clinical", perClass: 40, validationPerClass: 20, testPerClass: 20 },
  real: null,
  seed: 3,
};

/** "Real" recordings that the simulator made, with patients of three records each. */
function pretendRecords(count: number): RealRecord[] {
  return Array.from({ length: count }, (_, index) => ({
    hash: `record ${String(index).padStart(4, "0")}`,
    name: `r${index}`,
    patient: `patient ${Math.floor(index / 6)} ${index % 2}`,
    label: index % 2 === 1 ? 1 : 0,
  }));
}

async function environment(records: RealRecord[] = []) {
  const kept = new Map<string, readonly NamedArray[]>();
  const asked: string[] = [];
  const made: CellEnvironment = {
    architecture: await architectures.lstm(),
    realRecords: async () => records,
    async realSignals(wanted) {
      const length = cell.form.duration * cell.form.samplingFrequency;
      const signals = new Float32Array(wanted.length * length);
      wanted.forEach(({ name, label }, row) => {
        const rhythm = label === 1 ? "af" : normal.rhythm;
        const seed = 77_000 + Number(name.slice(1));
        signals.set(
          syntheticSamples({ kind: "synthetic", rhythm, preset: "author", seed }, cell.form),
          row * length,
        );
      });
      return { signals, labels: Uint8Array.from(wanted, ({ label }) => label), count: wanted.length, length };
    },
    async pretrained(address) {
      asked.push(address);
      return kept.get(address) ?? null;
    },
    async keepPretrained(address, weights) {
      kept.set(address, weights);
    },
  };
  return { made, kept, asked };
}

const quiet = { stopped: () => false };

describe("a cell", () => {
  test("that is synthetic throughout gives a probability for every test recording, the same each time", async () => {
    const before = tf.memory().numTensors;
    const outcomes = await Promise.all([runCell(cell, (await environment()).made, quiet)]);
    const again = await runCell(cell, (await environment()).made, quiet);
    const [first] = outcomes;
    if (first.end === "cancelled" || first.end === "diverged" || !("result" in again))
      throw new Error(first.end);
    expect(first.result.probabilities).toHaveLength(40);
    expect(first.result.counts.train).toEqual({ positive: 40, negative: 40 });
    expect(again.result.probabilities).toEqual(first.result.probabilities);
    expect(tf.memory().numTensors).toBe(before);
  });

  test("stopped in each phase and resumed, ends with the same probabilities", async () => {
    const records = pretendRecords(60);
    const real = {
      name: "pretended",
      members: records.map(({ hash }) => hash),
      byPatient: true,
      testShare: 0.2,
      validationShare: 0.2,
    };
    const both = { ...cell, setting: "syntheticToReal", real } as const;
    const straight = await runCell(both, (await environment(records)).made, quiet);
    const { made } = await environment(records);
    let checkpoint: Parameters<typeof runCell>[3] = null;
    let outcome: Awaited<ReturnType<typeof runCell>> = { end: "cancelled" };
    const phases = new Set<string>();
    for (let part = 0; outcome.end === "cancelled"; part++) {
      let asked = 0;
      outcome = await runCell(
        both,
        made,
        {
          // Preparing asks too: enough to get some steps further each time.
          stopped: () => asked++ > 24,
          onCheckpoint: async (each) => {
            checkpoint = structuredClone(each) as typeof each;
            phases.add(each.phase);
          },
        },
        checkpoint,
      );
      if (part > 60) throw new Error("it does not get on");
    }
    expect([...phases]).toEqual(["synthetic", "real"]);
    if (!("result" in straight) || !("result" in outcome)) throw new Error("no result");
    expect(outcome.result.probabilities).toEqual(straight.result.probabilities);
  });

  test("takes the synthetic phase from another cell that has trained it", async () => {
    const records = pretendRecords(60);
    const real = { name: "", members: [], byPatient: false, testShare: 0.2, validationShare: 0.2 };
    const { made, kept } = await environment(records);
    await runCell({ ...cell, real }, made, quiet);
    expect(kept.size).toBe(1);
    const phases: string[] = [];
    await runCell({ ...cell, setting: "syntheticToReal", real, positives: 5 }, made, {
      ...quiet,
      onActivity: ({ phase, doing }) => phases.push(`${phase} ${doing}`),
    });
    expect(phases).toEqual(["real preparing", "real training", "real testing"]);
  });

  test("of records that lack a class says so", async () => {
    const records = pretendRecords(60).filter(({ label }) => label === 0);
    const real = { name: "", members: [], byPatient: false, testShare: 0.2, validationShare: 0.2 };
    const { made } = await environment(records);
    await expect(runCell({ ...cell, setting: "real", real }, made, quiet)).rejects.toMatchObject({
      code: "too-few-records",
    });
  });
});

describe("the address of a cell", () => {
  test("does not depend on what its setting does not use, nor on the order of keys", async () => {
    const real = { name: "", members: ["a"], byPatient: true, testShare: 0.2, validationShare: 0.2 };
    const more = { ...cell.synthetic, perClass: 9 };
    const onReal = { ...cell, setting: "real", real } as const;
    const address = await cellAddress(onReal);
    expect(await cellAddress({ ...onReal, synthetic: more })).toBe(address);
    expect(await cellAddress(Object.fromEntries(Object.entries(onReal).reverse()) as typeof onReal)).toBe(
      address,
    );
    expect(await cellAddress({ ...onReal, positives: 3 })).not.toBe(address);
    const trained = (changes: Values) =>
      cellAddress({ ...onReal, hyperparameters: { ...onReal.hyperparameters, ...changes } });
    expect(await trained({ weightDecay: 0, leastGain: 0 })).toBe(address);
    expect(await trained({ weightDecay: 0.01 })).not.toBe(address);
    expect(await trained({ leastGain: 1e-5 })).not.toBe(address);
    expect(await cellAddress({ ...cell, synthetic: more })).not.toBe(await cellAddress(cell));
    expect(await cellAddress({ ...cell, positives: 3 })).toBe(await cellAddress(cell));
  });
});

describe("splits", () => {
  const records = pretendRecords(300);
  const options = { byPatient: true, testShare: 0.2, validationShare: 0.2, testSeed: 123 };

  test("share the test set, and by patient never part a patient", () => {
    const splits = [1, 2, 3, 4, 5, 6].map((split) => splitRecords(records, { ...options, split }));
    for (const { train, validation, test } of splits) {
      expect(test).toEqual(splits[0].test);
      expect(train.length + validation.length + test.length).toBe(300);
      const patients = [train, validation, test].map((side) => new Set(side.map(({ patient }) => patient)));
      const all = patients.flatMap((side) => [...side]);
      expect(new Set(all).size).toBe(all.length);
      for (const label of [0, 1]) {
        expect(test.filter((each) => each.label === label).length).toBeCloseTo(30, -1);
      }
    }
    expect(splits[0].validation).not.toEqual(splits[1].validation);
  });

  test("of a class of few patients with many records each give every side one of them", () => {
    const rare = [3, 2, 2].flatMap((count, patient) =>
      Array.from({ length: count }, (_, index) => ({
        hash: `rare ${patient} ${index}`,
        name: "",
        patient: `p${patient}`,
        label: 1 as const,
      })),
    );
    const normals = records.filter(({ label }) => label === 0);
    for (const split of [1, 2, 3]) {
      const sides = splitRecords([...rare, ...normals], { ...options, split });
      for (const side of [sides.train, sides.validation, sides.test]) {
        expect(new Set(side.filter(({ label }) => label === 1).map(({ patient }) => patient)).size).toBe(1);
      }
    }
  });

  test("by record hold the numbers of the paper: ⌈20 %⌉, then ⌈20 %⌉ of the rest, class by class", () => {
    const { train, validation, test } = splitRecords(records, { ...options, byPatient: false, split: 1 });
    const sizes = [test, validation, train].map((side) => side.filter(({ label }) => label === 1).length);
    expect(sizes).toEqual([30, 24, 96]);
  });

  test("limited positives are drawn without replacement, and all normal ones stay", () => {
    const limited = limitPositives(records, 25, 1);
    expect(limited.filter(({ label }) => label === 1)).toHaveLength(25);
    expect(limited.filter(({ label }) => label === 0)).toHaveLength(150);
    expect(limitPositives(records, 1000, 1)).toEqual(records);
    expect(limitPositives(records, 25, 2)).not.toEqual(limited);
  });
});

describe("labels of PTB-XL", () => {
  const record = (likelihoods: Record<string, number>) => ({ labels: Object.keys(likelihoods), likelihoods });
  test("count at the likelihood that the authors ask for", () => {
    // Rhythm statements usually carry likelihood 0; AFIB counts at any.
    expect(labelOf(record({ AFIB: 0 }), tasks.af)).toBe(1);
    expect(labelOf(record({ AFLT: 50 }), tasks.aflt)).toBe(null);
    expect(labelOf(record({ AFLT: 100 }), tasks.aflt)).toBe(1);
    expect(labelOf(record({ NORM: 100, SR: 0 }), tasks.aflt)).toBe(0);
    expect(labelOf(record({ NORM: 80 }), tasks.aflt)).toBe(null);
    expect(labelOf(record({ NORM: 100, PVC: 15 }), tasks.pvc)).toBe(null);
    expect(labelOf(record({ NORM: 100, PVC: 15 }), tasks.af)).toBe(0);
    expect(labelOf(record({ LVH: 100 }), tasks.af)).toBe(null);
  });
});
