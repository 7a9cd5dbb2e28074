import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Failure } from "../../domain/failure.ts";
import type { CellCheckpoint, RealRecord } from "../../experiments/realSynthetic/runCell.ts";
import type { NamedArray } from "../../neural/training/weights.ts";
import { type CellStore, distantStore } from "../../services/training/cellStore.ts";
import { type PageServer, servePage } from "./pageServer.ts";

const folder = mkdtempSync(join(tmpdir(), "page-"));
let server: PageServer;
beforeAll(async () => {
  mkdirSync(join(folder, "page", "assets"), { recursive: true });
  writeFileSync(join(folder, "page", "headless.html"), "<p>page</p>");
  writeFileSync(join(folder, "page", "assets", "a.wasm"), Uint8Array.of(0, 97, 115, 109));
  writeFileSync(join(folder, "beside"), "not for the page");
  server = await servePage(join(folder, "page"));
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const weights: readonly NamedArray[] = [{ name: "w", shape: [1, 2], values: Float32Array.of(0.1, -3) }];
const checkpoint: CellCheckpoint = {
  phase: "real",
  state: {
    position: 7,
    weights,
    optimiser: { step: 7, first: [Float32Array.of(1, 2)], second: [Float32Array.of(3, 4)] },
    best: { epoch: 1, loss: Number.POSITIVE_INFINITY, weights },
    withoutGain: 0,
    losses: Float32Array.of(0.7, Number.NaN),
    validations: [],
  },
};

/** Keeps what it is given; of recordings it has one, whose samples count from its label. */
function storeInMemory() {
  const kept = new Map<string, unknown>();
  const store: CellStore = {
    realRecords: async () => [{ hash: "h", name: "n", patient: null, label: 1 }],
    async realSignals(records) {
      if (records.length > 1) throw new Failure("too-many", "There is one.", "records", "Ask for it.");
      const signals = Float32Array.of(records[0].label, records[0].label + 1);
      return { signals, labels: Uint8Array.of(records[0].label), count: 1, length: 2 };
    },
    pretrained: async (address) => (kept.get(address) ?? null) as readonly NamedArray[] | null,
    keepPretrained: async (address, each) => void kept.set(address, each),
    checkpoint: async () => (kept.get("checkpoint") ?? null) as CellCheckpoint | null,
    keepCheckpoint: async (each) => void kept.set("checkpoint", each),
  };
  return { kept, store };
}

test("files come with cross-origin isolation, to those who know the address alone", async () => {
  const page = await fetch(`${server.address}/headless.html`);
  expect(await page.text()).toBe("<p>page</p>");
  expect(page.headers.get("Content-Type")).toBe("text/html");
  expect(page.headers.get("Cross-Origin-Opener-Policy")).toBe("same-origin");
  expect(page.headers.get("Cross-Origin-Embedder-Policy")).toBe("require-corp");
  const binary = await fetch(`${server.address}/assets/a.wasm`);
  expect(binary.headers.get("Content-Type")).toBe("application/wasm");
  expect([...new Uint8Array(await binary.arrayBuffer())]).toEqual([0, 97, 115, 109]);
  const { origin } = new URL(server.address);
  expect((await fetch(`${origin}/headless.html`)).status).toBe(404);
  expect((await fetch(`${server.address}/..%2Fbeside`)).status).toBe(404);
});

test("a store answers from afar as it does at hand", async () => {
  const { kept, store } = storeInMemory();
  const distant = distantStore(server.offer(store));
  const records = await distant.realRecords();
  expect(records).toEqual(await store.realRecords());
  expect(await distant.realSignals(records)).toEqual(await store.realSignals(records));
  expect(await distant.pretrained("phase")).toBeNull();
  await distant.keepPretrained("phase", weights);
  expect(await distant.pretrained("phase")).toEqual(weights);
  expect(await distant.checkpoint()).toBeNull();
  await distant.keepCheckpoint(checkpoint);
  expect(kept.get("checkpoint")).toEqual(checkpoint);
  expect(await distant.checkpoint()).toEqual(checkpoint);
});

test("a Failure of the store arrives whole, and a cell that was given up cannot touch the next one's", async () => {
  const { kept, store } = storeInMemory();
  const first = distantStore(server.offer(store));
  const two = [...(await first.realRecords()), ...(await first.realRecords())] as RealRecord[];
  await expect(first.realSignals(two)).rejects.toMatchObject({ code: "too-many", remedy: "Ask for it." });
  const second = distantStore(server.offer(store));
  await expect(first.keepCheckpoint(checkpoint)).rejects.toThrow("404");
  expect(kept.size).toBe(0);
  expect(await second.realRecords()).toHaveLength(1);
});
