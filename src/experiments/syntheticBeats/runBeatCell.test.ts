import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import "../../neural/backend/registerGradients.ts";
import { beforeAll, describe, expect, test } from "vitest";
import {
  environmentFor,
  fast,
  outcomeOf,
  people,
  pgan,
  quiet,
  rowsIn,
  simGan,
  source,
} from "../../testing/beatCells.ts";
import { chosenBeats, countOfClass } from "./beatSets.ts";
import { type BeatCheckpoint, runBeatCell, setsOf } from "./runBeatCell.ts";
import type { BeatCell, BeatPhase } from "./specification.ts";

beforeAll(async () => {
  await tf.setBackend("wasm");
});

describe("a cell", () => {
  test("of SimGAN scores every beat of DS2, the same each time, and leaves no tensor behind", async () => {
    const before = tf.memory().numTensors;
    const { result, phases, weights } = await outcomeOf(simGan);
    const again = await outcomeOf(simGan);
    expect(again.result).toEqual(result);
    expect(again.weights).toEqual(weights);
    expect(tf.memory().numTensors).toBe(before);
    const { tested, counts } = result;
    expect(tested.origins.map(({ record }) => record)).toEqual(["x", "y"]);
    const size = tested.origins.reduce((sum, { count }) => sum + count, 0);
    expect([tested.probabilities.length, counts.test.positive + counts.test.negative]).toEqual([size, size]);
    expect(result.added).toBe(Math.round(0.5 * counts.train.positive));
    expect(phases).toEqual([
      "base preparing",
      "base training",
      "generator training",
      "added training",
      "added testing",
    ]);
  });

  test.each([
    ["SimGAN", simGan, 4],
    ["PGAN", pgan, 5],
  ] as const)(
    "of %s, stopped in each phase and resumed, ends with the same weights",
    async (_, cell, patience) => {
      const straight = await outcomeOf(cell);
      const { made } = await environmentFor(cell);
      let checkpoint: BeatCheckpoint | null = null;
      let outcome: Awaited<ReturnType<typeof runBeatCell>> = { end: "cancelled" };
      const stopped = new Set<BeatPhase>();
      for (let part = 0; outcome.end === "cancelled"; part++) {
        let asked = 0;
        const hooks = {
          stopped: () => asked++ > patience,
          onCheckpoint: async (each: BeatCheckpoint) => {
            checkpoint = structuredClone(each);
            stopped.add(each.phase);
          },
        };
        // Beats are made and scored in many batches: the end is allowed to take its time.
        const isLast = part > 30;
        outcome = await runBeatCell(cell, made, isLast ? { ...hooks, ...quiet } : hooks, checkpoint);
      }
      expect([...stopped]).toEqual(["base", "generator", "added"]);
      if (!("result" in outcome)) throw new Error(outcome.end);
      expect(outcome.weights).toEqual(straight.weights);
      expect(outcome.result.tested).toEqual(straight.result.tested);
    },
  );

  test("of SimGAN runs with its own classifier", async () => {
    const hyperparameters = { ...fast, epochs: 1, width: 0.125, depth: 2 };
    const classifier = { architecture: "beatResNet", hyperparameters };
    const { result } = await outcomeOf({ ...simGan, classifier, order: "union" });
    expect(result.tested.probabilities.every((each) => each > 0 && each < 1)).toBe(true);
    expect(result.best?.epoch).toBe(1);
  });

  test.each([simGan, pgan])("of a source with fewer beats has fewer on every side", (cell) => {
    const all = setsOf(cell, people);
    const few = setsOf({ ...cell, source: { ...source, mostPerRecord: { N: 4 } } }, people);
    for (const side of ["train", "validation", "test"] as const) {
      expect(countOfClass(all[side], "N")).toBeGreaterThan(4 * all[side].origins.length);
      // A patient that is tested has a part of a record.
      expect(countOfClass(few[side], "N")).toBeLessThanOrEqual(4 * few[side].origins.length);
      expect(countOfClass(few[side], "V")).toBe(countOfClass(all[side], "V"));
    }
  });

  test("shares the classifier of real beats and the generator with others", async () => {
    const { kept } = await outcomeOf(simGan);
    const environment = await environmentFor(simGan);
    for (const [address, arrays] of kept) environment.kept.set(address, arrays);
    const other = { ...simGan, ratio: 2 };
    const sharing = await outcomeOf(other, people, environment);
    expect(sharing.phases).toEqual(["base preparing", "added training", "added testing"]);
    expect(sharing.weights).toEqual((await outcomeOf(other)).weights);
  });

  test("adds what a generator gives in mV, and nothing but it to the real beats", async () => {
    const { seen, result } = await outcomeOf({ ...simGan, order: "union" });
    const real = rowsIn([setsOf(simGan, people).train.samples]);
    const inMillivolt = rowsIn(seen.sampled);
    expect(inMillivolt.size).toBe(result.added);
    const added = [...rowsIn(seen.trained)].filter((row) => !real.has(row));
    expect(added.length).toBeGreaterThan(0);
    for (const row of added) expect(inMillivolt.has(row)).toBe(true);
  });

  test.each(["noise", "oversampled"])("adds %s as a control, without a generator", async (generator) => {
    const cell = { ...simGan, added: { generator, hyperparameters: {}, iterations: 0 }, ratio: 1.5 };
    const { result, seen, phases } = await outcomeOf(cell);
    expect(result.added).toBe(Math.round(1.5 * result.counts.train.positive));
    expect(phases).not.toContain("generator training");
    const real = rowsIn([setsOf(cell, people).train.samples]);
    const strange = [...rowsIn(seen.trained)].filter((row) => !real.has(row));
    expect(strange.length > 0).toBe(generator === "noise");
  });

  test.each(["none", "personalisedLstm", "pgan"] as const)(
    "of PGAN's row %s tests the rest of the patient",
    async (method) => {
      const { result, seen } = await outcomeOf({ ...pgan, method, iterations: 1 });
      const rest = chosenBeats(people, ({ record }, time) => record === "x" && time >= 6);
      expect(result.tested.probabilities).toHaveLength(rest.count);
      expect(result.adaptation.used).toBe(
        { none: 0, personalisedLstm: result.adaptation.window, pgan: 3 }[method],
      );
      expect(result.added).toBe({ none: 0, personalisedLstm: result.adaptation.window, pgan: 12 }[method]);
      expect(seen.contexts.map(({ patientBeats }) => patientBeats?.length)).toEqual(
        method === "pgan" ? [3 * 216] : [],
      );
    },
  );
});

describe("training on without added beats", () => {
  test.each([
    [
      "SimGAN",
      { ...simGan, added: { generator: "continued", hyperparameters: {}, iterations: 0 }, ratio: 0 },
    ],
    ["PGAN", { ...pgan, method: "continued", hyperparameters: {}, iterations: 0, count: 0 }],
  ] as const)("of %s goes on from the network of real beats, on these alone", async (kind, cell) => {
    const { weights, result, seen } = await outcomeOf(cell as BeatCell);
    const nothing =
      kind === "SimGAN"
        ? { ...simGan, added: { generator: "none", hyperparameters: {}, iterations: 0 }, ratio: 0 }
        : { ...pgan, method: "none" as const, hyperparameters: {}, iterations: 0, count: 0 };
    const base = await outcomeOf(nothing);
    expect(weights).not.toEqual(base.weights);
    expect([result.added, result.diversity]).toEqual([0, null]);
    const real = rowsIn([setsOf(cell as BeatCell, people).train.samples]);
    for (const row of rowsIn(seen.trained)) expect(real.has(row)).toBe(true);
    // As many batches again.
    expect(seen.trained).toHaveLength(2 * base.seen.trained.length);
  });
});
