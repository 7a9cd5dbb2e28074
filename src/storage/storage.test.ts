import "fake-indexeddb/auto";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { Failure } from "../domain/failure.ts";
import { type LibraryRecord, undescribed } from "../domain/libraryRecord.ts";
import { database } from "./database.ts";
import {
  deleteRecords,
  filesOfRecord,
  findRecord,
  listRecords,
  renameRecord,
  storeRecords,
} from "./records.ts";
import { readSetting, writeSetting } from "./settings.ts";

const record = (hash: string, importedAt = 1): LibraryRecord => ({
  ...undescribed,
  analysedLead: "MLII",
  beatCounts: { N: 12, S: 0, V: 0, F: 0, Q: 0 },
  heartRate: 60,
  quality: "good",
  source: `${hash}|1`,
  hash,
  name: `record ${hash}`,
  recordName: hash,
  importedAt,
  samplingFrequency: 360,
  length: 3600,
  leads: [{ name: "MLII", unit: "mV", samplingFrequency: 360 }],
  beatCount: 12,
  annotationCount: 13,
  comments: [],
  warnings: [],
  byteSize: 3,
});
const files = [{ name: "a.dat", bytes: Uint8Array.of(1, 2, 3) }];

/** Stores one record; whether it is new. */
async function store(stored: LibraryRecord): Promise<boolean> {
  const [isNew] = await storeRecords([{ record: stored, files, analysis: null, beats: null }]);
  return isNew;
}

beforeEach(async () => {
  await Promise.all(database.tables.map((table) => table.clear()));
});

describe("stored records", () => {
  test("come back as they were, newest first", async () => {
    await store(record("a", 1));
    await store(record("b", 2));
    expect((await listRecords()).map(({ hash }) => hash)).toEqual(["b", "a"]);
    expect([...(await filesOfRecord("a"))[0].bytes]).toEqual([1, 2, 3]);
  });

  test("the same files are stored once", async () => {
    expect(await store(record("a"))).toBe(true);
    expect(await store({ ...record("a"), name: "other" })).toBe(false);
    expect((await findRecord("a"))?.name).toBe("record a");
  });

  test("a failed import leaves neither half", async () => {
    const unclonable = { ...record("a"), leads: [() => 0] } as unknown as LibraryRecord;
    await expect(store(unclonable)).rejects.toThrow();
    expect(await findRecord("a")).toBeNull();
    await expect(filesOfRecord("a")).rejects.toBeInstanceOf(Failure);
  });

  test("without room for it nothing changes, and the failure says what to do", async () => {
    await store(record("a"));
    const full = vi.spyOn(IDBObjectStore.prototype, "add").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    await expect(store(record("b"))).rejects.toMatchObject({
      code: "storage-full",
      place: "record b",
    });
    full.mockRestore();
    expect((await listRecords()).map(({ hash }) => hash)).toEqual(["a"]);
    expect(await database.files.count()).toBe(1);
  });

  test("can be renamed and deleted", async () => {
    await store(record("a"));
    await renameRecord("a", "  a better name ");
    expect((await findRecord("a"))?.name).toBe("a better name");
    await expect(renameRecord("a", " ")).rejects.toBeInstanceOf(Failure);
    await deleteRecords(["a"]);
    expect(await listRecords()).toEqual([]);
    expect(await database.files.count()).toBe(0);
  });
});

test("settings keep their type", async () => {
  await writeSetting("pixelsPerMillimetre", 4.2);
  expect(await readSetting("pixelsPerMillimetre", 3.78)).toBe(4.2);
  expect(await readSetting("pixelsPerMillimetre", "text")).toBe("text");
});
