import { Failure } from "../domain/failure.ts";
import { database, type StoredFiles, type StoredRecord } from "./database.ts";
import { isOutOfRoom, outOfRoom } from "./room.ts";

/** All stored records, newest first, without their bytes. */
export async function listRecords(): Promise<StoredRecord[]> {
  return database.records.orderBy("importedAt").reverse().toArray();
}

/** One stored record without its bytes, or null. */
export async function findRecord(hash: string): Promise<StoredRecord | null> {
  return (await database.records.get(hash)) ?? null;
}

/** The raw files of a record. @throws Failure `no-such-record` */
export async function filesOfRecord(hash: string): Promise<StoredFiles["files"]> {
  const stored = await database.files.get(hash);
  if (stored === undefined) {
    throw new Failure(
      "no-such-record",
      "This record is not stored in this browser.",
      hash.slice(0, 12),
      "Import its files again.",
    );
  }
  return stored.files;
}

/**
 * Stores a record with its files, both or neither.
 * @returns whether it is new; the same files are stored once
 * @throws Failure `storage-full`
 */
export async function storeRecord(record: StoredRecord, files: StoredFiles["files"]): Promise<boolean> {
  try {
    return await database.transaction("rw", database.records, database.files, async () => {
      if ((await database.records.get(record.hash)) !== undefined) return false;
      await database.files.add({ hash: record.hash, files });
      await database.records.add(record);
      return true;
    });
  } catch (error) {
    if (isOutOfRoom(error)) throw outOfRoom(record.name, record.byteSize);
    throw error;
  }
}

/** Gives a record another name. @throws Failure for an empty name or a record that is not there */
export async function renameRecord(hash: string, name: string): Promise<void> {
  if (name.trim() === "") throw new Failure("empty-name", "A record needs a name.", "name", "Type one.");
  const changed = await database.records.update(hash, { name: name.trim() });
  if (changed === 0 && (await findRecord(hash)) === null) {
    throw new Failure(
      "no-such-record",
      "This record is not stored in this browser.",
      name,
      "Import its files again.",
    );
  }
}

/** Removes a record and its files. */
export async function deleteRecord(hash: string): Promise<void> {
  await database.transaction("rw", database.records, database.files, async () => {
    await database.records.delete(hash);
    await database.files.delete(hash);
  });
}
