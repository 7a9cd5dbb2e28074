import { welch } from "../../signal/spectrum.ts";
import { requireSameLength } from "../checks.ts";
import { meanRow } from "./groupMeans.ts";
import { jensenShannonDivergence } from "./jensenShannon.ts";
import type { ClosenessMeasure, Pool } from "./measure.ts";
import type { Work } from "./work.ts";

/** Samples of Welch's segments; shorter rows are one segment. */
const segmentLength = 512;
/** Power below this share of the largest counts as this: 80 dB lies below the resolution of any recorder. */
const floorShare = 1e-8;

/**
 * Half the sum of the gaps of two spectra, each scaled to sum 1: the share of the power that lies at other frequencies, 0
 * to 1.
 * @returns null where one has no power
 * @throws RangeError for spectra of different lengths
 */
export function spectralShareDistance(one: ArrayLike<number>, other: ArrayLike<number>): number | null {
  requireSameLength(one, other, "spectra");
  const [total, otherTotal] = [sumOf(one), sumOf(other)];
  if (!(total > 0 && otherTotal > 0)) return null;
  let gaps = 0;
  for (let bin = 0; bin < one.length; bin++) gaps += Math.abs(one[bin] / total - other[bin] / otherTotal);
  return gaps / 2;
}

/**
 * Log-spectral distance, √ of the mean over the frequencies of (10 lg P/Q)², dB. Power more than 80 dB below the largest
 * of both counts as 80 dB below it.
 * @returns null where neither has power
 * @throws RangeError for spectra of different lengths
 */
export function logSpectralDistance(one: ArrayLike<number>, other: ArrayLike<number>): number | null {
  requireSameLength(one, other, "spectra");
  let largest = 0;
  for (let bin = 0; bin < one.length; bin++) largest = Math.max(largest, one[bin], other[bin]);
  if (largest === 0) return null;
  const least = floorShare * largest;
  let squares = 0;
  for (let bin = 0; bin < one.length; bin++) {
    squares += (10 * Math.log10(Math.max(least, one[bin]) / Math.max(least, other[bin]))) ** 2;
  }
  return Math.sqrt(squares / one.length);
}

function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index];
  return sum;
}

interface Spectra {
  /** `[row, bin]`, without the bin of frequency 0: a segment's mean is taken away before. */
  readonly density: Float64Array;
  readonly bins: number;
}

const known = new WeakMap<Pool, Spectra>();

function* spectraOf(pool: Pool): Work<Spectra> {
  const found = known.get(pool);
  if (found !== undefined) return found;
  const { values, count, length } = pool.rows;
  const bins = Math.min(segmentLength, length) >> 1;
  const density = new Float64Array(count * bins);
  for (let row = 0; row < count; row++) {
    const samples = values.subarray(row * length, (row + 1) * length);
    density.set(welch(samples, pool.samplingFrequency, segmentLength).density.subarray(1), row * bins);
    yield;
  }
  const spectra = { density, bins };
  known.set(pool, spectra);
  return spectra;
}

const shared = {
  better: "lower",
  aspect: "trait",
  farEnd: "white",
  isForAlignedBeats: false,
  leastRows: 1,
  mostRows: () => 5000,
  paper: "Welch, IEEE Trans Audio Electroacoust 1967;15:70",
} as const;

/** Of each row, its spectrum scaled to sum 1, so that a few large rows do not decide. @returns `[row, bin]` */
function* sharesOf(pool: Pool): Work<Spectra> {
  const { density, bins } = yield* spectraOf(pool);
  const shares = density.slice();
  for (let from = 0; from < shares.length; from += bins) {
    const row = shares.subarray(from, from + bins);
    const total = sumOf(row);
    // A flat row has no spectrum and adds none.
    if (total > 0) for (let bin = 0; bin < bins; bin++) row[bin] /= total;
  }
  return { density: shares, bins };
}

/** The distance of the mean spectra, of which each row's was scaled to sum 1 first; 0 to 1. */
export const spectralShare: ClosenessMeasure = {
  ...shared,
  title: "Distance of the mean spectra",
  unit: "",
  says: "The share of the power that the average synthetic row has at other frequencies than the average real one, whatever their amplitudes.",
  range: [0, 1],
  *prepare(pool) {
    const { density, bins } = yield* sharesOf(pool);
    return (first, second) =>
      spectralShareDistance(meanRow(density, bins, first), meanRow(density, bins, second));
  },
};

/** The Jensen–Shannon divergence of the same spectra. */
export const spectralDivergence: ClosenessMeasure = {
  ...shared,
  title: "Jensen–Shannon divergence of the mean spectra",
  unit: "bit",
  says: "How many bits a frequency drawn by its power tells of the set that it comes from: as the distance of the mean spectra, but small differences count less and missing bands more.",
  paper: "Lin, IEEE Trans Inf Theory 1991;37:145",
  range: [0, 1],
  *prepare(pool) {
    const { density, bins } = yield* sharesOf(pool);
    return (first, second) =>
      jensenShannonDivergence(meanRow(density, bins, first), meanRow(density, bins, second));
  },
};

/** The log-spectral distance of the mean spectra. */
export const logSpectral: ClosenessMeasure = {
  ...shared,
  title: "Log-spectral distance",
  unit: "dB",
  says: "By how many decibels the mean spectra differ at a typical frequency: it hears what is missing or added at high frequencies, where there is little power.",
  paper: "Gray & Markel, IEEE Trans Acoust Speech Signal Process 1976;24:380",
  range: [0, Number.POSITIVE_INFINITY],
  *prepare(pool) {
    const { density, bins } = yield* spectraOf(pool);
    return (first, second) =>
      logSpectralDistance(meanRow(density, bins, first), meanRow(density, bins, second));
  },
};
