import { createRandom, type Random } from "../../signal/random.ts";
import {
  type Drawable,
  type DrawnInterval,
  drawableOf,
  drawnInterval,
  halfOf,
  shuffled,
} from "./halfSampling.ts";
import { positionsOf } from "./measure.ts";
import type { MemorisationOptions } from "./memorisation.ts";
import { euclideanDistances } from "./pairDistances.ts";
import {
  type PrivacyGroups,
  type PrivacyKey,
  type PrivacyValues,
  privacyMeasures,
  privacyValues,
} from "./privacy.ts";
import { joined, requireRows, rowsAt, type SignalRows } from "./signalRows.ts";
import type { Work } from "./work.ts";

/** One number with what fair generators and copies have. */
export interface PrivacyEntry extends DrawnInterval {
  readonly key: PrivacyKey;
  readonly value: number;
  readonly fair: number;
  readonly copies: number;
  /** Synthetic rows, and as many training as held-out ones. */
  readonly rows: number;
  readonly realRows: number;
}

/** Synthetic rows, and rows of each real set, up to which all distances take seconds. */
const [mostRows, mostRealRows] = [400, 1200];
const fewestRows = 8;
const draws = 100;

export interface PrivacyOptions extends Pick<MemorisationOptions, "patients" | "seed"> {
  /** Of the intervals; 0.95. */
  readonly level?: number;
}

/**
 * All numbers with half-sample intervals, of halves of the patients where they are given. Where no value is fair by
 * definition, the held-out rows stand in for synthetic ones. Distances prove no privacy: they see neither shifted nor
 * scaled copies.
 * @param heldOut rows of patients that the generator has not seen
 * @throws Failure for too few rows, or lengths that differ
 */
export function* privacyReport(
  synthetic: SignalRows,
  training: SignalRows,
  heldOut: SignalRows,
  { patients, seed = 1, level = 0.95 }: PrivacyOptions = {},
): Work<PrivacyEntry[]> {
  requireRows(synthetic, "synthetic rows", fewestRows);
  requireRows(training, "training rows", fewestRows);
  requireRows(heldOut, "held-out rows", fewestRows);
  const random = createRandom(seed, 41);
  const realRows = Math.min(mostRealRows, training.count, heldOut.count);
  const rows = Math.min(mostRows, synthetic.count, realRows);
  const some = (set: SignalRows, wanted: number) =>
    shuffled(positionsOf(0, set.count), random).subarray(0, wanted);
  const chosen = {
    synthetic: some(synthetic, rows),
    training: some(training, realRows),
    heldOut: some(heldOut, realRows),
  };
  const all = joined(
    joined(rowsAt(synthetic, chosen.synthetic), rowsAt(training, chosen.training)),
    rowsAt(heldOut, chosen.heldOut),
  );
  const distances = yield* euclideanDistances(all);
  const groups = {
    synthetic: positionsOf(0, rows),
    training: positionsOf(rows, rows + realRows),
    heldOut: positionsOf(rows + realRows, rows + 2 * realRows),
  };
  const of = (each: PrivacyGroups) => privacyValues(distances, all.count, each, all.length);
  const values = of(groups);
  const fair = of({ ...groups, synthetic: groups.heldOut.subarray(0, rows) });
  const copies = of({ ...groups, synthetic: groups.training.subarray(0, rows) });
  const drawable = (side: "training" | "heldOut") => {
    const owners = patients?.[side];
    return drawableOf(groups[side], owners && Array.from(chosen[side], (row) => owners[row]));
  };
  const [ofTraining, ofHeldOut] = [drawable("training"), drawable("heldOut")];
  const halves: PrivacyValues[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const half = halved(groups.synthetic, ofTraining, ofHeldOut, random);
    if (half !== null) halves.push(of(half));
    yield;
  }
  return (Object.keys(privacyMeasures) as PrivacyKey[]).map((key) => {
    const measure = privacyMeasures[key];
    const drawn = halves.map((each) => each[key]);
    return {
      key,
      value: values[key],
      ...drawnInterval([ofTraining, ofHeldOut], values[key], drawn, draws, level, measure.range),
      fair: measure.fair ?? fair[key],
      copies: measure.copies ?? copies[key],
      rows,
      realRows,
    };
  });
}

/**
 * Halves of the three sets. Patients have unequal numbers of rows: of the side that has more, some are left out.
 * @returns null where too few rows are left
 */
function halved(
  synthetic: Int32Array,
  training: Drawable,
  heldOut: Drawable,
  random: Random,
): PrivacyGroups | null {
  const own = halfOf(synthetic, random);
  const [learned, unseen] = [training, heldOut].map((group) => {
    const half = halfOf(group, random);
    return group instanceof Int32Array ? half : shuffled(half, random);
  });
  const most = Math.min(learned.length, unseen.length);
  if (most < fewestRows / 2) return null;
  return {
    synthetic: own.subarray(0, most),
    training: learned.subarray(0, most),
    heldOut: unseen.subarray(0, most),
  };
}
