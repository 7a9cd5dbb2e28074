import "fake-indexeddb/auto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { movedBuffers } from "../boundary/move.ts";
import { zipOf } from "../records/archive.ts";
import { database } from "../storage/database.ts";
import { listRecords } from "../storage/records.ts";
import { describeWithData } from "../testing/testData.ts";
import { forgetDecoded } from "./decoded.ts";
import { libraryService } from "./library.ts";
import { synthesisService } from "./synthesis.ts";

type Picked = { path: string; blob: Blob };
const picked = (path: string, bytes: Uint8Array): Picked => ({
  path,
  blob: new Blob([bytes as Uint8Array<ArrayBuffer>]),
});

/** A small record with beats, as files. */
async function synthetic(name = "made"): Promise<Picked[]> {
  const { files } = await synthesisService.exportRecord(name, {
    simulator: "gaussian",
    preset: "clinical",
    rhythm: "normal",
    overrides: {},
    seed: 3,
    variation: "exact",
    duration: 10,
    samplingFrequency: 500,
  });
  return files.map((file) => picked(file.name, file.bytes));
}

beforeEach(async () => {
  await libraryService.remove((await listRecords()).map(({ hash }) => hash));
  await Promise.all(database.tables.map((table) => table.clear()));
});

describe("importing", () => {
  test("stores a record once, recognises it again, and opens it from its stored bytes", async () => {
    const files = await synthetic();
    const { stored, first, failures } = await libraryService.importFiles(files);
    expect(failures).toEqual([]);
    expect(stored).toBe(1);
    expect(first).toMatchObject({ name: "made", lead: "II" });
    const again = await libraryService.importFiles(files);
    expect(again).toMatchObject({ stored: 0, known: 1, first, failures: [] });
    const elsewhere = files.map(({ path, blob }) => ({ path: `other/${path}`, blob }));
    expect(await libraryService.importFiles(elsewhere)).toMatchObject({ stored: 0, duplicates: 1, first });
    expect(await listRecords()).toHaveLength(1);
    const hash = first?.hash ?? "";
    const before = await libraryService.readLead(hash, "II");
    forgetDecoded(hash);
    expect(await libraryService.readLead(hash, "II")).toEqual(before);
    expect(before.samples).toHaveLength(5000);
  });

  test("takes a zip", async () => {
    const files = await Promise.all(
      (await synthetic()).map(async ({ path, blob }) => ({
        name: path,
        bytes: new Uint8Array(await blob.arrayBuffer()),
      })),
    );
    const { first, failures } = await libraryService.importFiles([picked("records.ZIP", await zipOf(files))]);
    expect(failures).toEqual([]);
    expect(first).toMatchObject({ name: "made" });
  });

  test("keeps the good records, names what is wrong with the others, and leaves what was stored untouched", async () => {
    await libraryService.importFiles(await synthetic("first"));
    const before = await database.files.toArray();
    const [header, , annotations] = await synthetic("cut");
    const report = await libraryService.importFiles([
      ...(await synthetic("second")),
      header,
      picked("cut.dat", new Uint8Array(17)),
      annotations,
      picked("broken.zip", Uint8Array.of(80, 75, 3, 4)),
    ]);
    expect(report).toMatchObject({ stored: 1, failed: 2, first: { name: "second" } });
    expect(report.failures.map(({ code }) => code).sort()).toEqual(["signal-truncated", "zip"]);
    expect(report.failures.every(({ place, remedy }) => place !== "" && remedy !== "")).toBe(true);
    expect((await listRecords()).map(({ name }) => name).sort()).toEqual(["first", "second"]);
    expect(await database.files.get(before[0].hash)).toEqual(before[0]);
  });

  test("reports a file that can no longer be read", async () => {
    const gone = new Blob();
    gone.arrayBuffer = () => Promise.reject(new DOMException("it was moved", "NotReadableError"));
    const { failures } = await libraryService.importFiles([{ path: "folder/gone.hea", blob: gone }]);
    expect(failures).toMatchObject([{ code: "unreadable-file", place: "folder/gone.hea" }]);
  });
});

describe("a stored record", () => {
  test("gives its lead, its picture at a glance, its beats and its files, all moved", async () => {
    const files = await synthetic();
    const hash = (await libraryService.importFiles(files)).first?.hash ?? "";
    const lead = await libraryService.readLead(hash, "II");
    const overview = await libraryService.overview(hash, "II", 100);
    expect(Math.max(...overview.maximum)).toBe(Math.max(...lead.samples));
    const { rPeaks, duration } = await libraryService.openRecord(hash);
    expect(duration).toBe(10);
    const beat = await libraryService.readBeat(hash, "II", 2);
    expect(beat.samples[beat.rPeak]).toBe(lead.samples[beat.start + beat.rPeak]);
    expect(Math.abs(beat.start + beat.rPeak - rPeaks[2])).toBeLessThanOrEqual(25);
    const exported = await libraryService.exportRecord(hash);
    expect(exported.map(({ name }) => name).sort()).toEqual(files.map(({ path }) => path).sort());
    for (const answer of [lead, overview, beat, exported]) {
      expect(movedBuffers(answer).length).toBeGreaterThan(0);
    }
  });

  test("can be renamed and removed; what is not there is a failure", async () => {
    const hash = (await libraryService.importFiles(await synthetic())).first?.hash ?? "";
    await libraryService.rename(hash, "patient seven");
    expect((await libraryService.openRecord(hash)).name).toBe("patient seven");
    await expect(libraryService.readLead(hash, "V9")).rejects.toMatchObject({
      code: "no-such-lead",
      remedy: "Choose II.",
    });
    await expect(libraryService.readBeat(hash, "II", 999)).rejects.toMatchObject({ code: "no-such-beat" });
    await libraryService.remove([hash]);
    await expect(libraryService.openRecord(hash)).rejects.toMatchObject({ code: "no-such-record" });
  });
});

describeWithData("real records", (folder) => {
  const real = (database: string, ...names: string[]) =>
    names.map((name) => picked(`${database}/${name}`, readFileSync(join(folder, database, name))));

  test("record 100 of MIT-BIH has the samples and annotations that PhysioNet states", async () => {
    const report = await libraryService.importFiles(real("mitdb", "100.hea", "100.dat", "100.atr"));
    expect(report.failures).toEqual([]);
    const { hash, lead } = report.first ?? { hash: "", lead: "" };
    expect(lead).toBe("MLII");
    const opened = await libraryService.openRecord(hash);
    expect(opened).toMatchObject({ name: "100", samplingFrequency: 360, warnings: [] });
    expect(opened.leads.map(({ name }) => name)).toEqual(["MLII", "V5"]);
    expect(opened.annotations).toHaveLength(2274);
    expect(opened.rPeaks).toHaveLength(2273);
    const { samples } = await libraryService.readLead(hash, "MLII");
    expect(samples).toHaveLength(650_000);
    // 100.hea: baseline 1024, gain 200, first value 995.
    expect(samples[0]).toBeCloseTo((995 - 1024) / 200, 6);
    const [stored] = await listRecords();
    expect(stored).toMatchObject({ beatCount: 2273, annotationCount: 2274, length: 650_000 });
  });

  test("a header whose signal file is missing is refused by the name of that file", async () => {
    const { stored, failures } = await libraryService.importFiles(real("mitdb", "100.hea", "100.atr"));
    expect(stored).toBe(0);
    expect(failures).toMatchObject([{ code: "missing-file", place: expect.stringContaining("100.dat") }]);
    expect(await listRecords()).toEqual([]);
  });
});
