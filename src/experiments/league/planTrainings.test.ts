import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import "../../neural/backend/registerGradients.ts";
import { beforeAll, expect, test } from "vitest";
import { architectures } from "../../classifiers/index.ts";
import type { NamedArray } from "../../neural/training/weights.ts";
import { gaussianBeats } from "../../testing/gaussianBeats.ts";
import { smallLeague } from "../../testing/smallLeague.ts";
import type { RealSignals } from "../augmentationTransfer/signals.ts";
import type { ExperimentData } from "../protocol.ts";
import { beatsAddress, logitsAddress } from "./addresses.ts";
import { contestantNamed } from "./contestants.ts";
import { leagueCellsOf } from "./grid.ts";
import { plannedTrainings } from "./planTrainings.ts";
import type { LeaguePhase } from "./run.ts";
import { runLeagueCell } from "./runLeagueCell.ts";
import type { LeagueExperiment } from "./specification.ts";

beforeAll(async () => {
  await tf.setBackend("wasm");
});

const count = 80;
const real: RealSignals = {
  signals: gaussianBeats(count, 1),
  labels: Uint8Array.from({ length: count }, (_, row) => row % 2),
  patients: Array.from({ length: count }, (_, row) => `patient ${Math.floor(row / 4)}`),
  count,
  length: 216,
};
const data = { labelledSignals: async () => real } as unknown as ExperimentData;

const experiment: LeagueExperiment = {
  ...smallLeague,
  beatsPerClass: 20,
  generators: [
    { generator: "vanillaGan", hyperparameters: { batchSize: 4 }, iterations: 3 },
    {
      generator: "ecgGan",
      hyperparameters: { batchSize: 4, generatorWidth: "4", discriminatorWidth: "4" },
      iterations: 2,
    },
  ],
};
const cells = leagueCellsOf(experiment);

test("every step that a cell takes was planned, and little more", async () => {
  const stepsAt = new Map(
    (await plannedTrainings(cells, data)).map(({ address, steps }) => [address, steps]),
  );
  const cell = cells.find(({ contestant }) => contestant.generator === "ecgGan");
  if (cell === undefined) throw new Error("no such cell");
  const kept = new Map<string, readonly NamedArray[]>();
  const taken = new Map<string, number>();
  const add = (phase: string, total: number) => taken.set(phase, total + (taken.get(phase) ?? 0));
  const environment = {
    classifier: await architectures.dilatedCnn(),
    contestant: contestantNamed,
    signals: async () => real,
    shared: async (address: string) => kept.get(address) ?? null,
    keepShared: async (address: string, arrays: readonly NamedArray[]) => {
      kept.set(address, arrays);
    },
  };
  await runLeagueCell(cell, environment, {
    stopped: () => false,
    onPlan: (phase, { total }) => add(phase, total),
  });
  const addresses: Readonly<Partial<Record<LeaguePhase, string>>> = {
    // It learns one class at a time.
    generator: await beatsAddress(cell),
    base: await logitsAddress(cell, "base"),
    added: await logitsAddress(cell, "added"),
    alone: await logitsAddress(cell, "alone"),
  };
  for (const [phase, address] of Object.entries(addresses)) {
    const told = stepsAt.get(address) ?? 0;
    const steps = taken.get(phase) ?? Number.NaN;
    expect(told).toBeGreaterThanOrEqual(steps);
    // Looks at validation and test beats, and beats that are drawn, are counted as a third of a step for each batch.
    expect(told).toBeLessThan(phase === "generator" ? steps + 4 : 2.5 * steps);
  }
  // What a cell leaves to others was planned.
  for (const address of kept.keys()) expect(stepsAt.has(address)).toBe(true);
});

test("references train nothing to draw, and what is planned can be timed", async () => {
  const planned = await plannedTrainings(cells, data);
  const drawn = await Promise.all(cells.map(beatsAddress));
  const trained = planned.filter(({ address }) => drawn.includes(address));
  expect(trained).toHaveLength(experiment.generators.length);
  const kinds = new Map(planned.map((each) => [each.key, each]));
  // Two generators, the classifier, the network of features and the one that tells beats apart.
  expect(kinds.size).toBe(5);
  for (const { open } of kinds.values()) {
    const before = tf.memory().numTensors;
    const probe = open();
    await probe.step();
    probe.dispose();
    expect(tf.memory().numTensors).toBe(before);
  }
});
