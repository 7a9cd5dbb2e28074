/** Five-point derivative of Pan & Tompkins, per s; its points stand 5 ms apart, as theirs did at 200 Hz. */
export function derivative(signal: Float64Array, samplingFrequency: number): Float64Array {
  const near = Math.max(1, Math.round(0.005 * samplingFrequency));
  const far = 2 * near;
  const scale = samplingFrequency / (8 * near);
  const slopes = new Float64Array(signal.length);
  for (let at = far; at < signal.length - far; at++) {
    slopes[at] = scale * (2 * (signal[at + near] - signal[at - near]) + signal[at + far] - signal[at - far]);
  }
  return slopes;
}

/** Moving mean over `duration` (s), centred, so that it shifts nothing; beyond its ends the signal counts as 0. */
export function movingMean(signal: Float64Array, duration: number, samplingFrequency: number): Float64Array {
  const reach = Math.max(1, Math.round((duration * samplingFrequency - 1) / 2));
  const width = 2 * reach + 1;
  const means = new Float64Array(signal.length);
  let sum = 0;
  for (let at = 0; at < signal.length + reach; at++) {
    if (at < signal.length) sum += signal[at];
    if (at >= width) sum -= signal[at - width];
    if (at >= reach) means[at - reach] = sum / width;
  }
  return means;
}

/**
 * Maxima of a signal that is nowhere negative; of two that are nearer than `separation` samples the larger stays.
 * @returns sample indices, ascending
 */
export function separatePeaks(signal: Float64Array, separation: number): number[] {
  const peaks: number[] = [];
  for (let at = 1; at < signal.length - 1; at++) {
    if (!(signal[at] > signal[at - 1] && signal[at] >= signal[at + 1])) continue;
    const before = peaks.at(-1);
    if (before === undefined || at - before >= separation) peaks.push(at);
    else if (signal[at] > signal[before]) peaks[peaks.length - 1] = at;
  }
  return peaks;
}

/** Index of the largest distance from `level` among the samples from `centre − reach` to `centre + reach`. */
export function farthestFrom(level: number, signal: Float64Array, centre: number, reach: number): number {
  let best = centre;
  const last = Math.min(signal.length - 1, centre + reach);
  for (let at = Math.max(0, centre - reach); at <= last; at++) {
    if (Math.abs(signal[at] - level) > Math.abs(signal[best] - level)) best = at;
  }
  return best;
}

/** Largest |value| among the samples from `centre − reach` to `centre + reach`. */
export function largestAround(signal: Float64Array, centre: number, reach: number): number {
  return Math.abs(signal[farthestFrom(0, signal, centre, reach)]);
}
