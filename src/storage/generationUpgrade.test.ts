import "fake-indexeddb/auto";
import { Dexie } from "dexie";
import { expect, test } from "vitest";
import { findGeneration } from "./generations.ts";

test("a generator of one class, as it was kept before, is one of beats with one class now", async () => {
  const before = new Dexie("ecg-workbench");
  before.version(4).stores({ generations: "id, createdAt", generators: "id" });
  const beats = Float32Array.from({ length: 2 * 216 }, (_, at) => Math.sin(at));
  await before.table("generations").add({
    id: "old",
    name: "DCGAN · V · virtual patients",
    createdAt: 1,
    specification: {
      kind: "Generator of beats",
      model: "dcgan",
      hyperparameters: { batchSize: 8 },
      beatClass: "V",
      source: { kind: "simulated", patients: 8, minutes: 5, seed: 2026 },
      mostBeats: 700,
      patient: null,
      iterations: 40,
      seed: 3,
    },
    progress: {
      position: 40,
      measures: ["generatorLoss"],
      curve: Float32Array.of(1),
      snapshots: [{ position: 0, beats }],
      diversities: [0.5],
      real: beats,
      count: 300,
      patients: 4,
    },
  });
  before.close();

  const found = await findGeneration("old");
  expect(found?.name).toBe("DCGAN · V · virtual patients");
  expect(found?.specification).toEqual({
    kind: "Generator",
    form: "beats",
    model: "dcgan",
    hyperparameters: { batchSize: 8 },
    classes: ["V"],
    source: { kind: "simulated", patients: 8, minutes: 5, seed: 2026 },
    mostSignals: 700,
    patient: null,
    iterations: 40,
    seed: 3,
  });
  expect(found?.progress).toEqual({
    position: 40,
    measures: ["generatorLoss"],
    curve: Float32Array.of(1),
    snapshots: [{ position: 0, signals: beats, labels: Uint8Array.of(0, 0) }],
    diversities: [0.5],
    real: beats,
    realLabels: Uint8Array.of(0, 0),
    count: 300,
    patients: 4,
  });
});
