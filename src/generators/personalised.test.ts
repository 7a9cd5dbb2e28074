import { expect, test } from "vitest";
import { mixedBatches } from "./personalised.ts";

const length = 2;
const patient = { samples: new Float32Array(3 * length).fill(1), count: 3, length };
const batchesOf = (batchSize: number, share: number) =>
  mixedBatches(() => new Float32Array(batchSize * length), patient, { share, batchSize, seed: 4 });
const rowsOfPatient = (batch: Float32Array) =>
  batch.filter((value, at) => at % length === 0 && value === 1).length;

test("every batch holds the patient's share of rows", () => {
  const batches = batchesOf(8, 0.5);
  for (let index = 0; index < 20; index++) expect(rowsOfPatient(batches(index))).toBe(4);
  expect(rowsOfPatient(batchesOf(8, 0)(0))).toBe(0);
  expect(rowsOfPatient(batchesOf(8, 1)(0))).toBe(8);
});

test("what is left of a row is given to as many batches", () => {
  const batches = batchesOf(5, 0.45);
  const counts = Array.from({ length: 400 }, (_, index) => rowsOfPatient(batches(index)));
  expect(new Set(counts)).toEqual(new Set([2, 3]));
  expect(counts.filter((count) => count === 3).length).toBeGreaterThan(60);
  expect(counts.filter((count) => count === 3).length).toBeLessThan(140);
});
