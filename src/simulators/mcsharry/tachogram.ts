import { inverseFft } from "../../signal/fft.ts";
import type { Random } from "../../signal/random.ts";

export interface TachogramParameters {
  /** 1/min */
  readonly heartRateMean: number;
  readonly heartRateSd: number;
  /** Power around `lowFrequency` over power around `highFrequency`. */
  readonly lfHfRatio: number;
  /** Hz: Mayer wave, and respiration. */
  readonly lowFrequency: number;
  readonly highFrequency: number;
}

/** RR intervals at equal steps of time; periodic. */
export interface Tachogram {
  /** `[time]`, s */
  readonly intervals: Float64Array;
  /** Hz */
  readonly samplingFrequency: number;
}

/** Hz: so far above both peaks that lines between its points lose less than 1 % of their power. */
const samplingFrequency = 8;
/** s: a shorter spectrum would have a single line under each peak. */
const shortest = 256;
/** Width of both spectral peaks, Hz (McSharry 2003). */
const peakWidth = 0.01;
/** Both peaks lie below, Hz; the phases up to it are drawn whatever the peaks, so that a slider moves no other line. */
const highestLine = 1;

/**
 * RR intervals from the bimodal spectrum of McSharry 2003, equations 4 and 5: two Gaussians whose powers stand in the
 * ratio LF/HF, random phases, an inverse Fourier transform, and the standard deviation 60 · SD / mean² and mean
 * 60 / mean of the heart rate over the tachogram's whole length.
 * @param seconds length that is needed; the tachogram's is a power of two of at least 256 s
 */
export function tachogram(parameters: TachogramParameters, seconds: number, random: Random): Tachogram {
  const { heartRateMean, heartRateSd, lfHfRatio, lowFrequency, highFrequency } = parameters;
  const length = 2 ** Math.ceil(Math.log2(Math.max(shortest, seconds)));
  const count = length * samplingFrequency;
  const real = new Float64Array(count);
  const imaginary = new Float64Array(count);
  const density = (frequency: number, centre: number) =>
    Math.exp(-0.5 * ((frequency - centre) / peakWidth) ** 2);
  for (let line = 1; line <= highestLine * length; line++) {
    const frequency = line / length;
    const phase = 2 * Math.PI * random.uniform();
    const power = lfHfRatio * density(frequency, lowFrequency) + density(frequency, highFrequency);
    real[line] = Math.sqrt(power) * Math.cos(phase);
    imaginary[line] = Math.sqrt(power) * Math.sin(phase);
  }
  // Half a spectrum: the real part of its transform is that of the whole but for a factor, which the scaling takes up.
  inverseFft(real, imaginary);
  const variance = real.reduce((sum, value) => sum + value * value, 0) / count;
  const mean = 60 / heartRateMean;
  const scale = (60 * heartRateSd) / heartRateMean ** 2 / Math.sqrt(variance);
  return { intervals: real.map((value) => mean + scale * value), samplingFrequency };
}

/** The RR interval (s) at a time (s), linear between the tachogram's points and periodic beyond its end. */
export function intervalAt(intervals: Tachogram, time: number): number {
  const { length } = intervals.intervals;
  const position = (((time * intervals.samplingFrequency) % length) + length) % length;
  const left = Math.floor(position);
  const share = position - left;
  return intervals.intervals[left] * (1 - share) + intervals.intervals[(left + 1) % length] * share;
}
