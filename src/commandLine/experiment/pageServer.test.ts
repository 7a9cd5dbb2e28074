import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Failure } from "../../domain/failure.ts";
import type { CellCheckpoint, RealRecord } from "../../experiments/realSynthetic/runCell.ts";
import type { BeatSet } from "../../experiments/syntheticBeats/beatSets.ts";
import type { NamedArray } from "../../neural/training/weights.ts";
import { type CellHome, distantHome } from "../../services/training/cellHome.ts";
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

const wanted = {
  source: { name: "r", members: ["h"], byPatient: true, testShare: 0.2, validationShare: 0.2 },
  task: "af",
  form: { samplingFrequency: 100, duration: 10, lead: "II" },
} as const;
const never = () => false;

/** A beat after SimGAN, of one record. */
const beats: BeatSet = {
  samples: Float32Array.of(0.5, -1),
  count: 1,
  classes: Uint8Array.of(2),
  times: Float32Array.of(3),
  origins: [{ record: "a", patient: "a", division: "DS1", paced: false, count: 1 }],
};
const source = { name: "s", members: ["h"], lead: "MLII", filter: "none" } as const;

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
function homeInMemory() {
  const kept = new Map<string, unknown>();
  const home: CellHome = {
    recordings: async () => [{ hash: "h", name: "n", patient: null, label: 1 }],
    async signals(records) {
      if (records.length > 1) throw new Failure("too-many", "There is one.", "records", "Ask for it.");
      const signals = Float32Array.of(records[0].label, records[0].label + 1);
      return { signals, labels: Uint8Array.of(records[0].label), count: 1, length: 2 };
    },
    async beats() {
      kept.set("asked", Number(kept.get("asked") ?? 0) + 1);
      return beats;
    },
    labelledSignals: async () => ({
      signals: Float32Array.of(0.5, -1),
      labels: Uint8Array.of(1),
      patients: ["a"],
      count: 1,
      length: 2,
    }),
    shared: async (address) => (kept.get(address) ?? null) as readonly NamedArray[] | null,
    keepShared: async (address, each) => void kept.set(address, each),
    checkpoint: async () => (kept.get("checkpoint") ?? null) as CellCheckpoint | null,
    keepCheckpoint: async (each) => void kept.set("checkpoint", each),
  };
  return { kept, home };
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

test("a home answers from afar as it does at hand", async () => {
  const { kept, home } = homeInMemory();
  const distant = distantHome(server.offer(home));
  const records = await distant.recordings(wanted);
  expect(records).toEqual(await home.recordings(wanted));
  expect(await distant.signals(records, wanted.form, never)).toEqual(
    await home.signals(records, wanted.form, never),
  );
  expect(await distant.shared("phase")).toBeNull();
  await distant.keepShared("phase", weights);
  expect(await distant.shared("phase")).toEqual(weights);
  expect(await distant.beats(source, never)).toEqual(beats);
  expect(await distant.checkpoint()).toBeNull();
  await distant.keepCheckpoint(checkpoint);
  expect(kept.get("checkpoint")).toEqual(checkpoint);
  expect(await distant.checkpoint()).toEqual(checkpoint);
  // All cells of an experiment have the same beats: they are fetched once.
  await distantHome(server.offer(home)).beats({ ...source, members: ["h"] }, never);
  expect(kept.get("asked")).toBe(1);
});

test("a Failure of the home arrives whole, and a cell that was given up cannot touch the next one's", async () => {
  const { kept, home } = homeInMemory();
  const first = distantHome(server.offer(home));
  const two = [...(await first.recordings(wanted)), ...(await first.recordings(wanted))] as RealRecord[];
  await expect(first.signals(two, wanted.form, never)).rejects.toMatchObject({
    code: "too-many",
    remedy: "Ask for it.",
  });
  const second = distantHome(server.offer(home));
  await expect(first.keepCheckpoint(checkpoint)).rejects.toThrow("404");
  expect(kept.size).toBe(0);
  expect(await second.recordings(wanted)).toHaveLength(1);
});
