import { describe, expect, test } from "vitest";
import { createRandom } from "../../signal/random.ts";
import type { SearchSpace, SearchValues } from "./distributions.ts";
import { contains, drawValue, fromInternal, toInternal } from "./distributions.ts";
import { defaultPrunerSettings, shouldPrune } from "./medianPruner.ts";
import { normalMass } from "./normalDistribution.ts";
import { bandwidths, observationWeights, parzenEstimator } from "./parzenEstimator.ts";
import { beginSearch, bestTrial, finishTrial, nextTrial, runSearch, type SearchState } from "./search.ts";
import { searchSpaceOf } from "./space.ts";
import { goodCount, splitTrials, suggest } from "./treeParzenEstimator.ts";
import type { Report, Trial } from "./trial.ts";

const space: SearchSpace = {
  rate: { kind: "logUniform", low: 1e-5, high: 1e-1 },
  share: { kind: "uniform", low: 0, high: 0.5 },
  layers: { kind: "integer", low: 1, high: 4 },
  units: { kind: "ordered", values: ["16", "32", "64", "128"] },
  pooling: { kind: "choice", values: ["mean", "last"] },
};

describe("distributions", () => {
  test("give values that they hold, and find their place again", () => {
    const random = createRandom(1);
    for (const distribution of Object.values(space)) {
      for (let draw = 0; draw < 200; draw++) {
        const value = drawValue(distribution, random);
        expect(contains(distribution, value)).toBe(true);
        const again = fromInternal(distribution, toInternal(distribution, value));
        if (typeof value === "number") expect(again as number).toBeCloseTo(value, 12);
        else expect(again).toBe(value);
      }
    }
  });

  test("whole numbers and options are each as likely, the ends among them", () => {
    const random = createRandom(2);
    const counts = new Map<unknown, number>();
    for (let draw = 0; draw < 4000; draw++) {
      const value = drawValue(space.layers, random);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual([1, 2, 3, 4]);
    // 1000 each; 5 standard deviations of a binomial are 137.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(137);
  });

  test("the logarithm of a rate is uniform: its median is the geometric mean of the limits", () => {
    const random = createRandom(3);
    const below = Array.from({ length: 4000 }, () => Number(drawValue(space.rate, random)) < 1e-3);
    expect(Math.abs(below.filter(Boolean).length - 2000)).toBeLessThan(160);
  });
});

test("the normal distribution's mass is that of published tables", () => {
  // Abramowitz & Stegun, table 26.1
  expect(normalMass(-1, 1)).toBeCloseTo(0.682689492137086, 13);
  expect(normalMass(-1.96, 1.96)).toBeCloseTo(0.9500042097035593, 13);
  expect(normalMass(3, Number.POSITIVE_INFINITY) / 1.349898031630094e-3).toBeCloseTo(1, 10);
  expect(normalMass(6, Number.POSITIVE_INFINITY) / 9.865876450376946e-10).toBeCloseTo(1, 8);
});

describe("the Parzen estimator", () => {
  const axis = { kind: "axis", low: 0, high: 1, step: 0 } as const;

  test("old observations weigh less, the latest 25 fully", () => {
    const weights = observationWeights(30);
    expect(weights.slice(5)).toEqual(new Array(25).fill(1));
    expect(weights[0]).toBeCloseTo(1 / 30, 15);
    // Linear from 1/30 to 1 over five: steps of (1 − 1/30) / 4
    expect(weights[1]).toBeCloseTo(1 / 30 + 29 / 30 / 4, 15);
  });

  test("the bandwidth is the larger distance to a neighbour, by hand", () => {
    // Sorted with the prior's centre 0.5: 0.2, 0.3, 0.5, 0.9. Three kernels and the prior: at least 1/5.
    expect(bandwidths(axis, [0.9, 0.2, 0.3])).toEqual([
      expect.closeTo(0.4, 12),
      expect.closeTo(0.2, 12),
      expect.closeTo(0.2, 12),
    ]);
  });

  test("its density integrates to 1, and its probabilities sum to 1", () => {
    const density = parzenEstimator(axis, [0.1, 0.15, 0.8]);
    let integral = 0;
    for (let k = 0; k < 10_000; k++) integral += Math.exp(density.logDensity((k + 0.5) / 10_000)) / 10_000;
    expect(integral).toBeCloseTo(1, 6);
    const places = parzenEstimator({ kind: "places", count: 3 }, [0, 0, 2]);
    expect([0, 1, 2].reduce((sum, place) => sum + Math.exp(places.logDensity(place)), 0)).toBeCloseTo(1, 12);
    const whole = parzenEstimator({ kind: "axis", low: 0.5, high: 4.5, step: 1 }, [1, 2, 2]);
    expect([1, 2, 3, 4].reduce((sum, place) => sum + Math.exp(whole.logDensity(place)), 0)).toBeCloseTo(
      1,
      10,
    );
  });

  test("the probabilities of places, by hand", () => {
    // Kernels: places 0 and 1 and the prior, each a third. Smoothing 1/3: (1 + 1/3) / (1 + 3/3) = 2/3 and 1/6 elsewhere.
    const places = parzenEstimator({ kind: "places", count: 3 }, [0, 1]);
    const expected = [(2 / 3 + 1 / 6 + 1 / 3) / 3, (1 / 6 + 2 / 3 + 1 / 3) / 3, (1 / 6 + 1 / 6 + 1 / 3) / 3];
    expected.forEach((probability, place) => {
      expect(Math.exp(places.logDensity(place))).toBeCloseTo(probability, 12);
    });
  });
});

const trial = (value: number, values: SearchValues = {}): Trial => ({
  values,
  reports: [],
  outcome: "complete",
  value,
});

describe("the tree-structured Parzen estimator", () => {
  test("a tenth of the trials is good, rounded up, 25 at most", () => {
    expect([1, 10, 11, 100, 1000].map(goodCount)).toEqual([1, 1, 2, 10, 25]);
  });

  test("pruned trials stand behind complete ones, the furthest first; failed ones nowhere", () => {
    const pruned = (step: number, value: number): Trial => ({
      values: {},
      reports: [{ step, value }],
      outcome: "pruned",
    });
    const failed: Trial = { values: {}, reports: [], outcome: "failed", reason: "" };
    const trials = [trial(2), pruned(5, 9), pruned(10, 9), pruned(10, 3), failed, trial(1)];
    expect(splitTrials(trials, 1).good).toEqual([trials[5]]);
    expect(splitTrials(trials, 3).good).toEqual([trials[0], trials[3], trials[5]]);
    expect(splitTrials(trials, 3).others).toEqual([trials[1], trials[2]]);
  });

  test("the same history gives the same values, another seed others", () => {
    const trials = Array.from({ length: 15 }, (_, index) => trial(index, suggest(space, [], index)));
    expect(suggest(space, trials, 5)).toEqual(suggest(space, trials, 5));
    expect(suggest(space, trials, 6)).not.toEqual(suggest(space, trials, 5));
  });

  test("finds a lowland better than chance does with as many trials", async () => {
    const objective = ({ rate, share, layers, units, pooling }: SearchValues) =>
      (Math.log10(Number(rate)) + 3) ** 2 +
      (8 * (Number(share) - 0.1)) ** 2 +
      (Number(layers) - 3) ** 2 +
      Math.log2(Number(units) / 64) ** 2 +
      (pooling === "mean" ? 0 : 1);
    const bestOf = async (startUpTrials: number, seed: number) => {
      const begun = beginSearch(space, seed, { trials: 60 }, null, { startUpTrials, candidates: 24 });
      const ended = await runSearch(
        begun,
        async ({ values }) => ({ outcome: "complete", value: objective(values) }),
        { clock: () => 0 },
      );
      return bestTrial(ended)?.value ?? Number.NaN;
    };
    let wins = 0;
    for (let seed = 0; seed < 20; seed++) wins += Number((await bestOf(10, seed)) < (await bestOf(60, seed)));
    // By chance 15 of 20 or more happen with p = 0.02.
    expect(wins).toBeGreaterThanOrEqual(15);
  });
});

describe("the median pruner", () => {
  const reports = (...values: (number | null)[]): Report[] => values.map((value, step) => ({ step, value }));
  const settings = { ...defaultPrunerSettings, startUpTrials: 3, patience: null };
  const complete = [reports(5, 4, 3), reports(5, 3, 2), reports(5, 5, 4)];

  test("gives up what is worse than the median at the same step, not what is as good", () => {
    // Medians: 5, 4, 3
    expect(shouldPrune(reports(5, 4.1), complete, settings)).toBe(true);
    expect(shouldPrune(reports(5, 4), complete, settings)).toBe(false);
    // What counts is its best so far.
    expect(shouldPrune(reports(3.9, 9), complete, settings)).toBe(false);
  });

  test("waits for enough complete trials", () => {
    expect(shouldPrune(reports(9, 9), complete.slice(0, 2), settings)).toBe(false);
  });

  test("with patience lets a trial go on that got better of late", () => {
    const long = Array.from({ length: 3 }, () => reports(1, 1, 1, 1, 1));
    const patient = { ...settings, patience: 2 };
    expect(shouldPrune(reports(9, 8, 7, 6, 5), long, patient)).toBe(false);
    expect(shouldPrune(reports(4, 5, 6, 7, 8), long, patient)).toBe(true);
    // Fewer reports than the patience asks for
    expect(shouldPrune(reports(4, 5, 6), long, patient)).toBe(false);
  });

  test("gives up a trial whose values are no numbers", () => {
    expect(shouldPrune(reports(null, null), complete, settings)).toBe(true);
  });
});

describe("a search", () => {
  const objective = (values: SearchValues) => (Number(values.share) - 0.2) ** 2;

  test("interrupted after any trial, ends as one that was not", async () => {
    const begun = beginSearch(space, 9, { trials: 25 });
    const states: SearchState[] = [];
    const evaluate = async ({ values }: { values: SearchValues }) =>
      ({ outcome: "complete", value: objective(values) }) as const;
    const whole = await runSearch(begun, evaluate, {
      clock: () => 0,
      keep: (state) => {
        states.push(structuredClone(state));
      },
    });
    const resumed = await runSearch(states[13], evaluate, { clock: () => 0 });
    expect(resumed).toEqual(whole);
    expect(whole.trials).toHaveLength(25);
    expect(nextTrial(whole)).toBeUndefined();
  });

  test("ends with the minutes that it was given", async () => {
    let now = 0;
    const ended = await runSearch(
      beginSearch(space, 1, { minutes: 10 }),
      async () => {
        now += 4 * 60_000;
        return { outcome: "complete", value: 1 };
      },
      { clock: () => now },
    );
    expect(ended.trials).toHaveLength(3);
    expect(ended.minutes).toBeCloseTo(12, 9);
  });

  test("counts a value that is no number as a failure, and never as the best", () => {
    const begun = beginSearch(space, 1, { trials: 5 });
    const first = nextTrial(begun);
    if (first === undefined) throw new TypeError("no trial");
    const after = finishTrial(begun, first, { outcome: "complete", value: Number.NaN }, [], 1);
    expect(after.trials[0].outcome).toBe("failed");
    expect(bestTrial(after)).toBeUndefined();
  });

  test.each([
    [{}, 1, {}, "parameter"],
    [space, -1, { trials: 3 }, "seed"],
    [space, 1, {}, "limit"],
    [space, 1, { trials: 0 }, "trials"],
    [{ rate: { kind: "logUniform", low: 0, high: 1 } } as SearchSpace, 1, { trials: 1 }, "rate"],
  ])("refuses what cannot be: %#", (wrong, seed, budget, word) => {
    expect(() => beginSearch(wrong as SearchSpace, seed, budget)).toThrow(word);
  });
});

describe("the space of a schema", () => {
  const field = { label: "", description: "", section: "", provenance: "code" } as const;

  test("holds the fields that name a range, lengths in samples at the rate", () => {
    const number = {
      ...field,
      kind: "number",
      minimum: 0,
      maximum: 1,
      default: 0,
      step: 1,
      unit: "",
    } as const;
    const options = ["10", "20", "25", "50", "100", "250"].map((value) => ({ value, label: value }));
    const schema = {
      fixed: number,
      rate: { ...number, search: { scale: "logarithmic", low: 1e-5, high: 1e-2 } },
      layers: { ...number, integer: true, search: { scale: "linear", low: 1, high: 4 } },
      chunk: { ...field, kind: "choice", default: "50", options, searchSeconds: [0.1, 0.2, 0.5] },
      on: { ...field, kind: "switch", default: true },
    } as const;
    expect(searchSpaceOf(schema, 500)).toEqual({
      rate: { kind: "logUniform", low: 1e-5, high: 1e-2 },
      layers: { kind: "integer", low: 1, high: 4 },
      chunk: { kind: "ordered", values: ["50", "100", "250"] },
    });
    expect(searchSpaceOf(schema, 100).chunk).toEqual({ kind: "ordered", values: ["10", "20", "50"] });
  });
});
