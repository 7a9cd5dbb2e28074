import type { Random } from "../../signal/random.ts";

export interface TachogramParameters {
  /** 1/min */
  readonly heartRateMean: number;
  readonly heartRateSd: number;
  readonly lfHfRatio: number;
  /** Hz: Mayer wave, and respiration. */
  readonly lowFrequency: number;
  readonly highFrequency: number;
}

/** Width of both spectral peaks, Hz (McSharry 2003). */
const peakWidth = 0.01;

/**
 * RR intervals (s) at one-second steps, from the bimodal spectrum of McSharry 2003, equations 4–5: two Gaussians whose
 * powers stand in the ratio LF/HF, random phases, scaled to the standard deviation 60 · SD / mean² and the mean
 * 60 / mean of the heart rate.
 * @param seconds length; the spectrum has at least 256 points
 */
export function tachogram(parameters: TachogramParameters, seconds: number, random: Random): Float64Array {
  const { heartRateMean, heartRateSd, lfHfRatio, lowFrequency, highFrequency } = parameters;
  const count = Math.max(256, 2 ** Math.ceil(Math.log2(Math.max(1, seconds))));
  const intervals = new Float64Array(count);
  const density = (frequency: number, centre: number) =>
    Math.exp(-0.5 * ((frequency - centre) / peakWidth) ** 2);
  for (let index = 1; index < count / 2; index++) {
    const frequency = index / count;
    const phase = 2 * Math.PI * random.uniform();
    const power = lfHfRatio * density(frequency, lowFrequency) + density(frequency, highFrequency);
    if (power < 1e-12) continue;
    const amplitude = Math.sqrt(power);
    const turn = 2 * Math.PI * frequency;
    for (let second = 0; second < count; second++)
      intervals[second] += amplitude * Math.cos(turn * second + phase);
  }
  const mean = 60 / heartRateMean;
  const squares = intervals.reduce((sum, value) => sum + value * value, 0);
  const wanted = (60 * heartRateSd) / heartRateMean ** 2;
  const scale = squares > 0 ? wanted / Math.sqrt(squares / count) : 0;
  return intervals.map((value) => Math.max(0.2, mean + scale * value));
}

/** The RR interval at a time, linear between the seconds and periodic beyond the end. */
export function intervalAt(intervals: Float64Array, time: number): number {
  const position = ((time % intervals.length) + intervals.length) % intervals.length;
  const left = Math.floor(position);
  const share = position - left;
  return intervals[left] * (1 - share) + intervals[(left + 1) % intervals.length] * share;
}
