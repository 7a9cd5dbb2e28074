import { bandPower, welch } from "./spectrum.ts";

/** Variability of the intervals between normal beats (Task Force of the ESC and NASPE, Circulation 1996;93:1043). */
export interface HeartRateVariability {
  /** Intervals between two normal beats. */
  readonly count: number;
  /** Mean interval, ms, and its rate, 1/min. */
  readonly meanInterval: number;
  readonly meanRate: number;
  /** Standard deviation of the intervals, ms. */
  readonly sdnn: number;
  /** Root mean square of the differences of neighbouring intervals, ms. */
  readonly rmssd: number;
  /** Standard deviation of those differences, ms. */
  readonly sdsd: number;
  /** Share of them above 50 ms, %. */
  readonly pnn50: number;
  /** Short and long axis of the Poincaré plot, ms (Brennan et al., IEEE Trans Biomed Eng 2001;48:1342). */
  readonly sd1: number;
  readonly sd2: number;
  /** Number of intervals over the height of their histogram in bins of 1/128 s. */
  readonly triangularIndex: number;
  /** Power of 0.04 to 0.15 Hz and of 0.15 to 0.4 Hz, ms²; null for less than two minutes. */
  readonly lowFrequency: number | null;
  readonly highFrequency: number | null;
  readonly ratio: number | null;
}

/** ms; what is exactly 50 must not count because of the last binary digit. */
const rounding = 1e-6;
/** Fewer intervals say nothing about variability. */
const fewestIntervals = 8;
/** s; the Task Force asks for two minutes of the low frequencies. */
const shortestForSpectrum = 120;
/** Hz */
const tachogramFrequency = 4;
/** Segments of the spectrum, s. */
const segment = 256;
const bands = { low: [0.04, 0.15], high: [0.15, 0.4] } as const;

/**
 * Variability of the heart rate.
 * @param beats  times of the beats, s, ascending
 * @param normal whether each beat is normal; an interval counts between two that are, and a difference between two such
 *               intervals in a row
 * @returns null where there are too few normal intervals
 */
export function heartRateVariability(
  beats: ArrayLike<number>,
  normal: (index: number) => boolean,
): HeartRateVariability | null {
  const times: number[] = [];
  const intervals: number[] = [];
  const differences: number[] = [];
  let before: number | null = null;
  for (let index = 1; index < beats.length; index++) {
    if (!normal(index) || !normal(index - 1)) {
      before = null;
      continue;
    }
    const interval = 1000 * (beats[index] - beats[index - 1]);
    if (before !== null) differences.push(interval - before);
    times.push(beats[index]);
    intervals.push(interval);
    before = interval;
  }
  if (intervals.length < fewestIntervals || differences.length < 2) return null;
  const meanInterval = mean(intervals);
  const sdnn = deviation(intervals);
  const sdsd = deviation(differences);
  const [low, high] = spectralPowers(times, intervals);
  return {
    count: intervals.length,
    meanInterval,
    meanRate: 60_000 / meanInterval,
    sdnn,
    rmssd: Math.sqrt(mean(differences.map((difference) => difference ** 2))),
    sdsd,
    pnn50:
      (100 * differences.filter((difference) => Math.abs(difference) > 50 + rounding).length) /
      differences.length,
    sd1: sdsd / Math.SQRT2,
    sd2: Math.sqrt(Math.max(0, 2 * sdnn ** 2 - sdsd ** 2 / 2)),
    triangularIndex: intervals.length / highestBin(intervals),
    lowFrequency: low,
    highFrequency: high,
    ratio: low === null || high === null || high === 0 ? null : low / high,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
}

function highestBin(intervals: readonly number[]): number {
  const bins = new Map<number, number>();
  for (const interval of intervals) {
    const bin = Math.floor((interval * 128) / 1000);
    bins.set(bin, (bins.get(bin) ?? 0) + 1);
  }
  return Math.max(...bins.values());
}

/** Low and high frequency power of the tachogram, by straight lines between the intervals at 4 Hz. */
function spectralPowers(
  times: readonly number[],
  intervals: readonly number[],
): readonly [number | null, number | null] {
  const [first, last] = [times[0], times[times.length - 1]];
  if (last - first < shortestForSpectrum) return [null, null];
  const tachogram = new Float64Array(Math.floor((last - first) * tachogramFrequency));
  let at = 0;
  for (let index = 0; index < tachogram.length; index++) {
    const time = first + index / tachogramFrequency;
    while (times[at + 1] <= time) at++;
    const share = (time - times[at]) / (times[at + 1] - times[at]);
    tachogram[index] = intervals[at] + share * (intervals[at + 1] - intervals[at]);
  }
  const spectrum = welch(tachogram, tachogramFrequency, segment * tachogramFrequency);
  return [bandPower(spectrum, ...bands.low), bandPower(spectrum, ...bands.high)];
}
