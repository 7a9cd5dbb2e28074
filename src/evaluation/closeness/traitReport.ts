import { createRandom } from "../../signal/random.ts";
import { requireSameLength } from "../checks.ts";
import type { Interval } from "../statistics/bootstrap.ts";
import { quantileOf } from "../statistics/resampling.ts";
import { kolmogorovSmirnov, wassersteinDistance } from "./distributionDistance.ts";
import { type DrawnInterval, drawableOf, drawnInterval, halvesOf } from "./halfSampling.ts";
import { positionsOf } from "./measure.ts";
import type { SignalRows } from "./signalRows.ts";
import { type TraitKey, traits, traitsOf } from "./traits.ts";
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
export interface TraitEntry extends DrawnInterval {
  readonly key: TraitKey;
  /** Wasserstein's distance of order 1, in the trait's unit: how far it is off on average. Of this is `interval`. */
  readonly shift: number | null;
  /** The largest gap of the distribution functions (Kolmogorov–Smirnov). */
  readonly gap: number | null;
  readonly gapInterval: Interval | null;
  /** The same two of the anchors; comparisons of before have no intervals of them. */
  readonly nearShift: number | null;
  readonly nearInterval?: Interval | null;
  readonly nearIntervalReason?: string | null;
  readonly nearGap: number | null;
  readonly nearGapInterval?: Interval | null;
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
  /** Of the rows of both real sets: as in `closenessReport`. */
  readonly patients?: Readonly<Record<"real" | "near", ArrayLike<string | number>>>;
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
    const [own, other] = [foundOf(synthetic[key]), foundOf(real[key], sets.patients?.real)];
    if (own.values.length === 0 && other.values.length === 0) continue;
    const anchor = foundOf(near[key], sets.patients?.near);
    const compared = (statistic: Statistic, one: Found, stream: number) =>
      comparedBy(statistic, one, other, { level, seed, stream });
    const [shift, gap] = [compared(offBy, own, 40), compared(largestGap, own, 41)];
    const [nearShift, nearGap] = [compared(offBy, anchor, 42), compared(largestGap, anchor, 43)];
    const noise = foundOf(far[key]);
    entries.push({
      key,
      shift: shift.value,
      interval: shift.interval,
      drawn: shift.drawn,
      intervalReason: shift.intervalReason,
      gap: gap.value,
      gapInterval: gap.interval,
      nearShift: nearShift.value,
      nearInterval: nearShift.interval,
      nearIntervalReason: nearShift.intervalReason,
      nearGap: nearGap.value,
      nearGapInterval: nearGap.interval,
      farShift: statisticOf(offBy, noise, other),
      farGap: statisticOf(largestGap, noise, other),
      foundSynthetic: own.values.length / sets.synthetic.count,
      foundReal: other.values.length / sets.real.count,
      synthetic: quartilesOf(own.values),
      real: quartilesOf(other.values),
      syntheticValues: Float32Array.from(own.values.subarray(0, mostValues)),
      realValues: Float32Array.from(other.values.subarray(0, mostValues)),
    });
    yield;
  }
  return entries;
}

/** A trait where it could be read, and whose it is. */
interface Found {
  readonly values: Float64Array;
  readonly patients?: readonly (string | number)[];
}

function foundOf(values: Float64Array, patients?: ArrayLike<string | number>): Found {
  const isFound = (value: number) => !Number.isNaN(value);
  const found = values.filter(isFound);
  if (patients === undefined) return { values: found };
  requireSameLength(values, patients, "rows and their patients");
  return { values: found, patients: Array.from(patients).filter((_, row) => isFound(values[row])) };
}

interface Statistic {
  of(one: Float64Array, other: Float64Array): number;
  /** Values beyond these do not exist. */
  readonly range: readonly [least: number, most: number];
}

const offBy: Statistic = { of: wassersteinDistance, range: [0, Number.POSITIVE_INFINITY] };

const largestGap: Statistic = {
  of: (one, other) => kolmogorovSmirnov(one, other, { isExact: false }).statistic,
  range: [0, 1],
};

function statisticOf(statistic: Statistic, one: Found, other: Found): number | null {
  const isFew = Math.min(one.values.length, other.values.length) < fewest;
  return isFew ? null : statistic.of(one.values, other.values);
}

interface Drawing {
  readonly level: number;
  readonly seed: number;
  readonly stream: number;
}

/** A statistic of two groups with its interval from half samples. */
function comparedBy(
  statistic: Statistic,
  one: Found,
  other: Found,
  { level, seed, stream }: Drawing,
): Required<DrawnInterval> & { readonly value: number | null } {
  const value = statisticOf(statistic, one, other);
  const groups = [one, other].map(({ values, patients }) =>
    drawableOf(positionsOf(0, values.length), patients),
  );
  if (value === null || Math.min(one.values.length, other.values.length) < 2 * fewest) {
    return { value, interval: null, drawn: "rows", intervalReason: "too few rows" };
  }
  const random = createRandom(seed, stream);
  const halves: number[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const [first, second] = halvesOf(groups[0], groups[1], random);
    if (Math.min(first.length, second.length) < fewest) continue;
    halves.push(statistic.of(at(one.values, first), at(other.values, second)));
  }
  return { value, ...drawnInterval(groups, value, halves, draws, level, statistic.range) };
}

const at = (values: Float64Array, positions: Int32Array) =>
  Float64Array.from(positions, (position) => values[position]);

function quartilesOf(values: Float64Array): Quartiles | null {
  if (values.length < fewest) return null;
  const sorted = values.slice().sort();
  const [low, quartile, middle, upperQuartile, high] = [0.05, 0.25, 0.5, 0.75, 0.95].map((share) =>
    quantileOf(sorted, share),
  );
  return { low, quartile, median: middle, upperQuartile, high };
}
