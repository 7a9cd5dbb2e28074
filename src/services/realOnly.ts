import { Failure } from "../domain/failure.ts";
import { type LibraryRecord, mayStandForReal } from "../domain/libraryRecord.ts";

/**
 * Those records that may stand for real ones.
 * @param name of what they are taken from
 * @throws Failure `synthetic-records` where there are some, and none may
 */
export function realAmong(name: string, records: readonly LibraryRecord[]): LibraryRecord[] {
  const real = records.filter(mayStandForReal);
  if (real.length === 0 && records.length > 0) throw allSynthetic(name);
  return real;
}

/**
 * Those of some records that may stand for real ones; one that is not in the library stays.
 * @param library by hash
 * @throws Failure `synthetic-records` as `realAmong`
 */
export function realHashes(
  name: string,
  hashes: readonly string[],
  library: ReadonlyMap<string, LibraryRecord>,
): string[] {
  const real = hashes.filter((hash) => !isSynthetic(library.get(hash)));
  if (real.length === 0 && hashes.length > 0) throw allSynthetic(name);
  return real;
}

/** Whether a record is in the library and cannot stand for a real one. */
export const isSynthetic = (record: LibraryRecord | undefined): boolean =>
  record !== undefined && !mayStandForReal(record);

/** That nothing of a choice may stand for a real record. */
export const allSynthetic = (name: string): Failure =>
  new Failure(
    "synthetic-records",
    "All records of it are synthetic: they cannot stand for real ones.",
    name,
    "Choose another cohort. On Closeness this one can be the synthetic set.",
  );

/** @throws Failure `synthetic-records` for a record that cannot stand for a real one */
export function refuseSynthetic(record: LibraryRecord): void {
  if (mayStandForReal(record)) return;
  throw new Failure(
    "synthetic-records",
    "It is synthetic and cannot stand for a real record.",
    record.name,
    "Choose the records again: synthetic ones are left out then.",
  );
}
