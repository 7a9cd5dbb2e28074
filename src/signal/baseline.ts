import { butterworth } from "./iir.ts";
import { filterZeroPhase } from "./zeroPhase.ts";

/**
 * The median of a window around every sample; at the ends the window is cut. A gap (NaN) is passed over.
 * @param length of the window, samples; made odd
 */
export function runningMedian(samples: ArrayLike<number>, length: number): Float64Array {
  const reach = length >> 1;
  const medians = new Float64Array(samples.length);
  // The window in order of size: a sample comes in and one goes out, each found by bisection.
  const sorted = new Float64Array(2 * reach + 2);
  let count = 0;
  const placeOf = (value: number) => {
    let [low, high] = [0, count];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] < value) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const insert = (value: number) => {
    if (Number.isNaN(value)) return;
    const place = placeOf(value);
    sorted.copyWithin(place + 1, place, count);
    sorted[place] = value;
    count++;
  };
  const remove = (value: number) => {
    if (Number.isNaN(value)) return;
    const place = placeOf(value);
    sorted.copyWithin(place, place + 1, count);
    count--;
  };
  for (let at = 0; at < Math.min(reach, samples.length); at++) insert(samples[at]);
  for (let at = 0; at < samples.length; at++) {
    if (at + reach < samples.length) insert(samples[at + reach]);
    if (at - reach - 1 >= 0) remove(samples[at - reach - 1]);
    const middle = count >> 1;
    medians[at] =
      count === 0 ? Number.NaN : count % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
  return medians;
}

/**
 * Removes the baseline that two medians find: one of 200 ms takes QRS and P away, one of 600 ms the T waves (de Chazal
 * et al., IEEE Trans Biomed Eng 2004;51:1196).
 * @param samples `[time]`; a gap (NaN) stays one
 */
export function removeBaselineByMedians(samples: ArrayLike<number>, samplingFrequency: number): Float64Array {
  const short = runningMedian(samples, Math.round(0.2 * samplingFrequency));
  const baseline = runningMedian(short, Math.round(0.6 * samplingFrequency));
  return Float64Array.from(samples, (value, at) => value - baseline[at]);
}

/**
 * Removes what varies more slowly than a frequency, without shifting any wave.
 * @param cutoff Hz; 0.5 keeps the ST segment of all but the slowest hearts
 * @throws RangeError for a signal that is too short
 */
export function removeBaselineByFilter(
  samples: ArrayLike<number>,
  samplingFrequency: number,
  cutoff = 0.5,
): Float64Array {
  return filterZeroPhase(butterworth(2, { kind: "highpass", cutoff }, samplingFrequency), samples);
}
