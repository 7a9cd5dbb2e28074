import { move } from "../boundary/move.ts";
import type { RecordQuery } from "../domain/cohort.ts";
import { type BeatClass, beatClasses } from "../domain/libraryRecord.ts";
import { aamiClassOf } from "../records/aami.ts";
import {
  type BeatIndex,
  type BeatQuery,
  findBeats as findIn,
  indexBeats,
} from "../records/library/beatIndex.ts";
import { type BeatScaling, meanBeat, scaleBeats } from "../signal/beatMatrix.ts";
import { createRandom } from "../signal/random.ts";
import { findAnalysis, findBeats } from "../storage/analyses.ts";
import { database } from "../storage/database.ts";
import { catalogueRevision, queryHashes } from "./catalogue.ts";

/** The beats of one class, superimposed. */
export interface GalleryClass {
  readonly beatClass: BeatClass;
  /** Beats of the class; of which only some are drawn. */
  readonly count: number;
  /** `[length]`, mV or as scaled. */
  readonly mean: Float32Array;
  readonly standardDeviation: Float32Array;
  /** `[drawn, length]` */
  readonly beats: Float32Array;
  /** Number of each drawn beat within its record. */
  readonly numbers: Int32Array;
}

export interface Gallery {
  /** Hz */
  readonly samplingFrequency: number;
  /** Samples before the R peak, and in a beat. */
  readonly before: number;
  readonly length: number;
  readonly classes: readonly GalleryClass[];
}

/** How many beats of one class are drawn. */
const mostDrawn = 120;

/** All beats of the library in columns, as they stood at a revision; null until somebody asks. */
let index: { readonly revision: number; readonly beats: Promise<BeatIndex> } | null = null;

function beatIndex(): Promise<BeatIndex> {
  const revision = catalogueRevision();
  if (index?.revision !== revision) {
    index = { revision, beats: database.analyses.toArray().then(indexBeats) };
  }
  return index.beats;
}

/** What the records worker offers of beats. */
export const beatFunctions = {
  /** The beats of a record by class, superimposed; null where none were cut out. The same ones are drawn every time. */
  async readGallery(hash: string, scaling: BeatScaling): Promise<Gallery | null> {
    const [stored, analysis] = await Promise.all([findBeats(hash), findAnalysis(hash)]);
    if (stored === null || analysis === null) return null;
    const matrix = scaleBeats(stored, scaling);
    const { length, before, samplingFrequency } = stored;
    const classes = beatClasses.flatMap((beatClass) => {
      const rows = Array.from(matrix.rows.keys()).filter(
        (row) => aamiClassOf(analysis.symbols[matrix.rows[row]]) === beatClass,
      );
      const mean = meanBeat(matrix, rows);
      if (mean === null) return [];
      const drawn = someOf(rows, mostDrawn);
      const beats = new Float32Array(drawn.length * length);
      drawn.forEach((row, at) => {
        beats.set(matrix.samples.subarray(row * length, (row + 1) * length), at * length);
      });
      const numbers = Int32Array.from(drawn, (row) => matrix.rows[row]);
      const { mean: average, standardDeviation } = mean;
      return [{ beatClass, count: rows.length, mean: average, standardDeviation, beats, numbers }];
    });
    return move({ samplingFrequency, before, length, classes });
  },

  /** How many beats the records of a query have, and in how many records, under conditions on the beats themselves. */
  async countBeats(
    query: RecordQuery,
    beats: BeatQuery,
  ): Promise<{ readonly beats: number; readonly records: number }> {
    // The library first: hearing of changes begins with it.
    const hashes = new Set(await queryHashes(query));
    const found = findIn(await beatIndex(), hashes, beats);
    let total = 0;
    for (const numbers of found.values()) total += numbers.length;
    return { beats: total, records: found.size };
  },
};

/** Some of many, spread by chance but the same ones each time. */
function someOf(rows: readonly number[], most: number): number[] {
  if (rows.length <= most) return [...rows];
  const random = createRandom(rows.length);
  const shuffled = [...rows];
  for (let last = 0; last < most; last++) {
    const other = last + random.integer(shuffled.length - last);
    [shuffled[last], shuffled[other]] = [shuffled[other], shuffled[last]];
  }
  return shuffled.slice(0, most).sort((one, other) => one - other);
}
