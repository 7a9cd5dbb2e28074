import type { Quality } from "../domain/libraryRecord.ts";

/** Shares of a lead that cannot be trusted, and the rule that judges them. */
export interface SignalQuality {
  readonly quality: Quality;
  /** Share of samples without a value. */
  readonly missing: number;
  /** Share of samples in runs of one value longer than 200 ms: a lead that is off, or clipped. */
  readonly flat: number;
  /** Share of intervals between R peaks outside 0.25 to 3 s. */
  readonly implausible: number;
}

/** Shares above which a lead is doubtful, and poor. Our reconstruction: no database publishes such a rule. */
const limits = { doubtful: 0.01, poor: 0.2 } as const;

/**
 * Judges a lead by missing and flat samples and by impossible intervals.
 * @param samples `[time]`, mV
 * @param rPeaks  in samples, ascending
 */
export function judgeQuality(
  samples: Float32Array,
  samplingFrequency: number,
  rPeaks: ArrayLike<number>,
): SignalQuality {
  const longestRun = 0.2 * samplingFrequency;
  let [missing, flat, runStart] = [0, 0, 0];
  for (let at = 0; at < samples.length; at++) {
    if (Number.isNaN(samples[at])) missing++;
    const isLast = at === samples.length - 1;
    if (!isLast && samples[at + 1] === samples[at]) continue;
    const run = at + 1 - runStart;
    if (run > longestRun) flat += run;
    runStart = at + 1;
  }
  let implausible = 0;
  for (let index = 1; index < rPeaks.length; index++) {
    const interval = (rPeaks[index] - rPeaks[index - 1]) / samplingFrequency;
    if (interval < 0.25 || interval > 3) implausible++;
  }
  const shares = {
    missing: missing / Math.max(1, samples.length),
    flat: flat / Math.max(1, samples.length),
    implausible: implausible / Math.max(1, rPeaks.length - 1),
  };
  const worst = Math.max(shares.missing, shares.flat, shares.implausible);
  const tooFew = rPeaks.length < 2 && samples.length > 3 * samplingFrequency;
  const quality = tooFew || worst > limits.poor ? "poor" : worst > limits.doubtful ? "doubtful" : "good";
  return { quality, ...shares };
}
