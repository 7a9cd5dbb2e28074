import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import "../../neural/backend/registerGradients.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { architectures } from "../../classifiers/index.ts";
import type { NamedArray } from "../../neural/training/weights.ts";
import { gaussianBeats } from "../../testing/gaussianBeats.ts";
import { smallLeague } from "../../testing/smallLeague.ts";
import type { RealSignals } from "../augmentationTransfer/signals.ts";
import { type Contestant, contestantNamed } from "./contestants.ts";
import { leagueCellsOf } from "./grid.ts";
import type { LeagueCheckpoint, LeagueEnvironment } from "./run.ts";
import { runLeagueCell } from "./runLeagueCell.ts";
import type { LeagueCell, LeagueResult } from "./specification.ts";

beforeAll(async () => {
  await tf.setBackend("wasm");
});

/** 20 patients with two normal beats and two upside down each, of the Gaussian simulator. */
const [patients, each] = [20, 4];
const count = patients * each;
const upright = gaussianBeats(count, 1);
const real: RealSignals = {
  signals: upright.map((value, at) => (Math.floor(at / 216) % 2 === 1 ? -value : value)),
  labels: Uint8Array.from({ length: count }, (_, row) => row % 2),
  patients: Array.from({ length: count }, (_, row) => `patient ${Math.floor(row / each)}`),
  count,
  length: 216,
};

const cells = leagueCellsOf(smallLeague);
const cellOf = (generator: string): LeagueCell => {
  const found = cells.find(({ contestant }) => contestant.generator === generator);
  if (found === undefined) throw new Error(generator);
  return found;
};

/** One beat of each class for ever. */
const collapsed: Contestant = {
  kind: "plain",
  title: "Collapsed",
  says: "",
  async draw(learned, classes, perClass) {
    const rows = classes.flatMap((_, label) => Array<number>(perClass).fill(learned.labels.indexOf(label)));
    const signals = new Float32Array(rows.length * 216);
    for (const [at, row] of rows.entries()) {
      signals.set(learned.signals.subarray(row * 216, (row + 1) * 216), at * 216);
    }
    const labels = Uint8Array.from(rows, (row) => learned.labels[row]);
    return { signals, labels, count: rows.length, length: 216 };
  },
};

async function environment(
  contestant: Contestant | null = null,
  kept = new Map<string, readonly NamedArray[]>(),
): Promise<LeagueEnvironment> {
  return {
    classifier: await architectures.dilatedCnn(),
    contestant: async (name) => contestant ?? contestantNamed(name),
    signals: async () => real,
    shared: async (address) => kept.get(address) ?? null,
    keepShared: async (address, arrays) => {
      kept.set(address, arrays);
    },
  };
}

const quiet = { stopped: () => false };

async function resultOf(cell: LeagueCell, own: LeagueEnvironment): Promise<LeagueResult> {
  const outcome = await runLeagueCell(cell, own, quiet);
  if (!("result" in outcome)) throw new Error(outcome.end);
  return outcome.result;
}

const shared = new Map<string, readonly NamedArray[]>();
const known = new Map<string, LeagueResult>();

/** The result of a contestant, computed once for all tests. */
async function knownResult(generator: string): Promise<LeagueResult> {
  const result = known.get(generator) ?? (await resultOf(cellOf(generator), await environment(null, shared)));
  known.set(generator, result);
  return result;
}

const withoutCost = ({ cost: { parameters }, ...rest }: LeagueResult) => ({ ...rest, parameters });

describe("a cell", () => {
  test("of a generator is the same twice, but for its times, and leaves nothing on the device", async () => {
    const cell = cellOf("vanillaGan");
    const before = tf.memory().numTensors;
    const one = await knownResult("vanillaGan");
    expect(tf.memory().numTensors).toBe(before);
    const other = await resultOf(cell, await environment());
    expect(withoutCost(other)).toEqual(withoutCost(one));
    expect(one.cost.trainingSeconds).toBeGreaterThan(0);
    expect(one.cost.beatMilliseconds).toBeGreaterThan(0);
    expect(one.cost.parameters).toBeGreaterThan(100);
    expect(one.scores.both).toHaveLength(2 * one.scores.labels.length);
    expect(new Set(one.scores.patients).size).toBe(one.counts.testPatients);
  });

  test("stopped anywhere and resumed, ends with the same result", async () => {
    const cell = cellOf("vanillaGan");
    const whole = withoutCost(await knownResult("vanillaGan"));
    const own = await environment();
    let from: LeagueCheckpoint | null = null;
    const reached = new Set<string>();
    for (let stop = 0; stop < 40; stop++) {
      let asked = 0;
      let now = "";
      const outcome = await runLeagueCell(
        cell,
        own,
        {
          // Measuring begins anew, so that it is stopped once only.
          stopped: () => ++asked > 4 && !(now === "closeness" && reached.has("measured")),
          onActivity({ phase }) {
            if (phase === "closeness" && reached.has(phase)) reached.add("measured");
            reached.add(phase);
            now = phase;
          },
          onCheckpoint: async (checkpoint) => {
            from = checkpoint as LeagueCheckpoint;
          },
        },
        from,
      );
      if (!("result" in outcome)) continue;
      expect(withoutCost(outcome.result)).toEqual(whole);
      expect(reached).toEqual(new Set(["generator", "base", "added", "alone", "closeness", "measured"]));
      return;
    }
    throw new Error("it never ended");
  });

  test("the planted copier is found, real patients' distance is its own, and noise is far", async () => {
    const copier = await knownResult("copier");
    const again = await knownResult("real");
    const noise = await knownResult("spectralNoise");
    expect(copier.privacy.isMemorising).toBe(true);
    expect(copier.privacy.copies.value).toBeGreaterThan(0.9);
    expect(noise.privacy.isMemorising).toBe(false);
    for (const beatClass of ["N", "V"]) {
      const [near, far] = [again, noise].map(({ closeness }) => closeness[beatClass]);
      expect(near.gaussianDiscrepancy?.value).toBeLessThan(far.gaussianDiscrepancy?.value ?? 0);
      expect(near.frechetOfFeatures?.value).toBeLessThan(far.frechetOfFeatures?.value ?? 0);
    }
    // Real beats alone are trained once for all contestants of a run.
    expect(copier.scores.real).toEqual(noise.scores.real);
  });

  test("a collapsed generator is told by coverage, not by the check for copies alone", async () => {
    const found = await resultOf(cellOf("vanillaGan"), await environment(collapsed));
    const again = await knownResult("real");
    for (const beatClass of ["N", "V"]) {
      const [poor, rich] = [found, again].map(({ closeness }) => closeness[beatClass].coverage);
      expect(poor?.interval?.high).toBeLessThan(rich?.interval?.low ?? 0);
    }
  });

  test("the Gaussian simulator makes as many beats of each class as asked, others with another seed", async () => {
    const gaussian = await contestantNamed("gaussian");
    if (gaussian.kind !== "plain") throw new Error(gaussian.kind);
    const [one, same, other] = await Promise.all(
      [1, 1, 2].map((seed) => gaussian.draw(real, ["N", "V"], 5, seed)),
    );
    expect([...one.labels]).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
    expect(one.signals).toHaveLength(10 * 216);
    expect(same).toEqual(one);
    expect(other.signals).not.toEqual(one.signals);
    // R stands where cut beats have it.
    const [first] = [one.signals.subarray(0, 216)];
    expect(Math.abs(first.indexOf(Math.max(...first)) - 72)).toBeLessThanOrEqual(3);
  });
});
