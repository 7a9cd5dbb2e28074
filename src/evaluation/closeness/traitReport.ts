import { createRandom, type Random } from "../../signal/random.ts";
import type { Interval } from "../statistics/bootstrap.ts";
import { quantileOf } from "../statistics/resampling.ts";
import { kolmogorovSmirnov, wassersteinDistance } from "./distributionDistance.ts";
import { halfSampleInterval, shuffled } from "./halfSampling.ts";
import { positionsOf } from "./measure.ts";
import type { SignalRows } from "./signalRows.ts";
import { type TraitKey, type TraitValues, traits, traitsOf } from "./traits.ts";
import type { Work } from "./work.ts";

/** Five numbers of a distribution. */
export interface Quartiles {
  readonly low: number;
  readonly quartile: number;
  readonly median: number;
  readonly upperQuartile: number;
  readonly high: number;
}

/** How one interval or amplitude is distributed in synthetic and real rows. */
export interface TraitEntry {
  readonly key: TraitKey;
  /** Wasserstein's distance of order 1, in the trait's unit: how far it is off on average. */
  readonly shift: number | null;
  readonly interval: Interval | null;
  /** The largest gap of the distribution functions (Kolmogorov–Smirnov). */
  readonly gap: number | null;
  readonly gapInterval: Interval | null;
  /** The same two of the anchors. */
  readonly nearShift: number | null;
  readonly nearGap: number | null;
  readonly farShift: number | null;
  readonly farGap: number | null;
  /** Share of rows in which the trait could be read. */
  readonly foundSynthetic: number;
  readonly foundReal: number;
  /** Null where fewer than two rows have the trait. Low and high are the 5th and 95th percentiles. */
  readonly synthetic: Quartiles | null;
  readonly real: Quartiles | null;
  /** The values, some hundreds at most, for a picture. */
  readonly syntheticValues: Float32Array;
  readonly realValues: Float32Array;
}

export interface TraitSets {
  readonly synthetic: SignalRows;
  readonly real: SignalRows;
  readonly near: SignalRows;
  readonly far: SignalRows;
}

const draws = 100;
const mostValues = 600;
const fewest = 2;

/** All traits of a synthetic and a real set, with the anchors of `closenessReport`. Traits that no row has are left out. */
export function* traitReport(
  sets: TraitSets,
  samplingFrequency: number,
  { seed = 1, level = 0.95 } = {},
): Work<TraitEntry[]> {
  const synthetic = yield* traitsOf(sets.synthetic, samplingFrequency);
  const real = yield* traitsOf(sets.real, samplingFrequency);
  const near = yield* traitsOf(sets.near, samplingFrequency);
  const far = yield* traitsOf(sets.far, samplingFrequency);
  const entries: TraitEntry[] = [];
  for (const key of Object.keys(traits) as TraitKey[]) {
    const of = (values: TraitValues) => values[key].filter((value) => !Number.isNaN(value));
    const [own, other] = [of(synthetic), of(real)];
    if (own.length === 0 && other.length === 0) continue;
    const random = createRandom(seed, 40);
    const compared = (statistic: Statistic, one: Float64Array) =>
      one.length < fewest || other.length < fewest ? null : statistic(one, other);
    const compare = (one: Float64Array) => compared(wassersteinDistance, one);
    const gap = (one: Float64Array) => compared(largestGap, one);
    const [shift, ownGap] = [compare(own), gap(own)];
    entries.push({
      key,
      shift,
      interval: shift === null ? null : intervalOf(wassersteinDistance, shift, [own, other], level, random),
      gap: ownGap,
      gapInterval:
        ownGap === null
          ? null
          : intervalOf(largestGap, ownGap, [own, other], level, createRandom(seed, 41), 1),
      nearShift: compare(of(near)),
      nearGap: gap(of(near)),
      farShift: compare(of(far)),
      farGap: gap(of(far)),
      foundSynthetic: own.length / sets.synthetic.count,
      foundReal: other.length / sets.real.count,
      synthetic: quartilesOf(own),
      real: quartilesOf(other),
      syntheticValues: Float32Array.from(own.subarray(0, mostValues)),
      realValues: Float32Array.from(other.subarray(0, mostValues)),
    });
    yield;
  }
  return entries;
}

type Statistic = (one: Float64Array, other: Float64Array) => number;

const largestGap: Statistic = (one, other) => kolmogorovSmirnov(one, other, { isExact: false }).statistic;

/** @param most largest value that there is */
function intervalOf(
  statistic: Statistic,
  value: number,
  [one, other]: readonly [Float64Array, Float64Array],
  level: number,
  random: Random,
  most = Number.POSITIVE_INFINITY,
): Interval | null {
  if (Math.min(one.length, other.length) < 2 * fewest) return null;
  const half = (values: Float64Array) => {
    const order = shuffled(positionsOf(0, values.length), random).subarray(0, values.length >> 1);
    return Float64Array.from(order, (position) => values[position]);
  };
  const halves = Array.from({ length: draws }, () => statistic(half(one), half(other)));
  return halfSampleInterval(value, halves, draws, level, [0, most]);
}

function quartilesOf(values: Float64Array): Quartiles | null {
  if (values.length < fewest) return null;
  const sorted = values.slice().sort();
  const [low, quartile, middle, upperQuartile, high] = [0.05, 0.25, 0.5, 0.75, 0.95].map((share) =>
    quantileOf(sorted, share),
  );
  return { low, quartile, median: middle, upperQuartile, high };
}
