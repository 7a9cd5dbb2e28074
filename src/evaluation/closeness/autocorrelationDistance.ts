import { fft, inverseFft } from "../../signal/fft.ts";
import { requireCount } from "../checks.ts";
import { meanOf } from "../statistics/resampling.ts";
import { meanRow } from "./groupMeans.ts";
import type { ClosenessMeasure } from "./measure.ts";

/**
 * The autocorrelation of a signal about its mean, Σ x[t] x[t + k] / Σ x[t]², for the lags 1 to `lags`: the biased
 * estimate, which tends to 0 at large lags. A flat signal has 0 at all of them.
 * @param lags samples, less than the signal's
 * @returns `[lags]`
 */
export function autocorrelation(samples: ArrayLike<number>, lags: number): Float64Array {
  requireCount(lags, "the number of lags", 0);
  if (lags >= samples.length) throw new RangeError(`no ${lags} lags of ${samples.length} samples`);
  const mean = meanOf(samples);
  // Zeros behind keep the end from meeting the beginning.
  const size = 2 ** Math.ceil(Math.log2(samples.length + lags));
  const [real, imaginary] = [new Float64Array(size), new Float64Array(size)];
  for (let at = 0; at < samples.length; at++) real[at] = samples[at] - mean;
  fft(real, imaginary);
  for (let bin = 0; bin < size; bin++) real[bin] = real[bin] ** 2 + imaginary[bin] ** 2;
  imaginary.fill(0);
  inverseFft(real, imaginary);
  const power = real[0];
  return real.slice(1, lags + 1).map((value) => (power > 0 ? value / power : 0));
}

/** Lags beyond it say more of the heart rate than of the waves, s. */
const longestLag = 1;

/** The mean gap of the mean autocorrelations, over the lags up to 1 s or the rows' length. */
export const autocorrelationGap: ClosenessMeasure = {
  title: "Distance of the autocorrelations",
  unit: "",
  better: "lower",
  aspect: "trait",
  farEnd: "white",
  says: "How much the average likeness of a row with itself a little later differs between the sets, over lags up to a second: it finds waves of wrong width and rhythms of wrong rate, wherever they stand.",
  paper: "Ang et al., Proc VLDB Endow 2023;17:305 (autocorrelation difference)",
  range: [0, 2],
  isForAlignedBeats: false,
  leastRows: 1,
  mostRows: () => 5000,
  *prepare({ rows, samplingFrequency }) {
    const { values, count, length } = rows;
    const lags = Math.min(length - 1, Math.max(1, Math.round(longestLag * samplingFrequency)));
    const found = new Float64Array(count * lags);
    for (let row = 0; row < count; row++) {
      found.set(autocorrelation(values.subarray(row * length, (row + 1) * length), lags), row * lags);
      yield;
    }
    return (first, second) => {
      const other = meanRow(found, lags, second);
      return lags === 0
        ? null
        : meanOf(meanRow(found, lags, first).map((value, lag) => Math.abs(value - other[lag])));
    };
  },
};
