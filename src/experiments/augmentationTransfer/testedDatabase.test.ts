import { describe, expect, test } from "vitest";
import { joinBeats } from "../syntheticBeats/beatSets.ts";
import { augmentationCellsOf, mergedSource } from "./grid.ts";
import { metricOf } from "./metrics.ts";
import { signalsOfBeats, signalsOfRecordings } from "./realSignals.ts";
import type { AugmentationSettingName } from "./settings.ts";
import { type AugmentationResult, augmentationDefaults } from "./specification.ts";
import { augmentationTable } from "./tables.ts";
import { recordPlaces, testedOn } from "./testedDatabase.ts";

const one = { name: "One", members: ["d", "a"] };
const other = { name: "Other", members: ["b", "c"] };
const merged = mergedSource([one, other]);
const experiment = {
  ...augmentationDefaults,
  name: "two databases",
  classes: ["N", "V"],
  sources: [one, other],
  settings: ["realToReal", "realToSynthetic"] as const satisfies readonly AugmentationSettingName[],
  generators: [{ generator: "diffWave", hyperparameters: {}, iterations: 1 }],
  hasAllTogether: false,
  shares: [1],
  seeds: [1],
};
const [realCell, syntheticCell] = augmentationCellsOf({ ...experiment, sources: [merged] });

/** Six signals: two of record a, one of b, two of c and one of d. All of `Other` are told right, none of `One`. */
const result: AugmentationResult = {
  logits: Float32Array.from([0, 1, 1, 0, 1, 0, 0, 1, 1, 0, 0, 1]),
  labels: Uint8Array.from([0, 1, 0, 1, 0, 0]),
  patients: ["pa", "pa", "pb", "pc", "pc", "pd"],
  records: [0, 0, 1, 2, 2, 3],
  train: [1, 1],
  validation: [1, 1],
  synthetic: 0,
  best: null,
};

describe("test signals of one database", () => {
  test("are told by the records that they are of", () => {
    expect(recordPlaces(merged, { records: ["d", "a", "c", "", "x", "b"] }, [0, 1, 2, 3, 4, 5])).toEqual([
      3,
      0,
      2,
      null,
      null,
      1,
    ]);
    expect(recordPlaces(merged, { records: ["d", "a", "c"] }, [2])).toEqual([2]);
    expect(recordPlaces(merged, {}, [0])).toBeUndefined();
  });

  test("alone are counted", () => {
    const accuracyOn = (database: typeof one) =>
      testedOn([{ cell: realCell, result }], merged, database).map((each) => ({
        patients: each.result.patients,
        accuracy: metricOf(each.result, "accuracy"),
      }));
    expect(accuracyOn(one)).toEqual([{ patients: ["pa", "pa", "pd"], accuracy: 0 }]);
    expect(accuracyOn(other)).toEqual([{ patients: ["pb", "pc", "pc"], accuracy: 1 }]);
    expect(accuracyOn({ name: "none of it", members: ["e"] })).toEqual([]);
  });

  test("are known from any result of the same ones, and synthetic ones are of none", () => {
    const { records: _, ...before } = result;
    const found = testedOn(
      [
        { cell: realCell, result: before },
        { cell: { ...realCell, seed: 2 }, result },
        { cell: syntheticCell, result: before },
      ],
      merged,
      other,
    );
    expect(found.map(({ cell, result: { patients } }) => [cell.seed, patients.length])).toEqual([
      [1, 3],
      [2, 3],
    ]);
    expect(testedOn([{ cell: realCell, result: before }], merged, other)).toEqual([]);
  });

  test("have a table of their own", () => {
    const finished = [{ cell: realCell, result }];
    const table = augmentationTable(experiment, finished, merged, "accuracy", { testedOn: one });
    expect(table.rows.map(({ title, points }) => [title, points[0].values.mean])).toEqual([
      ["Real → real", 0],
    ]);
    // Two of class 0 and one of class 1.
    expect(table.tested).toEqual([2, 1]);
    expect(table.reading).toContain("One and Other, tested on One.");
    const unknown = augmentationTable(experiment, [], merged, "accuracy", { testedOn: one });
    expect(unknown.reading).toContain("No training tells yet");
    const whole = augmentationTable(experiment, finished, merged, "accuracy");
    expect(whole.rows[0].points[0].values.mean).toBe(0.5);
    const lacking = { ...experiment, classes: ["N", "V", "F"] };
    expect(augmentationTable(lacking, finished, merged, "f1", { testedOn: one }).reading).toContain(
      "No F is tested: it counts as 0 in the mean.",
    );
  });
});

describe("real signals", () => {
  test("of beats and of recordings tell of which records they are", async () => {
    const origin = { patient: "p", division: null, paced: false, count: 2 };
    const beats = signalsOfBeats(
      {
        ...joinBeats([]),
        samples: new Float32Array(4 * 216),
        count: 4,
        classes: Uint8Array.from([0, 2, 2, 0]),
        origins: [
          { ...origin, record: "one", hash: "h1" },
          { ...origin, record: "two", hash: "h2" },
        ],
      },
      { classes: ["N", "V"], mostSignals: 10, seed: 1 },
    );
    expect(beats.records).toEqual(["h1", "h2", "h1", "h2"]);
    const candidate = (record: string, label: string) => ({
      record,
      patient: record,
      labels: [label],
      fold: null,
      read: async () => new Float32Array(1000),
    });
    const recordings = await signalsOfRecordings(
      [candidate("r1", "AFIB"), candidate("r2", "NORM"), candidate("r3", "AFIB")],
      { classes: ["NORM", "AFIB"], mostSignals: 10, seed: 1 },
      async () => {},
    );
    expect(recordings.records).toEqual(["r2", "r1", "r3"]);
  });
});
