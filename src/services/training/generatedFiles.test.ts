import { expect, test } from "vitest";
import { originOfComments } from "../../domain/syntheticOrigin.ts";
import type { Generator } from "../../generators/generator.ts";
import { describeRecord } from "../../records/describe.ts";
import { openRecording } from "../../records/openRecording.ts";
import type { StoredGeneration } from "../../storage/database.ts";
import { csvOf, newSignals, recordFiles } from "./generatedFiles.ts";

/** A generator of flat recordings as high as their class, with all that making files asks of it. */
const generator = {
  latentSize: 1,
  drawLatents: (count: number) => new Float32Array(count),
  sampleScaled: async (_: Float32Array, labels: Uint8Array) =>
    Float32Array.from({ length: labels.length * 1000 }, (__, at) => labels[Math.floor(at / 1000)] / 2),
  inMillivolt: (scaled: Float32Array) => scaled,
  sample: async (count: number, _: number, labels: Uint8Array) =>
    Float32Array.from({ length: count * 1000 }, (__, at) => labels[Math.floor(at / 1000)] / 2),
} as unknown as Generator;
const names = ["NORM", "Atrial flutter, typical"];
const generation = {
  id: "0123456789",
  name: "Test · recordings",
  version: "0",
  specification: { form: "recordings", model: "flat", classes: names },
} as unknown as StoredGeneration;

test("generated recordings become records that the library finds with their labels", async () => {
  const made = await newSignals(generator, generation, { count: 3, seed: 7, label: null });
  expect(made.classes).toEqual([names[0], names[1], names[0]]);
  const { files, text } = recordFiles(made, generation);
  const named = new Map(files.map(({ name, bytes }) => [name, bytes]));
  expect(named.size).toBe(9);
  for (const [row, label] of made.classes.entries()) {
    const recording = openRecording(`${text}_0000${row + 1}`, named, "hash");
    expect(recording).toMatchObject({ length: 1000, samplingFrequency: 100 });
    expect(recording.comments[0]).toMatch(/^Synthetic/);
    expect(recording.leads[0].samples[500]).toBeCloseTo(names.indexOf(label) / 2, 3);
    expect(describeRecord(recording, { rows: new Map(), statements: [] })).toMatchObject({
      labels: [label],
      synthetic: { kind: "unknown" },
    });
  }
});

test("a table names the class of each line where there are several, and its samples in seconds", async () => {
  const lines = async (label: number | null) =>
    csvOf(await newSignals(generator, generation, { count: 2, seed: 7, label }), generation).split("\n");
  const [head, times, first, second] = await lines(null);
  expect(originOfComments([head.slice(2)])).toEqual({ kind: "unknown" });
  expect(times).toMatch(/^class,0.00 s,0.01 s,.*,9.99 s$/);
  expect(first).toMatch(/^NORM,0.0000,/);
  expect(second).toMatch(/^"Atrial flutter, typical",0.5000,/);
  const [, own, row] = await lines(1);
  expect(own).toMatch(/^0.00 s,/);
  expect(row.split(",")).toHaveLength(1000);
});
