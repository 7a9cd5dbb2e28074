import { requireCount, requireNumbers } from "../checks.ts";
import type { ClosenessMeasure, Pool } from "./measure.ts";

/** The two-sample Kolmogorov–Smirnov test. */
export interface KolmogorovSmirnov {
  /** The largest gap of the two empirical distribution functions, 0 to 1. */
  readonly statistic: number;
  /** Probability of a gap at least so large were both samples of one continuous distribution. Ties make it too large. */
  readonly probability: number;
  /** Whether the probability is counted over all orders of the values; else it is the limit for large samples. */
  readonly isExact: boolean;
}

/** Up to so many pairs of values all orders are counted. */
const mostExact = 1_000_000;

/**
 * Compares two samples of a number, as intervals or amplitudes.
 * @throws RangeError for an empty sample or values that are not finite
 */
export function kolmogorovSmirnov(
  one: ArrayLike<number>,
  other: ArrayLike<number>,
  { isExact = one.length * other.length <= mostExact } = {},
): KolmogorovSmirnov {
  const [first, second] = [risingOf(one), risingOf(other)];
  let statistic = 0;
  overSteps(first, second, (gap) => {
    statistic = Math.max(statistic, Math.abs(gap));
  });
  const probability = isExact
    ? exactProbability(statistic, first.length, second.length)
    : limitProbability(
        statistic * Math.sqrt((first.length * second.length) / (first.length + second.length)),
      );
  return { statistic, probability, isExact };
}

/**
 * Wasserstein's distance of order 1 of two samples of a number, ∫|F − G| dx: how far values must be moved on average to
 * make one distribution the other, in their unit.
 * @throws RangeError as `kolmogorovSmirnov`
 */
export function wassersteinDistance(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let sum = 0;
  overSteps(risingOf(one), risingOf(other), (gap, width) => {
    sum += Math.abs(gap) * width;
  });
  return sum;
}

function risingOf(values: ArrayLike<number>): Float64Array {
  requireCount(values.length, "the number of values", 1);
  requireNumbers(values, "value");
  return Float64Array.from(values).sort();
}

/** Visits the stretches between distinct values with the gap F − G of the distribution functions there, and their width. */
function overSteps(
  one: Float64Array,
  other: Float64Array,
  visit: (gap: number, width: number) => void,
): void {
  let [first, second] = [0, 0];
  while (first < one.length && second < other.length) {
    const value = Math.min(one[first], other[second]);
    while (first < one.length && one[first] === value) first++;
    while (second < other.length && other[second] === value) second++;
    const next = Math.min(one[first] ?? Number.POSITIVE_INFINITY, other[second] ?? Number.POSITIVE_INFINITY);
    visit(first / one.length - second / other.length, next === Number.POSITIVE_INFINITY ? 0 : next - value);
  }
  // One sample is through; the rest of the other climbs alone.
  for (; first < one.length - 1; first++) visit((first + 1) / one.length - 1, one[first + 1] - one[first]);
  for (; second < other.length - 1; second++)
    visit(1 - (second + 1) / other.length, other[second + 1] - other[second]);
}

/**
 * The share of all orders of the values in which the gap is reached somewhere: a walk over the lattice of (values of one,
 * values of the other) seen so far, backwards step by step (Hodges, Ark Mat 1958;3:469). It adds positive terms only, so
 * that small probabilities keep their digits.
 */
function exactProbability(statistic: number, size: number, otherSize: number): number {
  // Both sides of the comparison are whole multiples of 1 / (size · otherSize).
  const reached = Math.round(statistic * size * otherSize) - 0.5;
  const share = new Float64Array(otherSize + 1);
  for (let first = 0; first <= size; first++) {
    for (let second = 0; second <= otherSize; second++) {
      if (Math.abs(first * otherSize - second * size) > reached) share[second] = 1;
      else if (first + second === 0) share[second] = 0;
      else {
        const fromFirst = first > 0 ? share[second] * first : 0;
        const fromSecond = second > 0 ? share[second - 1] * second : 0;
        share[second] = (fromFirst + fromSecond) / (first + second);
      }
    }
  }
  return share[otherSize];
}

/** Kolmogorov's limit 2 Σ (−1)^(k−1) e^(−2k²λ²), and for small λ its other series, which converges there. */
function limitProbability(scaled: number): number {
  if (scaled <= 0) return 1;
  let sum = 0;
  if (scaled < 1) {
    for (let odd = 1; odd <= 19; odd += 2) sum += Math.exp(-((odd * Math.PI) ** 2) / (8 * scaled ** 2));
    return 1 - (Math.sqrt(2 * Math.PI) / scaled) * sum;
  }
  for (let term = 1; term <= 20; term++) {
    sum += (term % 2 === 1 ? 2 : -2) * Math.exp(-2 * term ** 2 * scaled ** 2);
  }
  return sum;
}

/** Highest − lowest sample of every row of the pool. */
function amplitudesOf({ rows: { values, count, length } }: Pool): Float64Array {
  return Float64Array.from({ length: count }, (_, row) => {
    let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let at = row * length; at < (row + 1) * length; at++) {
      lowest = Math.min(lowest, values[at]);
      highest = Math.max(highest, values[at]);
    }
    return highest - lowest;
  });
}

const shared = {
  better: "lower",
  aspect: "trait",
  isForAlignedBeats: false,
  leastRows: 1,
  mostRows: () => 5000,
} as const;

const valuesAt = (values: Float64Array, group: ArrayLike<number>) =>
  Float64Array.from({ length: group.length }, (_, index) => values[group[index]]);

/** Wasserstein's distance of the amplitudes from the lowest to the highest sample. */
export const amplitudeShift: ClosenessMeasure = {
  ...shared,
  title: "Distance of the amplitudes",
  unit: "signal",
  says: "By how much amplitudes, from the lowest to the highest sample of a row, must be changed on average until both sets have the same ones.",
  paper: "Vallender, Theory Probab Appl 1974;18:784",
  range: [0, Number.POSITIVE_INFINITY],
  *prepare(pool) {
    const amplitudes = amplitudesOf(pool);
    return (first, second) => wassersteinDistance(valuesAt(amplitudes, first), valuesAt(amplitudes, second));
  },
};

/** The Kolmogorov–Smirnov statistic of the same amplitudes. */
export const amplitudeGap: ClosenessMeasure = {
  ...shared,
  title: "Largest gap of the amplitudes' distributions",
  unit: "",
  says: "The largest gap between the shares of synthetic and of real rows below an amplitude: 1 where no amplitude of the one set occurs in the other.",
  paper: "Smirnov, Bull Math Univ Moscou 1939;2(2):3; Hodges, Ark Mat 1958;3:469",
  range: [0, 1],
  *prepare(pool) {
    const amplitudes = amplitudesOf(pool);
    return (first, second) =>
      kolmogorovSmirnov(valuesAt(amplitudes, first), valuesAt(amplitudes, second), { isExact: false })
        .statistic;
  },
};
