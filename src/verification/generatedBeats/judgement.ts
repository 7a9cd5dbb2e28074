import { diversity } from "../../evaluation/closeness/diversity.ts";
import { frechetDistance } from "../../evaluation/closeness/frechetDistance.ts";
import {
  drawnComparisons,
  halfSampleInterval,
  halvesOf,
  shuffled,
} from "../../evaluation/closeness/halfSampling.ts";
import { gaussianKernel, maximumMeanDiscrepancy } from "../../evaluation/closeness/maximumMeanDiscrepancy.ts";
import { type GroupComparison, poolOf, positionsOf } from "../../evaluation/closeness/measure.ts";
import { euclideanDistances, medianPair } from "../../evaluation/closeness/pairDistances.ts";
import { joined, rowsAt } from "../../evaluation/closeness/signalRows.ts";
import { finish } from "../../evaluation/closeness/work.ts";
import type { Interval } from "../../evaluation/statistics/bootstrap.ts";
import { beatFrequency } from "../../experiments/syntheticBeats/beatSets.ts";
import { createRandom } from "../../signal/random.ts";
import type { Rows } from "./sources.ts";

/** A number with what other beats of the same origin would give. */
export interface Measured {
  readonly value: number;
  readonly interval: Interval | null;
}

/** One distance of generated beats to real ones. */
export interface DistanceJudgement {
  readonly trained: Measured;
  readonly untrained: Measured;
  /** Trained over untrained. */
  readonly share: Measured;
}

export const distanceNames = ["frechet", "discrepancy"] as const;
export type DistanceName = (typeof distanceNames)[number];

export type Judgement = Readonly<Record<DistanceName, DistanceJudgement>>;

const draws = 100;
const level = 0.95;
const seed = 1;
const unlimited = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;

/** Beats with their features. */
export interface FeaturedRows {
  readonly beats: Rows;
  readonly features: Rows;
}

/**
 * The distances of generated beats, and of those before training, from real ones: the squared Fréchet distance of their
 * features, and the squared maximum mean discrepancy of their samples at the median distance of the real ones. Intervals
 * are from half samples of all three groups.
 */
export function judge(trained: FeaturedRows, untrained: FeaturedRows, real: FeaturedRows): Judgement {
  const groups = [trained, untrained, real];
  const starts = groups.map((_, index) =>
    groups.slice(0, index).reduce((sum, { beats }) => sum + beats.count, 0),
  );
  const [own, before, reference] = groups.map(({ beats }, index) =>
    positionsOf(starts[index], starts[index] + beats.count),
  );
  return {
    frechet: judgedBy(frechetOf(groups), own, before, reference),
    discrepancy: judgedBy(discrepancyOf(groups, starts[2]), own, before, reference),
  };
}

/** How far two groups of real beats are from each other: what no generator can be expected to go below. */
export function realDistances(
  one: FeaturedRows,
  other: FeaturedRows,
): Readonly<Record<DistanceName, Measured>> {
  const groups = [one, other];
  const [first, second] = [
    positionsOf(0, one.beats.count),
    positionsOf(one.beats.count, one.beats.count + other.beats.count),
  ];
  return {
    frechet: measured(frechetOf(groups), first, second),
    discrepancy: measured(discrepancyOf(groups, one.beats.count), first, second),
  };
}

function frechetOf(groups: readonly FeaturedRows[]): GroupComparison {
  const rows = groups.map(({ features }) => features).reduce(joined);
  return (first, second) => frechetDistance(rowsAt(rows, first), rowsAt(rows, second)).squared;
}

/** @param firstReal position of the first of the real beats that give the bandwidth */
function discrepancyOf(groups: readonly FeaturedRows[], firstReal: number): GroupComparison {
  const rows = groups.map(({ beats }) => beats).reduce(joined);
  const distances = finish(euclideanDistances(rows));
  const matrix = gaussianKernel(distances, [medianPair(distances, rows.count, firstReal)]);
  return (first, second) => maximumMeanDiscrepancy({ matrix, count: rows.count }, first, second, "unbiased");
}

/** A comparison of two groups with its interval from half samples. */
export function measured(
  compare: GroupComparison,
  first: Int32Array,
  second: Int32Array,
  range: readonly [least: number, most: number] = unlimited,
): Measured {
  const random = createRandom(seed);
  const value = compare(first, second) as number;
  const halves = finish(drawnComparisons(compare, () => halvesOf(first, second, random), draws));
  return { value, interval: halfSampleInterval(value, halves, draws, level, range) };
}

function judgedBy(
  compare: GroupComparison,
  trained: Int32Array,
  untrained: Int32Array,
  real: Int32Array,
): DistanceJudgement {
  const random = createRandom(seed);
  const half = (group: Int32Array) => shuffled(group, random).subarray(0, group.length >> 1);
  const distancesOf = (own: Int32Array, before: Int32Array, reference: Int32Array) => {
    const [after, first] = [own, before].map((group) => compare(group, reference) as number);
    return { trained: after, untrained: first, share: after / first };
  };
  const whole = distancesOf(trained, untrained, real);
  const halves = Array.from({ length: draws }, () => distancesOf(half(trained), half(untrained), half(real)));
  const of = (key: keyof typeof whole): Measured => {
    const drawn = halves.map((each) => each[key]);
    return { value: whole[key], interval: halfSampleInterval(whole[key], drawn, draws, level, unlimited) };
  };
  return { trained: of("trained"), untrained: of("untrained"), share: of("share") };
}

/** Mean distance between generated beats over that between real ones, both where beats run from −1 to 1. */
export function diversityOf(generated: Rows, real: Rows): Measured {
  const pool = poolOf(generated, real, beatFrequency);
  const compare = finish(diversity.prepare(pool));
  return measured(compare, positionsOf(0, generated.count), positionsOf(generated.count, pool.rows.count));
}
