import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Split, sides } from "../../domain/cohort.ts";
import { Failure } from "../../domain/failure.ts";
import { beatClasses, type LibraryRecord, undescribed } from "../../domain/libraryRecord.ts";
import { findBeats, indexBeats } from "./beatIndex.ts";
import { parseCohort, writeCohort } from "./cohortFile.ts";
import { facetsOf } from "./facets.ts";
import { inOrder, matches } from "./query.ts";
import { assignSides } from "./split.ts";
import { overlapOf, summariseCohort } from "./summary.ts";

const hashOf = (index: number) => index.toString(16).padStart(64, "0");

/** A record of patient `patient`; every third patient has ectopic beats. */
function made(index: number, patient: number, changes: Partial<LibraryRecord> = {}): LibraryRecord {
  return {
    ...undescribed,
    patient: `made/${patient}`,
    hash: hashOf(index),
    name: `record ${index}`,
    recordName: `r${index}`,
    importedAt: index,
    samplingFrequency: 360,
    length: 3600,
    leads: [{ name: "II", unit: "mV", samplingFrequency: 360 }],
    analysedLead: "II",
    beatCount: 20,
    annotationCount: 20,
    beatCounts: { N: 18, S: 0, V: patient % 3 === 0 ? 2 : 0, F: 0, Q: 0 },
    labels: patient % 4 === 0 ? ["AFIB"] : ["NORM"],
    heartRate: 70,
    quality: "good",
    comments: [],
    warnings: [],
    byteSize: 100,
    source: "",
    ...changes,
  };
}

const many = Array.from({ length: 240 }, (_, index) => made(index, Math.floor(index / 2)));
const shares = { train: 0.7, validation: 0.1, test: 0.2 };

describe("queries", () => {
  test("each filter restricts, absent ones do not", () => {
    const record = made(1, 4, {
      dataset: "ptbXl",
      age: 60,
      sex: "female",
      fold: 9,
      paced: true,
      report: "Sinusrhythmus, sonst normal",
    });
    expect(matches(record, {})).toBe(true);
    for (const query of [
      { text: "sinusrhythmus RECORD" },
      { datasets: ["ptbXl"] },
      { labels: ["AFIB", "WPW"] },
      { withoutLabels: ["WPW"] },
      { beatClasses: ["N"] },
      { sexes: ["female"] },
      { age: { from: 60, to: 60 } },
      { folds: [9, 10] },
      { qualities: ["good"] },
      { patients: ["made/4"] },
      { shortest: 10 },
      { labels: [] },
    ] as const) {
      expect(matches(record, query)).toBe(true);
    }
    for (const query of [
      { text: "sinusrhythmus missing" },
      { datasets: ["mitBih"] },
      { labels: ["WPW"] },
      { withoutLabels: ["AFIB"] },
      { beatClasses: ["N", "V"] },
      { sexes: ["male"] },
      { age: { from: 61, to: 90 } },
      { folds: [1] },
      { divisions: ["DS1"] },
      { qualities: ["poor"] },
      { withoutPaced: true },
      { shortest: 10.1 },
    ] as const) {
      expect(matches(record, query)).toBe(false);
    }
  });

  test("order by numbers within names, with what is missing at the end either way", () => {
    const records = [
      made(1, 1, { name: "r10", age: null }),
      made(2, 2, { name: "r9", age: 5 }),
      made(3, 3, { name: "r1", age: 7 }),
    ];
    const names = (key: "name" | "age", descending: boolean) =>
      inOrder(records, { key, descending }).map(({ name }) => name);
    expect(names("name", false)).toEqual(["r1", "r9", "r10"]);
    expect(names("age", false)).toEqual(["r9", "r1", "r10"]);
    expect(names("age", true)).toEqual(["r1", "r9", "r10"]);
  });

  test("facets count what is there", () => {
    const { records, patients, beats, labels, duration } = facetsOf(many);
    expect({ records, patients, duration }).toEqual({ records: 240, patients: 120, duration: 2400 });
    expect(beats).toEqual({ N: 240 * 18, S: 0, V: 80 * 2, F: 0, Q: 0 });
    expect(labels).toEqual([
      { label: "NORM", count: 180 },
      { label: "AFIB", count: 60 },
    ]);
  });

  test("synthetic records are of no patient, those of an unknown one of one each, the stand-in's of its own", () => {
    const synthetic = { patient: null, synthetic: { kind: "unknown" } } as const;
    const records = [
      made(1, 1, synthetic),
      made(2, 2, { patient: null }),
      made(3, 3, { ...synthetic, dataset: "simulated", patient: "simulated/1" }),
    ];
    expect(facetsOf(records).patients).toBe(2);
    const split = { kind: "record", seed: 1, shares: { train: 1, validation: 0, test: 0 } } as const;
    const library = new Map(records.map((record) => [record.hash, record]));
    expect(summariseCohort({ members: [...library.keys()], split }, library).whole).toMatchObject({
      records: 3,
      patients: 2,
    });
  });
});

describe("splits", () => {
  test("by patient: shares hold for records, labels and classes of beats, and no patient is on two sides", () => {
    for (const seed of [1, 2, 3]) {
      const split: Split = { kind: "patient", seed, shares };
      const summary = summariseCohort(
        { members: many.map(({ hash }) => hash), split },
        new Map(many.map((record) => [record.hash, record])),
      );
      expect(summary.leakingPatients).toEqual([]);
      for (const side of sides) {
        const { records, labels, beats } = summary.sides[side];
        expect(records / 240).toBeCloseTo(shares[side], 1);
        expect(labels["AFIB"] / 60).toBeCloseTo(shares[side], 1);
        expect(beats.V / 160).toBeCloseTo(shares[side], 1);
      }
    }
  });

  test("the order in which records come does not matter, the seed does", () => {
    const split: Split = { kind: "patient", seed: 7, shares };
    const sorted = (records: readonly LibraryRecord[], by: Split) =>
      [...assignSides(records, by)].sort(([one], [other]) => (one < other ? -1 : 1));
    expect(sorted([...many].reverse(), split)).toEqual(sorted(many, split));
    expect(sorted(many, { ...split, seed: 8 })).not.toEqual(sorted(many, split));
  });

  test("by record lets patients onto both sides, and says so", () => {
    const cohort = {
      members: many.map(({ hash }) => hash),
      split: { kind: "record", seed: 1, shares },
    } as const;
    const { leakingPatients } = summariseCohort(cohort, new Map(many.map((record) => [record.hash, record])));
    expect(leakingPatients.length).toBeGreaterThan(10);
  });

  test("as published: DS2 and the test folds are tested, the rest is learned, what has neither is left out", () => {
    const records = [
      ...Array.from({ length: 20 }, (_, index) =>
        made(index, index, { division: index < 10 ? "DS1" : "DS2" }),
      ),
      ...Array.from({ length: 10 }, (_, index) => made(100 + index, 100 + index, { fold: index + 1 })),
      made(200, 200),
    ];
    const split: Split = {
      kind: "published",
      seed: 1,
      validationShare: 0.2,
      validationFolds: [9],
      testFolds: [10],
    };
    const assigned = assignSides(records, split);
    expect(assigned.size).toBe(30);
    const count = (from: number, to: number, side: string) =>
      records.slice(from, to).filter(({ hash }) => assigned.get(hash) === side).length;
    expect([count(0, 10, "train"), count(0, 10, "validation"), count(0, 10, "test")]).toEqual([8, 2, 0]);
    expect(count(10, 20, "test")).toBe(10);
    expect([count(20, 30, "train"), count(20, 30, "validation"), count(20, 30, "test")]).toEqual([8, 1, 1]);
  });

  test("one patient left out is the test, whole", () => {
    const split: Split = { kind: "leaveOnePatientOut", seed: 1, patient: "made/5", validationShare: 0.1 };
    const assigned = assignSides(many, split);
    const tested = many.filter(({ hash }) => assigned.get(hash) === "test");
    expect(tested.map(({ patient }) => patient)).toEqual(["made/5", "made/5"]);
    expect(assigned.size).toBe(240);
  });

  test("every side gets a patient as long as there are enough", () => {
    const kinds = (count: number) =>
      new Set(assignSides(many.slice(0, 2 * count), { kind: "patient", seed: 1, shares }).values()).size;
    expect([kinds(5), kinds(3), kinds(2), kinds(1)]).toEqual([3, 3, 2, 1]);
  });

  test("any shares place every record on exactly one side", () => {
    fc.assert(
      fc.property(
        fc.nat(100),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 0, max: 30 }),
        (seed, test, validation) => {
          const parts = {
            train: (100 - test - validation) / 100,
            validation: validation / 100,
            test: test / 100,
          };
          const assigned = assignSides(many.slice(0, 40), { kind: "patient", seed, shares: parts });
          expect(assigned.size).toBe(40);
          if (validation === 0) expect([...assigned.values()]).not.toContain("validation");
        },
      ),
      { seed: 3, numRuns: 60 },
    );
  });
});

test("two cohorts: what they share, and who is trained on in one and tested in the other", () => {
  const library = new Map(many.map((record) => [record.hash, record]));
  const members = many.map(({ hash }) => hash);
  const out = (patient: string) => ({
    members,
    split: { kind: "leaveOnePatientOut", seed: 1, patient, validationShare: 0 } as const,
  });
  const { records, patients, crossing } = overlapOf(out("made/1"), out("made/2"), library);
  expect({ records, patients, crossing }).toEqual({ records: 240, patients: 120, crossing: 2 });
  expect(overlapOf(out("made/1"), { ...out("made/1"), members: [] }, library).records).toBe(0);
});

describe("the file of a cohort", () => {
  const cohort = {
    id: "x",
    name: "first",
    createdAt: 5,
    query: { labels: ["AFIB"] },
    split: { kind: "patient", seed: 3, shares } as const,
    members: [hashOf(1), hashOf(2)],
  };
  const text = writeCohort(
    cohort,
    cohort.members.map((hash) => ({ hash, name: "r" })),
  );

  test("comes back as it was", () => {
    const { id, ...rest } = cohort;
    expect(id).toBe("x");
    expect(parseCohort(text, "a.json")).toEqual(rest);
  });

  test("any change gives a sound cohort or a failure that names the field", () => {
    const fields = ["format", "version", "name", "members", "query", "split"];
    fc.assert(
      fc.property(fc.constantFrom(...fields), fc.anything(), (field, value) => {
        const changed = JSON.stringify({ ...(JSON.parse(text) as object), [field]: value });
        try {
          expect(parseCohort(changed, "a.json").name).not.toBe("");
        } catch (error) {
          expect(error).toBeInstanceOf(Failure);
          expect((error as Failure).place).toMatch(/^a\.json, /);
        }
      }),
      { seed: 4, numRuns: 500 },
    );
    expect(() => parseCohort("{", "a.json")).toThrow(Failure);
    expect(() => parseCohort(text.replace("0.7", "0.8"), "a.json")).toThrow(/sum to 1/);
  });
});

describe("the index of beats", () => {
  const index = indexBeats([
    { hash: "a", samplingFrequency: 100, beats: Int32Array.of(10, 110, 160, 300), symbols: "NNVN" },
    { hash: "b", samplingFrequency: 200, beats: Int32Array.of(50, 250), symbols: "A/" },
  ]);

  test("finds beats by class and by the interval before them", () => {
    const all = new Set(["a", "b"]);
    expect(Object.fromEntries(findBeats(index, all, { classes: ["V"] }))).toEqual({ a: Int32Array.of(2) });
    expect(Object.fromEntries(findBeats(index, all, { classes: ["S", "Q"] }))).toEqual({
      b: Int32Array.of(0, 1),
    });
    expect(Object.fromEntries(findBeats(index, all, { rr: { from: 0.9, to: 1.1 } }))).toEqual({
      a: Int32Array.of(1),
      b: Int32Array.of(1),
    });
    expect(findBeats(index, new Set(["b"]), { classes: ["N"] }).size).toBe(0);
  });

  test("counts every beat once", () => {
    const total = beatClasses.reduce((sum, beatClass) => {
      const found = findBeats(index, new Set(["a", "b"]), { classes: [beatClass] });
      return sum + [...found.values()].reduce((count, numbers) => count + numbers.length, 0);
    }, 0);
    expect(total).toBe(6);
  });
});
