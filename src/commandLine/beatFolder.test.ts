import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { parseResult, writeResult } from "../experiments/resultFile.ts";
import { beatCellAddress } from "../experiments/syntheticBeats/addresses.ts";
import type { SimGanCell } from "../experiments/syntheticBeats/specification.ts";
import { openBackend } from "../neural/backend/backends.ts";
import { simulatedPatients } from "../testing/beatPatients.ts";
import { BeatFolder } from "./beatFolder.ts";
import { nodeComputer } from "./experiment/nodeComputer.ts";

const out = mkdtempSync(join(tmpdir(), "ecg-"));
afterAll(() => rmSync(out, { recursive: true }));

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
  const computer = nodeComputer(await openBackend("wasm"));
  const folder = new BeatFolder(out, people);
  expect(await folder.result(cell)).toBeNull();
  expect(await folder.compute(cell, computer)).toMatch(/^\d+ beats added/);
  expect(await folder.isComputed(cell)).toBe(true);
  const kept = await folder.result(cell);
  expect(kept?.result.added).toBeGreaterThan(0);
  expect(kept?.result.tested.labels.length).toBe(kept?.result.tested.probabilities.length);
  // What the file holds is what the test said, to the last bit.
  const read = parseResult(readFileSync(join(out, `${await beatCellAddress(cell)}.json`), "utf8"), "a");
  expect(read.result).toEqual(kept?.result);
  expect(writeResult(parseResult(writeResult(read), "b"))).toBe(writeResult(read));
  expect(await folder.compute(cell, computer)).toBe("computed before");
  // The classifier of real beats and the generator are there for the cells of other ratios.
  const shared = readdirSync(join(out, "shared"));
  expect(shared).toHaveLength(2);
  await folder.compute({ ...cell, ratio: 1 }, computer);
  expect(readdirSync(join(out, "shared"))).toEqual(shared);
  expect(readdirSync(out).filter((name) => name.endsWith(".json"))).toHaveLength(2);
});
