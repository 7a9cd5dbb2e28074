import { expect, test } from "vitest";
import { joinBeats } from "../../experiments/syntheticBeats/beatSets.ts";
import { claimsOf, sectionOf, titlesOf } from "./document.ts";
import type { Measured } from "./judgement.ts";
import { cellsOf, provenGenerators } from "./plan.ts";
import type { CellResult, RealResult, SourceResult } from "./results.ts";
import { simulatorWaves } from "./simulatorAlone.ts";
import { type BeatSource, rowsOf, taken } from "./sources.ts";

const measured = (value: number): Measured => ({ value, interval: { low: 0.9 * value, high: 1.1 * value } });
const distance = (value: number) => ({
  trained: measured(value),
  untrained: measured(1),
  share: measured(value),
});

/** Results in which everything is as good as told, but for one generator. */
function results(bad: string, how: { readonly share: number; readonly diversity: number }): SourceResult {
  const rows = rowsOf(new Float32Array(2 * 216));
  const beats = { training: rows, heldOut: rows, later: rows };
  const set = joinBeats([]);
  const source: BeatSource = {
    key: "real",
    title: "A source",
    words: "Two people",
    classes: { N: beats, V: beats },
    window: set,
    others: set,
  };
  const traits = { roughness: 1, residual: 0.2, waves: 0.5 };
  const both = { frechet: measured(0.1), discrepancy: measured(0.01) };
  const redrawn = { like: both, any: { frechet: measured(3), discrepancy: measured(0.2) } };
  const real = { floor: both, redrawn, diversity: measured(1), traits, toPatient: both };
  const cells = cellsOf("real").map((cell): CellResult => {
    const { share, diversity } = cell.generator === bad ? how : { share: 0.2, diversity: 0.8 };
    return {
      cell,
      outcome: {
        untrained: rows.values,
        trained: rows.values,
        scaled: rows.values,
        curves: { realAccuracy: [1], fakeAccuracy: [0.5], waveLoss: [9, 2] },
      },
      judgement: { frechet: distance(share), discrepancy: distance(share) },
      diversity: measured(diversity),
      traits,
      toPatient: both,
    };
  });
  const alone = simulatorWaves.map((waves) => ({
    waves,
    beats: rows.values,
    distances: both,
    diversity: measured(0.2),
    traits,
    toPatient: both,
  }));
  const shared = {
    source,
    recognised: { N: 0.9, V: 0.8 },
    foundRight: { N: 1, V: 0.5 },
    real: { N: real, V: real },
  };
  return { ...shared, simulated: { N: alone, V: alone }, cells, open: 0 };
}

test("a claim holds where a quarter or less is left, and where beats differ half as much as real ones or more", async () => {
  const titles = await titlesOf();
  const failing = (share: number, diversity: number) =>
    claimsOf(results("dcgan", { share, diversity }), titles)
      .filter(({ holds }) => !holds)
      .map(({ promise }) => promise);
  expect(failing(0.25, 0.5)).toEqual([]);
  expect(failing(0.26, 0.5)).toEqual([expect.stringMatching(/^DCGAN, A source: at most a quarter/)]);
  expect(failing(0.2, 0.49)).toEqual([expect.stringMatching(/^DCGAN, A source: beats differ/)]);
});

test("a section has a row for every generator of the plan, the simulator and the floor, twice", async () => {
  const text = sectionOf(results("", { share: 0, diversity: 0 }), await titlesOf());
  const rows = text.split("\n").filter((line) => /^\| (?!---| {1,2}\|)/.test(line));
  const planned = 2 * provenGenerators.length;
  expect(rows.filter((line) => line.startsWith("| floor"))).toHaveLength(4);
  expect(rows.filter((line) => line.startsWith("| simulator alone"))).toHaveLength(4 * simulatorWaves.length);
  expect(rows.length).toBeGreaterThanOrEqual(2 * planned + 4);
  expect(text).not.toMatch(/NaN|undefined/);
});

test("what is not yet computed is told, and no claim is made of it", async () => {
  const titles = await titlesOf();
  const all = results("", { share: 0, diversity: 0 });
  const cells = all.cells.filter(({ cell }) => cell.generator === "dcgan" && cell.beatClass === "V");
  const part = {
    ...all,
    cells,
    real: { V: all.real.V as RealResult },
    open: all.cells.length - cells.length,
  };
  const claims = claimsOf(part, titles);
  expect(claims.map(({ holds }) => holds)).toEqual([true, true, false]);
  expect(claims[2].measured).toBe(`${cells.length} of ${all.cells.length}`);
  const text = sectionOf(part, titles);
  expect(text).toContain(`Not yet computed: ${part.open} trainings`);
  expect(text).not.toMatch(/Class N|Against DCGAN|NaN|undefined/);
});

test("rows are taken from a place on, or what there is of them", () => {
  const rows = { values: Float32Array.of(1, 2, 3, 4, 5, 6), count: 3, length: 2 };
  expect(taken(rows, 1, 1)).toEqual({ values: Float32Array.of(3, 4), count: 1, length: 2 });
  expect(taken(rows, 2, 5)).toEqual({ values: Float32Array.of(5, 6), count: 1, length: 2 });
});
