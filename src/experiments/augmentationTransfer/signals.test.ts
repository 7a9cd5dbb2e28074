import { describe, expect, test } from "vitest";
import {
  countsOf,
  divideSignals,
  drawnShare,
  labelledAs,
  lackingToLargest,
  levellingWeights,
  repeatedSignals,
  requireUnseen,
  scaleOf,
  standardised,
} from "./signals.ts";

const division = { byPatient: true, testShare: 0.2, validationShare: 0.25, seed: 3 };
/** 40 patients, each with three signals of one class and one of the other. */
const labels = Uint8Array.from({ length: 160 }, (_, row) => (row % 4 === 0 ? 1 : 0));
const patients = Array.from({ length: 160 }, (_, row) => `p${Math.floor(row / 4)}`);
const real = { labels, patients, count: 160 };

describe("division", () => {
  test("no patient stands on two sides, and every row on one", () => {
    const sides = divideSignals(real, ["A", "B"], division);
    const all = [...sides.train, ...sides.validation, ...sides.test];
    expect(new Set(all).size).toBe(160);
    const owners = Object.values(sides).map((rows) => new Set(Array.from(rows, (row) => patients[row])));
    expect(owners.reduce((sum, each) => sum + each.size, 0)).toBe(40);
    expect(sides.test.length).toBe(32);
  });

  test("without patients the shares hold class by class", () => {
    const sides = divideSignals(real, ["A", "B"], { ...division, byPatient: false });
    const counts = (rows: Uint32Array) =>
      countsOf(
        Array.from(rows, (row) => labels[row]),
        2,
      );
    expect(counts(sides.test)).toEqual([24, 8]);
    expect(counts(sides.validation)).toEqual([24, 8]);
  });

  test("a class that a side lacks is told by its name", () => {
    const one = { labels: Uint8Array.from([0, 0, 0, 1]), patients: ["a", "b", "c", "d"], count: 4 };
    expect(() => divideSignals(one, ["NORM", "AFIB"], division)).toThrow(
      expect.objectContaining({ code: "too-few-signals", message: expect.stringContaining("AFIB") }),
    );
  });

  test("recordings of a published fold stand where they were published, the others by the shares", () => {
    // Patients 1 to 20 have a fold, from 1 to 10 in turn.
    const folds = Array.from({ length: 160 }, (_, row) => (row < 80 ? (Math.floor(row / 4) % 10) + 1 : null));
    const sides = divideSignals({ ...real, folds }, ["A", "B"], { ...division, byFolds: true });
    const published = (rows: Uint32Array) => [
      ...new Set(Array.from(rows, (row) => folds[row]).filter((fold) => fold !== null)),
    ];
    expect(published(sides.train)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(published(sides.validation)).toEqual([9]);
    expect(published(sides.test)).toEqual([10]);
    // Of 80 others a fifth is tested, beside the eight of fold 10.
    expect(sides.test).toHaveLength(8 + 16);
    expect([...sides.test]).toEqual([...sides.test].sort((one, other) => one - other));
    const all = [...sides.train, ...sides.validation, ...sides.test];
    expect(new Set(all).size).toBe(160);
    // Folds are left aside unless they are asked for.
    expect(divideSignals({ ...real, folds }, ["A", "B"], division)).toEqual(
      divideSignals(real, ["A", "B"], division),
    );
  });

  test("a generator that has seen a tested patient is refused", () => {
    expect(() => requireUnseen(["a", "b"], ["c", "b"], "DiffWave")).toThrow(
      expect.objectContaining({ code: "generator-saw-test", place: "DiffWave" }),
    );
    requireUnseen(["a", "b"], ["c"], "DiffWave");
  });
});

describe("shares of the training signals", () => {
  const rows = Uint32Array.from({ length: 1000 }, (_, row) => row);
  const skewed = Uint8Array.from({ length: 1000 }, (_, row) => (row < 900 ? 0 : 1));
  const rare = (share: number, seed: number) =>
    Array.from(drawnShare(rows, skewed, 2, share, seed)).filter((row) => row >= 900).length;

  test("are drawn without replacement, the same for a seed, in order", () => {
    const drawn = drawnShare(rows, skewed, 2, 0.3, 5);
    expect(drawn).toHaveLength(300);
    expect(new Set(drawn).size).toBe(300);
    expect([...drawn]).toEqual([...drawn].sort((one, other) => one - other));
    expect(drawnShare(rows, skewed, 2, 0.3, 5)).toEqual(drawn);
    expect(drawnShare(rows, skewed, 2, 1, 5)).toEqual(rows);
  });

  test("favour the rare class by one minus its share", () => {
    // Of one draw the rare class has 100 · 0.9 / (100 · 0.9 + 900 · 0.1) = 1 / 2.
    let found = 0;
    for (let seed = 0; seed < 400; seed++) found += rare(0.001, seed);
    expect(found / 400).toBeGreaterThan(0.42);
    expect(found / 400).toBeLessThan(0.58);
    // Evenly drawn 200 of 1,000 would hold 20.
    expect(rare(0.2, 1)).toBeGreaterThan(60);
  });
});

describe("sets", () => {
  const set = {
    signals: Float32Array.from([0, 0, 1, 1, 2, 2]),
    labels: Uint8Array.from([0, 0, 1]),
    count: 3,
    length: 2,
  };

  test("are repeated class by class, every row as often as any other or once more", () => {
    const more = repeatedSignals(set, [5, 5], 1);
    expect(countsOf(more.labels, 2)).toEqual([5, 5]);
    const times = [0, 1, 2].map((value) => more.signals.filter((each) => each === value).length / 2);
    expect(times.slice(0, 2).sort()).toEqual([2, 3]);
    expect(times[2]).toBe(5);
  });

  test("are weighted as if they were repeated", () => {
    const weights = levellingWeights(set, [5, 5]);
    // 2 and 1 signals count as the 7 and 6 that 5 repeated ones of each class make of them.
    expect(weights).toEqual([7 / 2, 6]);
    const repeated = countsOf(repeatedSignals(set, [5, 5], 1).labels, 2);
    expect(countsOf(set.labels, 2).map((count, at) => count * weights[at])).toEqual(
      repeated.map((count, at) => count + [2, 1][at]),
    );
    expect(levellingWeights(set, [5, 5, 5])[2]).toBe(0);
  });

  test("are levelled to their largest class", () => {
    // Two of class 0 and one of class 1: one more of class 1, or a weight of 2 for it.
    const lacking = lackingToLargest(set, 2);
    expect(lacking).toEqual([0, 1]);
    expect(repeatedSignals(set, lacking, 1).signals).toEqual(Float32Array.from([2, 2]));
    expect(levellingWeights(set, lacking)).toEqual([1, 2]);
  });

  test("are standardised by the numbers of another one", () => {
    const scale = scaleOf(set);
    expect(scale.mean).toBeCloseTo(1, 12);
    expect(scale.deviation).toBeCloseTo(Math.sqrt(2 / 3), 12);
    const own = standardised(set, { mean: 1, deviation: 2 });
    expect([...own.signals]).toEqual([-0.5, -0.5, 0, 0, 0.5, 0.5]);
    // A flat set has no deviation to divide by.
    expect(scaleOf({ signals: new Float32Array(3) })).toEqual({ mean: 0, deviation: 1 });
    expect([...labelledAs(set, 1).labels]).toEqual([1, 1, 1]);
  });
});
