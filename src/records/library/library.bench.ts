import type { RecordQuery } from "../../domain/cohort.ts";
import { type LibraryRecord, undescribed } from "../../domain/libraryRecord.ts";
import type { Benchmark } from "../../testing/benchmark.ts";
import { findBeats, indexBeats } from "./beatIndex.ts";
import { facetsOf } from "./facets.ts";
import { inOrder, matches } from "./query.ts";

const recordCount = 20_000;
const beatsEach = 5;

const records = Array.from(
  { length: recordCount },
  (_, index): LibraryRecord => ({
    ...undescribed,
    dataset: "ptbXl",
    hash: String(index),
    name: `${index}_lr`,
    recordName: `${index}_lr`,
    patient: `ptbxl/${Math.floor(index / 1.15)}`,
    age: 18 + (index % 73),
    sex: index % 2 === 0 ? "female" : "male",
    labels: index % 7 === 0 ? ["MI", "IMI", "AFIB"] : ["NORM", "SR"],
    fold: 1 + (index % 10),
    report: "sinusrhythmus, sonst normales ekg",
    importedAt: index,
    samplingFrequency: 100,
    length: 1000,
    leads: [],
    analysedLead: "II",
    beatCount: beatsEach,
    annotationCount: 0,
    beatCounts: { N: beatsEach, S: 0, V: 0, F: 0, Q: 0 },
    heartRate: 50 + (index % 60),
    quality: "good",
    comments: [],
    warnings: [],
    byteSize: 24_000,
    source: "",
  }),
);
const index = indexBeats(
  records.map(({ hash }) => ({
    hash,
    samplingFrequency: 100,
    beats: Int32Array.from({ length: beatsEach }, (_, beat) => 40 + beat * 80),
    symbols: "NNVNA",
  })),
);
const hashes = new Set(records.map(({ hash }) => hash));
const query: RecordQuery = {
  text: "normales",
  labels: ["IMI", "SR"],
  age: { from: 30, to: 70 },
  sexes: ["male"],
};

/** ms of one run, the mean of several after a first. */
function time(run: () => unknown): number {
  run();
  const repetitions = 10;
  const began = performance.now();
  for (let repetition = 0; repetition < repetitions; repetition++) run();
  return (performance.now() - began) / repetitions;
}

/** The bound that a person does not feel, ms. */
const bound = 100;

export const benchmarks: readonly Benchmark[] = [
  {
    name: `search, sort and count ${recordCount} records`,
    unit: "ms",
    better: "lower",
    baseline: "the 100 ms that it may take",
    measure: () =>
      time(() => {
        const found = records.filter((record) => matches(record, query));
        return [inOrder(found, { key: "patient", descending: true }), facetsOf(found), facetsOf(records)];
      }),
    measureBaseline: () => bound,
    atLeastRatio: 1,
  },
  {
    name: `find beats among ${recordCount * beatsEach}`,
    unit: "ms",
    better: "lower",
    baseline: "the 100 ms that it may take",
    measure: () => time(() => findBeats(index, hashes, { classes: ["V", "S"], rr: { from: 0.5, to: 0.9 } })),
    measureBaseline: () => bound,
    atLeastRatio: 1,
  },
];
