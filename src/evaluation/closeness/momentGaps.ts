import type { ClosenessMeasure, GroupComparison, Pool } from "./measure.ts";
import type { Work } from "./work.ts";

/** Skewness and kurtosis of numbers, from the biased moments: a normal distribution has 0 and 3. */
export interface Shape {
  readonly skewness: number;
  readonly kurtosis: number;
}

/**
 * @param sums of the powers 0 to 4 of all numbers, about any centre
 * @returns null for numbers that do not differ
 */
export function shapeOf(sums: ArrayLike<number>): Shape | null {
  const count = sums[0];
  const [one, two, three, four] = [1, 2, 3, 4].map((power) => sums[power] / count);
  const variance = two - one ** 2;
  if (!(variance > 1e-14 * two)) return null;
  const third = three - 3 * one * two + 2 * one ** 3;
  const fourth = four - 4 * one * three + 6 * one ** 2 * two - 3 * one ** 4;
  return { skewness: third / variance ** 1.5, kurtosis: fourth / variance ** 2 };
}

const powers = 5;

/** Sums of the powers 0 to 4 of every row, about the mean of all real samples. @returns `[row, 5]` */
function* powerSums({ rows, synthetic }: Pool): Work<Float64Array> {
  const { values, count, length } = rows;
  let centre = 0;
  for (let at = synthetic * length; at < values.length; at++) centre += values[at];
  centre /= (count - synthetic) * length;
  const sums = new Float64Array(count * powers);
  for (let row = 0; row < count; row++) {
    for (let at = row * length; at < (row + 1) * length; at++) {
      const gap = values[at] - centre;
      for (let power = 0, term = 1; power < powers; power++, term *= gap) sums[row * powers + power] += term;
    }
    yield;
  }
  return sums;
}

function* prepared(pool: Pool, part: keyof Shape): Work<GroupComparison> {
  const sums = yield* powerSums(pool);
  const of = (group: ArrayLike<number>) => {
    const total = new Float64Array(powers);
    for (let index = 0; index < group.length; index++) {
      for (let power = 0; power < powers; power++) total[power] += sums[group[index] * powers + power];
    }
    return shapeOf(total);
  };
  return (first, second) => {
    const [one, other] = [of(first), of(second)];
    return one === null || other === null ? null : Math.abs(one[part] - other[part]);
  };
}

const shared = {
  unit: "",
  better: "lower",
  aspect: "trait",
  range: [0, Number.POSITIVE_INFINITY],
  isForAlignedBeats: false,
  leastRows: 1,
  mostRows: () => 5000,
  paper: "Ang et al., Proc VLDB Endow 2023;17:305",
} as const;

/** The gap of the skewness of all samples of each set. */
export const skewnessGap: ClosenessMeasure = {
  ...shared,
  title: "Gap of the skewness",
  says: "By how much the sets differ in how lopsided their amplitudes are: R waves that are too small or missing take the long upper tail away.",
  prepare: (pool) => prepared(pool, "skewness"),
};

/** The gap of the kurtosis of all samples of each set. */
export const kurtosisGap: ClosenessMeasure = {
  ...shared,
  title: "Gap of the kurtosis",
  says: "By how much the sets differ in how much of their power lies in few large amplitudes: noise and blunted complexes bring it towards the 3 of a normal distribution.",
  prepare: (pool) => prepared(pool, "kurtosis"),
};
