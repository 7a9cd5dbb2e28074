import { Failure } from "../domain/failure.ts";
import type { LibraryRecord } from "../domain/libraryRecord.ts";
import type { SyntheticOrigin } from "../domain/syntheticOrigin.ts";
import { tellChanged } from "./changes.ts";
import { database, type StoredAnalysis, type StoredBeats, type StoredFiles } from "./database.ts";
import { isOutOfRoom, outOfRoom } from "./room.ts";

/** All stored records, newest first, without their bytes. */
export async function listRecords(): Promise<LibraryRecord[]> {
  return database.records.orderBy("importedAt").reverse().toArray();
}

/** One stored record without its bytes, or null. */
export async function findRecord(hash: string): Promise<LibraryRecord | null> {
  return (await database.records.get(hash)) ?? null;
}

/** Stored records by their hashes, in that order; null for one that is not stored. */
export async function findRecords(hashes: readonly string[]): Promise<(LibraryRecord | null)[]> {
  return (await database.records.bulkGet([...hashes])).map((record) => record ?? null);
}

/** Writes onto stored records what made them. */
export async function markRecords(hashes: readonly string[], synthetic: SyntheticOrigin): Promise<void> {
  await database.records
    .where("hash")
    .anyOf([...hashes])
    .modify({ synthetic });
  tellChanged(hashes);
}

/** The raw files of a record. @throws Failure `no-such-record` */
export async function filesOfRecord(hash: string): Promise<StoredFiles["files"]> {
  const stored = await database.files.get(hash);
  if (stored === undefined) throw noSuchRecord(hash.slice(0, 12));
  return stored.files;
}

/** A record with everything that is kept of it. */
export interface WholeRecord {
  readonly record: LibraryRecord;
  readonly files: StoredFiles["files"];
  /** Null for a record without a lead that could be analysed. */
  readonly analysis: StoredAnalysis | null;
  readonly beats: StoredBeats | null;
}

/**
 * Stores records, all of them whole or none: a tab that is closed meanwhile leaves no half record.
 * @returns for each whether it is new; the same files are stored once
 * @throws Failure `storage-full`
 */
export async function storeRecords(whole: readonly WholeRecord[]): Promise<boolean[]> {
  const { records, files, analyses, beats } = database;
  try {
    const isNew = await database.transaction("rw", records, files, analyses, beats, async () => {
      const known = await records.bulkGet(whole.map(({ record }) => record.hash));
      const seen = new Set(known.flatMap((record) => record?.hash ?? []));
      const fresh = whole.map(({ record }) => {
        const first = !seen.has(record.hash);
        seen.add(record.hash);
        return first;
      });
      const added = whole.filter((_, index) => fresh[index]);
      await files.bulkAdd(added.map((each) => ({ hash: each.record.hash, files: each.files })));
      await analyses.bulkAdd(added.flatMap(({ analysis }) => analysis ?? []));
      await beats.bulkAdd(added.flatMap((each) => each.beats ?? []));
      await records.bulkAdd(added.map(({ record }) => record));
      return fresh;
    });
    tellChanged(whole.filter((_, index) => isNew[index]).map(({ record }) => record.hash));
    return isNew;
  } catch (error) {
    if (!isOutOfRoom(error)) throw error;
    const bytes = whole.reduce((sum, { record }) => sum + record.byteSize, 0);
    throw outOfRoom(whole[0].record.name, bytes);
  }
}

/** Gives a record another name. @throws Failure for an empty name or a record that is not there */
export async function renameRecord(hash: string, name: string): Promise<void> {
  if (name.trim() === "") throw new Failure("empty-name", "A record needs a name.", "name", "Type one.");
  const changed = await database.records.update(hash, { name: name.trim() });
  if (changed === 0 && (await findRecord(hash)) === null) throw noSuchRecord(name);
  tellChanged([hash]);
}

/** Removes records with everything that is kept of them. */
export async function deleteRecords(hashes: readonly string[]): Promise<void> {
  const { records, files, analyses, beats } = database;
  await database.transaction("rw", records, files, analyses, beats, async () => {
    for (const table of [records, files, analyses, beats]) await table.bulkDelete([...hashes]);
  });
  tellChanged(hashes);
}

function noSuchRecord(place: string): Failure {
  return new Failure(
    "no-such-record",
    "This record is not stored in this browser.",
    place,
    "Import its files again.",
  );
}
