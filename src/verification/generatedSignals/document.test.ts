import { expect, test } from "vitest";
import { joinBeats } from "../../experiments/syntheticBeats/beatSets.ts";
import type { Measured } from "../generatedBeats/judgement.ts";
import { type BeatSource, rowsOf } from "../generatedBeats/sources.ts";
import { claimsOf, sectionOf, titlesOf } from "./document.ts";
import { figuresOf } from "./drawing.ts";
import type { BeatForm, NoiseComparison, SignalJudgement } from "./measuring.ts";
import { cellsOf } from "./plan.ts";
import type { SignalSourceResult } from "./results.ts";

const measured = (value: number, spread = 0.1): Measured => ({
  value,
  interval: { low: value - spread, high: value + spread },
});
const formWith = (tHeight: number): BeatForm => {
  const around = (median: number) => ({ lower: median - 1, median, upper: median + 1, found: 1 });
  return { rHeight: around(1.5), qrs: around(90), tHeight: around(tHeight) };
};

interface Change {
  readonly share?: Measured;
  /** By features and by samples. */
  readonly coverage?: readonly [number, number];
  readonly tHeight?: number;
}

/** Results in which everything is as good as told, but for the class V of one model. */
function resultWith(bad: string, change: Change): SignalSourceResult {
  const beats = rowsOf(Float32Array.from({ length: 6 * 216 }, (_, at) => Math.sin(at / 20)));
  const ofClass = { training: beats, heldOut: beats, later: beats };
  const set = joinBeats([]);
  const source: BeatSource = {
    key: "real",
    title: "A source",
    words: "Two people",
    classes: { N: ofClass, V: ofClass },
    window: set,
    others: set,
  };
  const judged = ({
    share = measured(0.2),
    coverage = [0.9, 0.8],
    tHeight = 0.3,
  }: Change): SignalJudgement => {
    const comparison: NoiseComparison = { made: measured(1), noise: measured(5), share };
    return {
      form: formWith(tHeight),
      distances: { frechet: comparison, discrepancy: comparison },
      coverage: { features: measured(coverage[0]), samples: measured(coverage[1]) },
      diversity: measured(1),
    };
  };
  const real = {
    form: formWith(0.3),
    floor: { frechet: measured(0.1), discrepancy: measured(0.01) },
    coverage: { features: measured(0.97), samples: measured(0.98) },
    diversity: measured(1),
  };
  const lost = { lower: 0.01, median: 0.02, upper: 0.03, lost: 0.005 };
  return {
    source,
    real: { N: real, V: real },
    results: cellsOf("real").map((cell) => ({
      cell,
      outcome: {
        made: { N: beats.values, V: beats.values },
        back: null,
        curves: { denoisingLoss: [1, 0.5], reconstructionLoss: [1, 0.1], lowPriorLoss: [4, 2] },
      },
      judgements: { N: judged({}), V: judged(cell.model === bad ? change : {}) },
      reconstruction: cell.model === "timeVqVae" ? { N: lost, V: lost } : null,
    })),
    open: 0,
  };
}

const broken = async (change: Change) =>
  claimsOf(resultWith("timeDiffusion", change), await titlesOf())
    .filter(({ holds }) => !holds)
    .map(({ promise }) => promise);

test("a claim fails where one class fails, and no other", async () => {
  expect(await broken({})).toEqual([]);
  expect(await broken({ coverage: [0.49, 0.6] })).toEqual([
    expect.stringMatching(/^Time-Diffusion, A source: at least half .* features$/),
  ]);
  // By samples it is shown, not promised: it falls with the number of beats that are compared.
  expect(await broken({ coverage: [0.6, 0.1] })).toEqual([]);
  // Below a half itself, but not the whole interval.
  expect(await broken({ share: measured(0.45) })).toEqual([expect.stringMatching(/less than half/)]);
  // Between the quartiles of what was learned from, but upside down.
  expect(await broken({ tHeight: -0.2 })).toEqual([expect.stringMatching(/R, QRS width and T/)]);
  expect(await broken({ tHeight: 1.4 })).toEqual([expect.stringMatching(/R, QRS width and T/)]);
});

test("the document shows each class, what the codes lose and what is not yet computed", async () => {
  const titles = await titlesOf();
  const result = resultWith("", {});
  const text = sectionOf({ ...result, results: result.results.slice(2), open: 2 }, titles);
  expect(text).toContain("0.020 [0.010, 0.030]");
  expect(text).toContain("**Not yet computed: 2 of 3 trainings**");
  const figures = figuresOf([result], titles);
  for (const name of text.matchAll(/\((generated-signals-[^)]+)\)/g)) expect(figures).toHaveProperty(name[1]);
  expect(figures["generated-signals-real-v.svg"]).toContain("synthetic");
  // The same numbers, the same bytes.
  expect(figuresOf([resultWith("", {})], titles)).toEqual(figures);
});
