import { Failure } from "../../domain/failure.ts";
import { createRandom, type Random } from "../../signal/random.ts";
import { requireCount, requireSameLength, requireShare } from "../checks.ts";
import { holmAdjusted } from "../statistics/holm.ts";
import { meanOf, quantileOf, type Unit, unitsOf } from "../statistics/resampling.ts";
import { shuffled } from "./halfSampling.ts";
import { positionsOf } from "./measure.ts";
import { type NearestRows, nearestRows } from "./nearestRows.ts";
import { joined, requireRows, requireSameRowLength, rowsAt, type SignalRows } from "./signalRows.ts";
import type { Work } from "./work.ts";

export interface MemorisationOptions {
  /** Patient of each row: rows of a patient are alike, so that patients are exchanged whole. */
  readonly patients?: {
    readonly training: ArrayLike<string | number>;
    readonly heldOut: ArrayLike<string | number>;
  };
  /** Random exchanges of training and held-out rows; 999. */
  readonly permutations?: number;
  /** Of the random numbers; 1. */
  readonly seed?: number;
  /** Probability with which a fair generator is accused; 0.01. */
  readonly alpha?: number;
}

/** A share of the synthetic rows beside what a generator would have that knows no real row better than others. */
export interface ShareTest {
  readonly share: number;
  /** Its mean where training and held-out rows are exchanged at random. */
  readonly expected: number;
  /** Of at least such a share, were training and held-out rows exchangeable for the generator. */
  readonly probability: number;
}

/** A synthetic row and the training row that it resembles most. */
export interface ClosePair {
  readonly synthetic: number;
  readonly training: number;
  /** Root mean square over the samples, in the unit of the rows. */
  readonly distance: number;
  /** Of the nearest held-out row, likewise. */
  readonly heldOutDistance: number;
}

export interface Memorisation {
  /** Synthetic rows whose nearest real row is a training row: blurred memories of the training set as a whole. */
  readonly nearer: ShareTest;
  /** Synthetic rows less than half as far from a training row as from any held-out row: copies of single rows. */
  readonly copies: ShareTest;
  /** The smaller of the two probabilities, adjusted by Holm. */
  readonly probability: number;
  readonly isMemorising: boolean;
  /** Median distance of synthetic rows from the training set over that from the held-out set, as many rows of each. */
  readonly distanceRatio: number;
  /** Share of the synthetic rows nearer to a training row than all but 5 % of the held-out rows are. */
  readonly closeShare: number;
  /** The ten pairs that are nearest in comparison with the held-out rows, to be looked at. */
  readonly closest: readonly ClosePair[];
}

/** Share of the held-out rows that are as near to a training row as a `closeShare` counts. */
export const expectedCloseShare = 0.05;
/** A copy is nearer than this share of the distance from any held-out row. */
const copyRatio = 0.5;
/** Neighbours kept of each synthetic row, so that an exchange needs no distance again. */
const keptNeighbours = 32;
const shownPairs = 10;

/**
 * Whether a generator repeats its training rows. Held-out rows are the yardstick: for a fair generator they could as well
 * have been training rows, whatever it makes, so that exchanging the two at random gives the distribution of both shares
 * (a permutation test, valid for any numbers of rows). A generator of smooth rows comes nearer to all real rows
 * alike: it raises `closeShare`, but is not accused.
 *
 * A clean result is no proof of privacy: it sees only likeness sample by sample, so neither a shifted nor a scaled copy.
 * With a handful of patients no exchange of patients is improbable, and nothing can be found.
 * @param heldOut real rows that the generator has never seen, of other patients than the training rows
 * @throws Failure for too few rows, lengths that differ, a patient on both sides
 */
export function* memorisation(
  synthetic: SignalRows,
  training: SignalRows,
  heldOut: SignalRows,
  { patients, permutations = 999, seed = 1, alpha = 0.01 }: MemorisationOptions = {},
): Work<Memorisation> {
  requireCount(permutations, "the number of permutations", 1);
  requireShare(alpha, "alpha");
  requireRows(synthetic, "synthetic rows", 1);
  requireRows(training, "training rows");
  requireRows(heldOut, "held-out rows");
  requireSameRowLength(synthetic, training, "synthetic and training rows");
  const real = joined(training, heldOut);
  const isTraining = Array.from({ length: real.count }, (_, row) => row < training.count);
  const units = exchangeable(isTraining, training.count, patients);
  const random = createRandom(seed);

  const neighbours = yield* nearestRows(synthetic, real, Math.min(keptNeighbours, real.count));
  const observed = sharesOf(neighbours, isTraining);
  const trainingUnits = units.filter(([row]) => isTraining[row]).length;
  const exchanged = isTraining.slice();
  const [sums, extremes] = [
    [0, 0],
    [1, 1],
  ];
  for (let permutation = 0; permutation < permutations; permutation++) {
    exchange(exchanged, units, trainingUnits, random);
    const shares = sharesOf(neighbours, exchanged);
    shares.forEach((share, index) => {
      sums[index] += share;
      // Sums of halves are exact, so that equal shares compare as equal.
      if (share >= observed[index]) extremes[index]++;
    });
    yield;
  }
  const [nearer, copies] = observed.map((share, index) => ({
    share,
    expected: sums[index] / permutations,
    probability: extremes[index] / (permutations + 1),
  }));
  const probability = Math.min(...holmAdjusted([nearer.probability, copies.probability]));

  const fromTraining = yield* nearestRows(synthetic, training, 1);
  const fromHeldOut = yield* nearestRows(synthetic, heldOut, 1);
  const heldOutFromTraining = yield* nearestRows(heldOut, training, 1);
  const close = quantileOf(heldOutFromTraining.distances.slice().sort(), expectedCloseShare);
  return {
    nearer,
    copies,
    probability,
    isMemorising: probability <= alpha,
    distanceRatio: yield* ratioOf(synthetic, training, heldOut, random),
    closeShare: meanOf(fromTraining.distances.map((distance) => (distance < close ? 1 : 0))),
    closest: closestPairs(fromTraining, fromHeldOut.distances, synthetic.length),
  };
}

/** What is exchanged as a whole: rows, or patients. */
function exchangeable(
  isTraining: readonly boolean[],
  trainingRows: number,
  patients: MemorisationOptions["patients"],
): Unit[] {
  if (patients === undefined) return unitsOf({ truths: isTraining });
  const groups = [...Array.from(patients.training), ...Array.from(patients.heldOut)];
  requireSameLength(isTraining, groups, "real rows and their patients");
  const units = unitsOf({ truths: isTraining, groups });
  const shared = units.find((unit) => unit[0] < trainingRows && unit.some((row) => row >= trainingRows));
  if (shared !== undefined) {
    throw new Failure(
      "patient-on-both-sides",
      `Patient ${groups[shared[0]]} has training rows and held-out ones.`,
      "patients",
      "Hold out whole patients: their other rows are no fair yardstick.",
    );
  }
  return units;
}

/** Gives the label of a training row to so many units, drawn without replacement. */
function exchange(isTraining: boolean[], units: Unit[], trainingUnits: number, random: Random): void {
  for (let place = 0; place < units.length; place++) {
    if (place < trainingUnits) {
      const drawn = place + random.integer(units.length - place);
      [units[place], units[drawn]] = [units[drawn], units[place]];
    }
    for (const row of units[place]) isTraining[row] = place < trainingUnits;
  }
}

/** Share of the rows whose nearest real row is a training row, equally near ones counting half; share of the copies. */
function sharesOf(
  { positions, distances, count, neighbours }: NearestRows,
  isTraining: readonly boolean[],
): number[] {
  let [nearer, copies] = [0, 0];
  for (let row = 0; row < count; row++) {
    const first = row * neighbours;
    const end = first + neighbours;
    const label = isTraining[positions[first]];
    let place = first + 1;
    while (place < end && isTraining[positions[place]] === label) place++;
    // Where no other label is among the neighbours, it lies at least as far as the last of them.
    const opposite = distances[Math.min(place, end - 1)];
    if (place < end && opposite === distances[first]) nearer += 0.5;
    else if (label) nearer++;
    if (label && distances[first] < copyRatio * opposite) copies++;
  }
  return [nearer / count, copies / count];
}

/** From as many training rows as held-out ones, drawn at random: of more rows the nearest is nearer. */
function* ratioOf(
  synthetic: SignalRows,
  training: SignalRows,
  heldOut: SignalRows,
  random: Random,
): Work<number> {
  const size = Math.min(training.count, heldOut.count);
  const medians: number[] = [];
  for (const set of [training, heldOut]) {
    const drawn =
      set.count === size ? set : rowsAt(set, shuffled(positionsOf(0, set.count), random).subarray(0, size));
    const { distances } = yield* nearestRows(synthetic, drawn, 1);
    medians.push(quantileOf(distances.sort(), 0.5));
  }
  const [near, far] = medians;
  return near === far ? 1 : near / far;
}

function closestPairs(fromTraining: NearestRows, fromHeldOut: Float64Array, length: number): ClosePair[] {
  const ratio = (row: number) =>
    fromTraining.distances[row] === fromHeldOut[row] ? 1 : fromTraining.distances[row] / fromHeldOut[row];
  const order = Array.from(fromHeldOut, (_, row) => row).sort((one, other) => ratio(one) - ratio(other));
  return order.slice(0, shownPairs).map((row) => ({
    synthetic: row,
    training: fromTraining.positions[row],
    distance: fromTraining.distances[row] / Math.sqrt(length),
    heldOutDistance: fromHeldOut[row] / Math.sqrt(length),
  }));
}
