import { type BeatClass, beatClasses } from "../../domain/libraryRecord.ts";
import { aamiClassOf } from "../aami.ts";

/** The beats of one record, as an index takes them. */
export interface IndexedRecord {
  readonly hash: string;
  /** Hz */
  readonly samplingFrequency: number;
  /** Samples, ascending. */
  readonly beats: Int32Array;
  /** WFDB symbol of each beat. */
  readonly symbols: string;
}

/** All beats of a library in columns: a question over a hundred thousand is one pass over numbers. */
export interface BeatIndex {
  readonly hashes: readonly string[];
  /** First beat of each record, and one more for the end. */
  readonly starts: Int32Array;
  /** Index into `beatClasses`. */
  readonly classes: Uint8Array;
  /** Interval to the beat before, s; NaN for the first of a record. */
  readonly rr: Float32Array;
}

/** Which beats are meant; what is absent does not restrict. */
export interface BeatQuery {
  readonly classes?: readonly BeatClass[];
  /** Interval to the beat before, s, both ends included. */
  readonly rr?: { readonly from: number; readonly to: number };
}

/** Puts the beats of records into columns. */
export function indexBeats(records: readonly IndexedRecord[]): BeatIndex {
  const total = records.reduce((sum, { beats }) => sum + beats.length, 0);
  const index = {
    hashes: records.map(({ hash }) => hash),
    starts: new Int32Array(records.length + 1),
    classes: new Uint8Array(total),
    rr: new Float32Array(total),
  };
  let at = 0;
  records.forEach(({ beats, symbols, samplingFrequency }, record) => {
    for (let beat = 0; beat < beats.length; beat++, at++) {
      index.classes[at] = beatClasses.indexOf(aamiClassOf(symbols[beat]) ?? "Q");
      index.rr[at] = beat === 0 ? Number.NaN : (beats[beat] - beats[beat - 1]) / samplingFrequency;
    }
    index.starts[record + 1] = at;
  });
  return index;
}

/**
 * The beats that are meant.
 * @param among hashes of the records to look in
 * @returns for each record with such beats, their numbers within it
 */
export function findBeats(
  index: BeatIndex,
  among: ReadonlySet<string>,
  query: BeatQuery,
): ReadonlyMap<string, Int32Array> {
  const wanted = new Uint8Array(beatClasses.length).fill(query.classes === undefined ? 1 : 0);
  for (const beatClass of query.classes ?? []) wanted[beatClasses.indexOf(beatClass)] = 1;
  const { from, to } = query.rr ?? { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  const found = new Map<string, Int32Array>();
  index.hashes.forEach((hash, record) => {
    if (!among.has(hash)) return;
    const [start, end] = [index.starts[record], index.starts[record + 1]];
    const numbers = new Int32Array(end - start);
    let count = 0;
    for (let at = start; at < end; at++) {
      if (wanted[index.classes[at]] === 0) continue;
      if (query.rr !== undefined && !(index.rr[at] >= from && index.rr[at] <= to)) continue;
      numbers[count++] = at - start;
    }
    if (count > 0) found.set(hash, numbers.slice(0, count));
  });
  return found;
}
