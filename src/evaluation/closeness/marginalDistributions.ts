import type { ClosenessMeasure } from "./measure.ts";

/** Steps of amplitude that are told apart at every instant. */
const bins = 100;

/**
 * The gap of the distributions of amplitude, instant by instant: half the sum of |p − q| over a hundred steps between the
 * lowest and the highest real amplitude, averaged over the instants. Amplitudes beyond count to a step more on each side.
 * (Ang et al. take the mean over the steps instead of half the sum: a constant factor.)
 */
export const marginalGap: ClosenessMeasure = {
  title: "Distance of the amplitudes instant by instant",
  unit: "",
  better: "lower",
  aspect: "trait",
  says: "The share of rows that would have to take another amplitude at a typical instant until both sets have the same ones there; it sees each instant alone, not how they belong together.",
  paper: "Ang et al., Proc VLDB Endow 2023;17:305 (marginal distribution difference)",
  range: [0, 1],
  isForAlignedBeats: false,
  leastRows: 1,
  mostRows: () => 2000,
  *prepare({ rows, synthetic }) {
    const { values, count, length } = rows;
    const places = new Uint8Array(count * length);
    const [low, high] = [new Float64Array(length), new Float64Array(length)];
    low.fill(Number.POSITIVE_INFINITY);
    high.fill(Number.NEGATIVE_INFINITY);
    for (let at = synthetic * length; at < values.length; at++) {
      low[at % length] = Math.min(low[at % length], values[at]);
      high[at % length] = Math.max(high[at % length], values[at]);
    }
    for (let row = 0; row < count; row++) {
      for (let at = 0; at < length; at++) {
        places[row * length + at] = stepOf(values[row * length + at], low[at], high[at]);
      }
      yield;
    }
    return (first, second) => {
      let gaps = 0;
      const shares = new Float64Array(bins + 2);
      for (let at = 0; at < length; at++) {
        shares.fill(0);
        for (let index = 0; index < first.length; index++) {
          shares[places[first[index] * length + at]] += 1 / first.length;
        }
        for (let index = 0; index < second.length; index++) {
          shares[places[second[index] * length + at]] -= 1 / second.length;
        }
        for (const share of shares) gaps += Math.abs(share);
      }
      return Math.min(1, gaps / (2 * length));
    };
  },
};

/** 0 below the lowest, 1 to 100 between, 101 above the highest. */
function stepOf(value: number, low: number, high: number): number {
  if (value < low) return 0;
  if (value > high) return bins + 1;
  return high > low ? 1 + Math.min(bins - 1, Math.floor((bins * (value - low)) / (high - low))) : 1;
}
