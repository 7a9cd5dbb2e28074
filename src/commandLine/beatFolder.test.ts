import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SimGanCell } from "../experiments/syntheticBeats/specification.ts";
import { openBackend } from "../neural/backend/backends.ts";
import { simulatedPatients } from "../testing/beatPatients.ts";
import { BeatFolder } from "./beatFolder.ts";

const out = mkdtempSync(join(tmpdir(), "ecg-"));
mkdirSync(join(out, "shared"));
afterAll(() => rmSync(out, { recursive: true }));
beforeAll(() => openBackend("wasm"));

const fast = { epochs: 1, learningRate: 3e-3, batchSize: 16, evaluateEvery: 1 };
const cell: SimGanCell = {
  kind: "SimGAN",
  target: "V",
  added: { generator: "vanillaGan", hyperparameters: { batchSize: 8 }, iterations: 4 },
  ratio: 0.5,
  order: "realThenBoth",
  keepsSharedPatients: false,
  classifier: {
    architecture: "beatLstm",
    hyperparameters: { ...fast, recurrentDepth: 1, recurrentUnits: "16", stepLength: 24 },
  },
  validationShare: 0.25,
  source: { name: "simulated", members: ["1"], lead: "MLII", filter: "none" },
  seed: 1,
};

test("a folder holds what was computed, does not compute it again, and lends what cells share", async () => {
  const divisions = ["DS1", "DS1", "DS1", "DS1", "DS2"] as const;
  const people = simulatedPatients(
    divisions.map((division, index) => ({ record: String(index), division })),
    16,
  );
  const folder = new BeatFolder(out);
  expect(await folder.result(cell)).toBeNull();
  expect(await folder.compute(cell, people)).toMatch(/^\d+ beats added/);
  expect(await folder.isComputed(cell)).toBe(true);
  const kept = await folder.result(cell);
  expect(kept?.result.added).toBeGreaterThan(0);
  expect(kept?.result.tested.labels.length).toBe(kept?.result.tested.probabilities.length);
  expect(await folder.compute(cell, people)).toBe("computed before");
  // The classifier of real beats and the generator are there for the cells of other ratios.
  const shared = readdirSync(join(out, "shared"));
  expect(shared).toHaveLength(2);
  await folder.compute({ ...cell, ratio: 1 }, people);
  expect(readdirSync(join(out, "shared"))).toEqual(shared);
  expect(readdirSync(out).filter((name) => name.endsWith(".beats"))).toHaveLength(2);
});
