import "fake-indexeddb/auto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { movedBuffers } from "../boundary/move.ts";
import { zipOf } from "../records/archive.ts";
import { database } from "../storage/database.ts";
import { listRecords } from "../storage/records.ts";
import { picked, simulatedFiles } from "../testing/smallRecords.ts";
import { describeWithData } from "../testing/testData.ts";
import { forgetDecoded } from "./decoded.ts";
import { libraryService } from "./library.ts";

type Picked = ReturnType<typeof picked>;

/** A small record with beats, as files. */
const synthetic = async (name = "made"): Promise<Picked[]> =>
  (await simulatedFiles(name, { samplingFrequency: 500 })).map(picked);

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
    const { first, failures } = await libraryService.importFiles([
      picked({ name: "records.ZIP", bytes: await zipOf(files) }),
    ]);
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
      picked({ name: "cut.dat", bytes: new Uint8Array(17) }),
      annotations,
      picked({ name: "broken.zip", bytes: Uint8Array.of(80, 75, 3, 4) }),
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

const order = { key: "name", descending: false } as const;

describe("the library", () => {
  test("answers queries row by row, follows what is stored, renamed and removed, and counts", async () => {
    for (const name of ["beta", "alpha", "zeta"]) await libraryService.importFiles(await synthetic(name));
    const names = async (from: number, count: number) =>
      (await libraryService.queryRecords({}, order, from, count)).rows.map(({ name }) => name);
    expect(await names(0, 2)).toEqual(["alpha", "beta"]);
    expect(await names(2, 2)).toEqual(["zeta"]);
    const [{ hash }] = (await libraryService.queryRecords({ text: "beta" }, order, 0, 1)).rows;
    await libraryService.rename(hash, "zoo");
    expect(await names(0, 3)).toEqual(["alpha", "zeta", "zoo"]);
    await libraryService.remove([hash]);
    expect(await libraryService.queryRecords({}, order, 0, 9)).toMatchObject({ total: 2 });
    const { found, whole } = await libraryService.queryFacets({ text: "alpha" });
    expect([found.records, whole.records]).toEqual([1, 2]);
  });

  test("knows beats, waves, intervals and a gallery of a record whose truth is known", async () => {
    const hash = (await libraryService.importFiles(await synthetic())).first?.hash ?? "";
    const found = await libraryService.readFound(hash);
    const { rPeaks } = await libraryService.openRecord(hash);
    expect(found?.annotated).toBe(true);
    expect([...(found?.beats ?? [])]).toEqual(rPeaks);
    expect(found?.symbols).toBe("N".repeat(rPeaks.length));
    expect(found?.rPeaks.length).toBeGreaterThanOrEqual(rPeaks.length - 2);
    expect(found?.waves).toHaveLength(9 * rPeaks.length);
    const groups = await libraryService.readFindings(hash);
    const finding = (name: string) =>
      groups.flatMap(({ findings }) => findings).find((each) => each.name === name)?.value;
    const intervals = rPeaks.slice(1).map((peak, index) => peak - rPeaks[index]);
    const meanRr = (2 * intervals.reduce((sum, value) => sum + value, 0)) / intervals.length;
    expect(Math.abs(Number(finding("RR")) - meanRr)).toBeLessThan(3);
    expect(Number(finding("Sensitivity"))).toBeGreaterThan(85);
    const gallery = await libraryService.readGallery(hash, "mean");
    expect(gallery).toMatchObject({ samplingFrequency: 500, before: 100, length: 300 });
    expect(gallery?.classes.map(({ beatClass }) => beatClass)).toEqual(["N"]);
    const [{ mean }] = gallery?.classes ?? [];
    expect(Math.abs(mean.indexOf(Math.max(...mean)) - 100)).toBeLessThan(5);
    expect(await libraryService.countBeats({}, { classes: ["N"] })).toEqual({
      beats: rPeaks.length,
      records: 1,
    });
    expect(await libraryService.countBeats({}, { classes: ["V"] })).toEqual({ beats: 0, records: 0 });
  });
});

describe("the simulated stand-in", () => {
  const size = { seed: 5, holters: 0, tenSeconds: 10 };

  test("is stored as records that say what they are, once", async () => {
    expect(await libraryService.makeStandIn(size)).toMatchObject({
      stored: 10,
      failed: 0,
      state: "finished",
    });
    expect(await libraryService.makeStandIn(size)).toMatchObject({ stored: 0, known: 10 });
    const { rows } = await libraryService.queryRecords({ labels: ["AFIB"] }, order, 0, 9);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({ dataset: "simulated", leads: { length: 12 } });
    expect((await libraryService.openRecord(rows[0].hash)).nature).toBe("standIn");
  });
});

describe("cohorts", () => {
  const shares = { train: 0.6, validation: 0.2, test: 0.2 };
  const split = { kind: "patient", seed: 1, shares } as const;

  test("keep their members, are compared, exported and read again under a free name", async () => {
    await libraryService.makeStandIn({ seed: 5, holters: 0, tenSeconds: 10 });
    const cohort = await libraryService.createCohort("first", { labels: ["NORM", "WPW"] }, split);
    expect(cohort.members).toHaveLength(4);
    const preview = await libraryService.previewCohort({ labels: ["NORM", "WPW"] }, split);
    expect(await libraryService.summariseCohort(cohort.id)).toEqual(preview);
    expect(preview.leakingPatients).toEqual([]);
    const side = await libraryService.trainingSide(cohort.id);
    expect(side.name).toBe("first");
    expect(side.members).toHaveLength(preview.sides.train.records);
    expect(side.members.length).toBeLessThan(4);
    expect(cohort.members).toEqual(expect.arrayContaining([...side.members]));
    const copy = await libraryService.importCohort(
      await libraryService.exportCohort(cohort.id),
      "first.json",
    );
    expect(copy).toMatchObject({ name: "first (2)", members: cohort.members, split });
    expect(await libraryService.compareCohorts(cohort.id, copy.id)).toEqual({
      records: 4,
      patients: 4,
      crossing: 0,
    });
    await libraryService.remove([cohort.members[0]]);
    expect((await libraryService.summariseCohort(cohort.id)).missing).toBe(1);
    await libraryService.removeCohort(copy.id);
    expect((await libraryService.listCohorts()).map(({ name }) => name)).toEqual(["first"]);
  });

  test("say where their split leaves nothing to learn from", async () => {
    await libraryService.importFiles(await synthetic());
    const folds = { validationFolds: [9], testFolds: [10] };
    const published = { kind: "published", seed: 1, validationShare: 0.2, ...folds } as const;
    // What is simulated stands in no division and no fold.
    const { id } = await libraryService.createCohort("foldless", {}, published);
    await expect(libraryService.trainingSide(id)).rejects.toMatchObject({ code: "no-training-side" });
  });

  test("need records and a name of their own", async () => {
    await expect(libraryService.createCohort("none", {}, split)).rejects.toMatchObject({
      code: "empty-cohort",
    });
    await libraryService.importFiles(await synthetic());
    await libraryService.createCohort("one", {}, split);
    await expect(libraryService.createCohort("one", {}, split)).rejects.toMatchObject({
      code: "cohort-name",
    });
    await expect(libraryService.createCohort(" ", {}, split)).rejects.toMatchObject({ code: "cohort-name" });
  });
});

describeWithData("real records", (folder) => {
  const real = (database: string, ...names: string[]) =>
    names.map((name) =>
      picked({ name: `${database}/${name}`, bytes: readFileSync(join(folder, database, name)) }),
    );

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
