import "fake-indexeddb/auto";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { Failure } from "../domain/failure.ts";
import { database, type StoredRecord } from "./database.ts";
import {
  deleteRecord,
  filesOfRecord,
  findRecord,
  listRecords,
  renameRecord,
  storeRecord,
} from "./records.ts";
import { readSetting, writeSetting } from "./settings.ts";

const record = (hash: string, importedAt = 1): StoredRecord => ({
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

beforeEach(async () => {
  await Promise.all(database.tables.map((table) => table.clear()));
});

describe("stored records", () => {
  test("come back as they were, newest first", async () => {
    await storeRecord(record("a", 1), files);
    await storeRecord(record("b", 2), files);
    expect((await listRecords()).map(({ hash }) => hash)).toEqual(["b", "a"]);
    expect([...(await filesOfRecord("a"))[0].bytes]).toEqual([1, 2, 3]);
  });

  test("the same files are stored once", async () => {
    expect(await storeRecord(record("a"), files)).toBe(true);
    expect(await storeRecord({ ...record("a"), name: "other" }, files)).toBe(false);
    expect((await findRecord("a"))?.name).toBe("record a");
  });

  test("a failed import leaves neither half", async () => {
    const unclonable = { ...record("a"), leads: [() => 0] } as unknown as StoredRecord;
    await expect(storeRecord(unclonable, files)).rejects.toThrow();
    expect(await findRecord("a")).toBeNull();
    await expect(filesOfRecord("a")).rejects.toBeInstanceOf(Failure);
  });

  test("without room for it nothing changes, and the failure says what to do", async () => {
    await storeRecord(record("a"), files);
    const full = vi.spyOn(IDBObjectStore.prototype, "add").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    await expect(storeRecord(record("b"), files)).rejects.toMatchObject({
      code: "storage-full",
      place: "record b",
    });
    full.mockRestore();
    expect((await listRecords()).map(({ hash }) => hash)).toEqual(["a"]);
    expect(await database.files.count()).toBe(1);
  });

  test("can be renamed and deleted", async () => {
    await storeRecord(record("a"), files);
    await renameRecord("a", "  a better name ");
    expect((await findRecord("a"))?.name).toBe("a better name");
    await expect(renameRecord("a", " ")).rejects.toBeInstanceOf(Failure);
    await deleteRecord("a");
    expect(await listRecords()).toEqual([]);
    expect(await database.files.count()).toBe(0);
  });
});

test("settings keep their type", async () => {
  await writeSetting("pixelsPerMillimetre", 4.2);
  expect(await readSetting("pixelsPerMillimetre", 3.78)).toBe(4.2);
  expect(await readSetting("pixelsPerMillimetre", "text")).toBe("text");
});
