import { rocArea } from "../metrics/classification.ts";
import { meanOf, quantileOf } from "../statistics/resampling.ts";
import { nearestMembers } from "./pairDistances.ts";

/** Numbers that tell whether synthetic rows lie nearer to the rows that were learned from than they should. */
export interface PrivacyValues {
  /** Distance to the closest training row (DCR), its 5th percentile over the synthetic rows, root mean square. */
  readonly closest: number;
  /** Distance of the nearest over that of the second nearest training row (NNDR), its 5th percentile. */
  readonly ratio: number;
  /** Share of synthetic rows nearer to a training row than to any held-out one. */
  readonly nearerShare: number;
  /** Nearest-neighbour adversarial accuracy against the training rows. */
  readonly accuracy: number;
  /** That against held-out rows less that against training rows. */
  readonly loss: number;
  /** Share of synthetic rows farther from their nearest training row than that row from its own nearest one. */
  readonly authenticity: number;
  /** Area under the curve of guessing training rows by their distance to the nearest synthetic one. */
  readonly membership: number;
}

export type PrivacyKey = keyof PrivacyValues;

interface PrivacyMeasure {
  readonly title: string;
  /** `signal` stands for the unit of the rows; empty for a pure number. */
  readonly unit: string;
  readonly says: string;
  readonly paper: string;
  readonly range: readonly [least: number, most: number];
  /** What a fair generator has; null where that is measured on held-out rows. */
  readonly fair: number | null;
  /** What copies of the training rows have; null where that is measured. */
  readonly copies: number | null;
}

const fromZero: PrivacyMeasure["range"] = [0, Number.POSITIVE_INFINITY];
const share: PrivacyMeasure["range"] = [0, 1];

/** In the order of the page. */
export const privacyMeasures: Readonly<Record<PrivacyKey, PrivacyMeasure>> = {
  closest: {
    title: "Distance to the closest training row (DCR, 5th percentile)",
    unit: "signal",
    says: "How near the nearest twentieth of the synthetic rows comes to a training row: clearly nearer than real rows of other patients come is an alarm. Smoother rows are nearer to everything.",
    paper: "Park et al., Proc VLDB Endow 2018;11:1071",
    range: fromZero,
    fair: null,
    copies: 0,
  },
  ratio: {
    title: "Nearest over second nearest training row (NNDR, 5th percentile)",
    unit: "",
    says: "Near 0 for a synthetic row that resembles one training row and no other: a copy. Twins among the training rows hide copies.",
    paper: "Lowe, Int J Comput Vis 2004;60:91 (ratio of distances)",
    range: share,
    fair: null,
    copies: 0,
  },
  nearerShare: {
    title: "Share nearer to training than to held-out rows",
    unit: "",
    says: "Of as many training as held-out rows: a half for a generator that favours none. Above 0.55 look at the nearest pairs.",
    paper: "Platzer & Reutterer, Front Big Data 2021;4:679939",
    range: share,
    fair: 0.5,
    copies: 1,
  },
  accuracy: {
    title: "Nearest-neighbour adversarial accuracy (training rows)",
    unit: "",
    says: "How often a row's nearest neighbour is of its own set: a half where synthetic and training rows mix; towards 0 where synthetic rows sit on training rows; towards 1 where they lie apart.",
    paper: "Yale et al., Neurocomputing 2020;416:244",
    range: share,
    fair: 0.5,
    copies: 0,
  },
  loss: {
    title: "Privacy loss",
    unit: "",
    says: "The same accuracy against held-out rows less that against training rows: 0 where synthetic rows lie no nearer to those they were learned from.",
    paper: "Yale et al., Neurocomputing 2020;416:244",
    range: [-1, 1],
    fair: 0,
    copies: null,
  },
  authenticity: {
    title: "Authenticity",
    unit: "",
    says: "The share of synthetic rows that are no closer to a training row than that row's own nearest neighbour: low where training rows are varied slightly and passed off as new.",
    paper: "Alaa et al., ICML 2022",
    range: share,
    fair: null,
    copies: 0,
  },
  membership: {
    title: "Guessing who was in the training set (AUC)",
    unit: "",
    says: "How well one who has the synthetic rows can tell training from held-out rows by their distance to the nearest synthetic one: a half is guessing.",
    paper: "Chen et al., CCS 2020 (GAN-Leaks)",
    range: share,
    fair: 0.5,
    copies: 1,
  },
};

/** Positions of three sets in one matrix of distances: as many training as held-out rows, and no more synthetic ones. */
export interface PrivacyGroups {
  readonly synthetic: ArrayLike<number>;
  readonly training: ArrayLike<number>;
  readonly heldOut: ArrayLike<number>;
}

/** Percentile of the distances that counts: copies may be few. */
const lowShare = 0.05;

/**
 * The numbers of three groups of rows.
 * @param distances `[count, count]`, Euclidean
 * @param length samples of a row: distances are told per root of it
 */
export function privacyValues(
  distances: Float64Array,
  count: number,
  { synthetic, training, heldOut }: PrivacyGroups,
  length: number,
): PrivacyValues {
  const nearest = (one: ArrayLike<number>, other: ArrayLike<number>) =>
    nearestMembers(distances, count, one, other);
  const toTraining = nearest(synthetic, training);
  const toHeldOut = nearest(synthetic, heldOut);
  const fromTraining = nearest(training, synthetic).distances;
  const fromHeldOut = nearest(heldOut, synthetic).distances;
  const spacings = ownNearest(distances, count, training);
  const spacing = new Map(Array.from(training, (position, index) => [position, spacings[index]]));
  // More rows lie nearer to each other: this one is defined for as many of both.
  const few = (group: ArrayLike<number>) => Array.from(group).slice(0, synthetic.length);
  const accuracy = adversarialAccuracy(distances, count, synthetic, few(training));
  const heldOutAccuracy = adversarialAccuracy(distances, count, synthetic, few(heldOut));
  const scores = [...fromTraining, ...fromHeldOut].map((distance) => -distance);
  return {
    closest: lowOf(toTraining.distances) / Math.sqrt(length),
    ratio: lowOf(neighbourRatios(distances, count, synthetic, training)),
    nearerShare: meanOf(
      toTraining.distances.map((distance, row) => 0.5 - 0.5 * Math.sign(distance - toHeldOut.distances[row])),
    ),
    accuracy,
    loss: heldOutAccuracy - accuracy,
    authenticity: meanOf(
      toTraining.distances.map((distance, row) =>
        distance > (spacing.get(toTraining.positions[row]) ?? 0) ? 1 : 0,
      ),
    ),
    membership:
      rocArea(
        scores,
        scores.map((_, row) => row < training.length),
      ) ?? 0.5,
  };
}

const lowOf = (values: Float64Array) => quantileOf(values.slice().sort(), lowShare);

/** Share of the pairs in which the first is larger. */
const shareAbove = (one: Float64Array, other: Float64Array) =>
  meanOf(one.map((value, index) => (value > other[index] ? 1 : 0)));

/** How often the nearest neighbour of a row of either group is of its own group. */
function adversarialAccuracy(
  distances: Float64Array,
  count: number,
  one: ArrayLike<number>,
  other: ArrayLike<number>,
): number {
  const apart = (from: ArrayLike<number>, to: ArrayLike<number>) =>
    shareAbove(nearestMembers(distances, count, from, to).distances, ownNearest(distances, count, from));
  return (apart(one, other) + apart(other, one)) / 2;
}

/** Distance of each member of a group from its nearest other member. */
function ownNearest(distances: Float64Array, count: number, group: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: group.length }, (_, one) => {
    let least = Number.POSITIVE_INFINITY;
    for (let other = 0; other < group.length; other++) {
      if (other !== one) least = Math.min(least, distances[group[one] * count + group[other]]);
    }
    return least;
  });
}

/** Nearest over second nearest; 1 where both are 0, for twins among the others. */
function neighbourRatios(
  distances: Float64Array,
  count: number,
  group: ArrayLike<number>,
  others: ArrayLike<number>,
): Float64Array {
  return Float64Array.from({ length: group.length }, (_, one) => {
    let [first, second] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let other = 0; other < others.length; other++) {
      const distance = distances[group[one] * count + others[other]];
      if (distance < first) [first, second] = [distance, first];
      else if (distance < second) second = distance;
    }
    return second > 0 ? first / second : 1;
  });
}
