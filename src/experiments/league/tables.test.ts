import { describe, expect, test } from "vitest";
import { badnessOf } from "../../domain/leagueColumns.ts";
import { leagueAsCsv, leagueAsLatex } from "./exportTables.ts";
import { leagueCellsOf } from "./grid.ts";
import { ranksOf } from "./ranks.ts";
import {
  type FinishedLeagueCell,
  type LeagueExperiment,
  type LeagueResult,
  leagueDefaults,
  type Measurement,
} from "./specification.ts";
import { leagueTable } from "./tables.ts";

const experiment: LeagueExperiment = {
  ...leagueDefaults,
  name: "by hand",
  source: { name: "by hand", members: [] },
  generators: ["dcgan", "wgan"].map((generator) => ({ generator, hyperparameters: {}, iterations: 1 })),
  seeds: [1, 2],
};

const around = (value: number, reach: number): Measurement => ({
  value,
  interval: { low: value - reach, high: value + reach },
});

/** Logits that decide so many of 40 beats, half of them of each class, rightly. */
function logits(right: number): Float32Array {
  return Float32Array.from({ length: 80 }, (_, at) => {
    const row = at >> 1;
    const label = row % 2;
    const decided = row < right ? label : 1 - label;
    return at % 2 === decided ? 1 : 0;
  });
}

interface ByHand {
  readonly distance: number;
  readonly right: number;
  readonly isMemorising?: boolean;
  readonly seconds?: number;
}

const resultOf = ({ distance, right, isMemorising = false, seconds = 1 }: ByHand): LeagueResult => {
  const entries = {
    gaussianDiscrepancy: around(distance, 0.05),
    energy: around(distance, 0.05),
    frechetOfFeatures: null,
    toldApart: around(0.5 + distance / 2, 0.01),
    coverage: around(1 - distance, 0.05),
    density: around(1 - distance / 2, 0.05),
  };
  return {
    closeness: { N: entries, V: { ...entries, energy: null } },
    privacy: {
      nearer: around(isMemorising ? 1 : 0.5, 0.02),
      membership: around(isMemorising ? 0.9 : 0.52, 0.05),
      copies: around(isMemorising ? 0.8 : 0, 0),
      probability: isMemorising ? 0.001 : 0.6,
      isMemorising,
    },
    cost: { trainingSeconds: seconds, beatMilliseconds: 2 * seconds, parameters: 100 },
    scores: {
      real: logits(20),
      both: logits(right),
      synthetic: logits(10),
      labels: Uint8Array.from({ length: 40 }, (_, row) => row % 2),
      patients: Array.from({ length: 40 }, (_, row) => `p${row >> 1}`),
    },
    counts: { train: [30, 30], trainPatients: 9, testPatients: 20 },
  };
};

const byHand: Readonly<Record<string, (seed: number) => ByHand>> = {
  real: () => ({ distance: 0.1, right: 24 }),
  spectralNoise: () => ({ distance: 0.9, right: 20 }),
  copier: () => ({ distance: 0.1, right: 24, isMemorising: true }),
  dcgan: (seed) => ({ distance: 0.2 + 0.1 * seed, right: 36, seconds: seed }),
  wgan: (seed) => ({ distance: 0.6, right: 20, seconds: 10 + seed }),
};

const finished: FinishedLeagueCell[] = leagueCellsOf(experiment).map((cell) => ({
  cell,
  result: resultOf(byHand[cell.contestant.generator](cell.seed)),
}));
const options = { resamples: 200, permutations: 1999, titles: { dcgan: "DCGAN", wgan: "WGAN" } };
const table = leagueTable(experiment, finished, "N", options);
const row = (name: string) => {
  const found = table.rows.find(({ contestant }) => contestant.generator === name);
  if (found === undefined) throw new Error(name);
  return found;
};

describe("the table", () => {
  test("means are over the runs, intervals reach from the lowest to the highest limit", () => {
    const { value, interval } = row("dcgan").values.gaussianDiscrepancy;
    expect(value).toBeCloseTo(0.35, 12);
    expect(interval?.low).toBeCloseTo(0.25, 12);
    expect(interval?.high).toBeCloseTo(0.45, 12);
    expect(row("dcgan").values.trainingSeconds).toMatchObject({ value: 1.5, interval: { low: 1, high: 2 } });
    expect(row("dcgan").values.frechetOfFeatures).toMatchObject({ value: null, rank: null });
    expect(leagueTable(experiment, finished, "V", options).rows[3].values.energy.value).toBeNull();
  });

  test("usefulness is the difference of macro F1, which is the share of right answers here", () => {
    // 36 of 40 are right with it, 20 with real beats alone, 24 with repeated ones.
    expect(row("dcgan").values.gain.value).toBeCloseTo(0.4, 6);
    expect(row("dcgan").values.gainOverRepeated.value).toBeCloseTo(0.3, 6);
    expect(row("dcgan").values.alone.value).toBeCloseTo(0.25, 6);
    expect(row("dcgan").overReal?.verdict).toBe("better");
    expect(row("wgan").overReal?.verdict).toBe("undecided");
    // Two runs tell so little that the interval would reach beyond what a difference can be.
    const torn = finished.map(({ cell, result }) => {
      const isWorst = cell.contestant.generator === "wgan" && cell.seed === 1;
      const scores = { ...result.scores, both: logits(isWorst ? 0 : 40) };
      return { cell, result: { ...result, scores } };
    });
    const wide = leagueTable(experiment, torn, "N", options).rows[4].values.gain.interval;
    expect(wide).toEqual({ low: -1, high: 1 });
    expect(table.realAlone.value).toBeCloseTo(0.5, 6);
  });

  test("references stand beside the generators and have no rank; real beats are no question of privacy", () => {
    expect(table.rows.map(({ role }) => role)).toEqual(["real", "noise", "copier", "generator", "generator"]);
    expect(row("real").values.nearer.value).toBeNull();
    expect(row("real").accused).toBeNull();
    expect(row("copier").accused).toBe(2);
    expect(row("copier").values.coverage.rank).toBeNull();
    expect(row("copier").values.trainingSeconds.value).toBeNull();
  });

  test("mean ranks are means of the places in a group", () => {
    expect(row("dcgan").meanRanks).toEqual({ closeness: 1, usefulness: 7 / 6, privacy: 1.5, cost: 7 / 6 });
    expect(row("wgan").values.gaussianDiscrepancy.rank).toEqual({ place: 2, from: 2, to: 2 });
    // Equal values share the place between.
    expect(row("wgan").values.membership.rank).toEqual({ place: 1.5, from: 1, to: 2 });
  });

  test("the reading says what the intervals bear", () => {
    expect(table.reading).toContain("By MMD² no generator reaches what beats of other real patients reach.");
    expect(table.reading).toContain("finds the planted copier in 2 of 2 runs and accuses no generator");
    expect(table.reading).toContain("Against real beats alone: DCGAN raised macro F1 on tested patients");
    expect(table.reading).toContain("Personal generators take no part");
    expect(leagueTable(experiment, [], "N", options).reading).toBe("Nothing has been computed yet.");
  });

  test("where noise lies no farther than other real patients, closeness says that it tells nothing", () => {
    const blurred = finished.map(({ cell, result }) => {
      if (cell.contestant.generator !== "real") return { cell, result };
      const own = { ...result.closeness["N"], gaussianDiscrepancy: around(0.9, 0.1) };
      return { cell, result: { ...result, closeness: { ...result.closeness, N: own } } };
    });
    const { reading } = leagueTable(experiment, blurred, "N", options);
    expect(reading).toContain("By MMD² nothing can be told: noise of the same spectrum lies no farther");
  });

  test("a copier that is not found clears nobody", () => {
    const blind = finished.map(({ cell, result }) => ({
      cell,
      result: { ...result, privacy: { ...result.privacy, isMemorising: false } },
    }));
    expect(leagueTable(experiment, blind, "N", options).reading).toContain("clears nobody");
  });

  test("is told while runs are missing", () => {
    const some = finished.filter(({ cell }) => cell.seed === 1 && cell.contestant.generator !== "real");
    const { rows } = leagueTable(experiment, some, "N", options);
    expect(rows[0]).toMatchObject({ runs: 0, overReal: null });
    expect(rows[3].values.gain).toMatchObject({ interval: null });
    expect(rows[3].values.gain.value).toBeCloseTo(0.4, 6);
    expect(rows[3].values.gainOverRepeated.value).toBeNull();
  });

  test("goes into files whole", () => {
    const lines = leagueAsCsv([table]).trim().split("\n");
    expect(lines).toHaveLength(1 + 5);
    expect(new Set(lines.map((line) => line.split(",").length)).size).toBe(1);
    const latex = leagueAsLatex([table]);
    expect(latex.match(/\\begin\{tabular\}/g)).toHaveLength(4);
    expect(latex).not.toContain("²");
  });
});

describe("ranks", () => {
  const ranked = (value: number | null, reach = 0) => ({
    value,
    interval: value === null || reach === 0 ? null : { low: value - reach, high: value + reach },
  });

  test("leave open what intervals leave open", () => {
    const rows = [ranked(1, 0.2), ranked(1.3, 0.2), ranked(3, 0.1), ranked(null)];
    expect(ranksOf(rows, "lower")).toEqual([
      { place: 1, from: 1, to: 2 },
      { place: 2, from: 1, to: 2 },
      { place: 3, from: 3, to: 3 },
      null,
    ]);
    expect(ranksOf(rows, "higher").map((rank) => rank?.place)).toEqual([3, 2, 1, undefined]);
  });

  test("of what should be a half, too little is as bad as too much", () => {
    const rows = [ranked(0.2), ranked(0.55), ranked(0.9)];
    expect(ranksOf(rows, "nearHalf").map((rank) => rank?.place)).toEqual([2, 1, 3]);
    expect(badnessOf({ low: 0.4, high: 0.7 }, "nearHalf").low).toBe(0);
    expect(badnessOf({ low: 0.4, high: 0.7 }, "nearHalf").high).toBeCloseTo(0.2, 12);
    expect(badnessOf({ low: 0.6, high: 0.9 }, "nearOne").low).toBeCloseTo(0.1, 12);
  });
});
