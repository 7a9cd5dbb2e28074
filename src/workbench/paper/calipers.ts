import type { Calipers } from "../state/view.ts";
import type { PaperScale, Trace } from "./geometry.ts";

/** What the calipers read, each with its uncertainty. */
export interface CaliperReading {
  /** s */
  readonly interval: number;
  readonly intervalUncertainty: number;
  /** 1/min; infinite where both legs stand together. */
  readonly rate: number;
  readonly rateUncertainty: number;
  /** Difference of the signal between the legs, in its unit. */
  readonly difference: number;
  readonly differenceUncertainty: number;
}

/** A leg snaps to a peak that is nearer than this on paper, mm. */
export const snapReach = 2.5;

/**
 * Reads the calipers. A leg on a peak is uncertain by half a sample; one placed by hand by half a sample or half a
 * pixel, whichever is more. Both legs combine in quadrature, and the rate's uncertainty follows from the interval's.
 * @param peaks times of peaks, s
 */
export function readCalipers(
  calipers: Calipers,
  trace: Trace,
  scale: PaperScale,
  peaks: readonly number[],
): CaliperReading {
  const halfSample = 0.5 / trace.samplingFrequency;
  const halfPixel = 0.5 / (scale.speed * scale.pixelsPerMillimetre);
  const uncertainty = (time: number) =>
    peaks.some((peak) => Math.abs(peak - time) < 1e-4) ? halfSample : Math.max(halfSample, halfPixel);
  const interval = Math.abs(calipers.to - calipers.from);
  const intervalUncertainty = Math.hypot(uncertainty(calipers.from), uncertainty(calipers.to));
  return {
    interval,
    intervalUncertainty,
    rate: 60 / interval,
    rateUncertainty: (60 * intervalUncertainty) / interval ** 2,
    difference: valueAt(trace, calipers.to) - valueAt(trace, calipers.from),
    differenceUncertainty: (Math.SQRT2 * 0.5) / (scale.gain * scale.pixelsPerMillimetre),
  };
}

function valueAt({ samples, samplingFrequency }: Trace, time: number): number {
  return (
    samples[Math.min(samples.length - 1, Math.max(0, Math.round(time * samplingFrequency)))] ?? Number.NaN
  );
}

/** Where a leg goes that is dropped at `time`: the nearest known peak, else the nearest turning point of the signal, else there. */
export function snap(time: number, trace: Trace, scale: PaperScale, peaks: readonly number[]): number {
  const reach = snapReach / scale.speed;
  const nearest = peaks.reduce<number | null>(
    (best, peak) => (best === null || Math.abs(peak - time) < Math.abs(best - time) ? peak : best),
    null,
  );
  if (nearest !== null && Math.abs(nearest - time) <= reach) return nearest;
  return turningPoint(time, trace, reach) ?? time;
}

/** The extremum of the signal within reach, if it is one: not merely the end of the window. */
function turningPoint(time: number, { samples, samplingFrequency }: Trace, reach: number): number | null {
  const from = Math.max(1, Math.round((time - reach) * samplingFrequency));
  const to = Math.min(samples.length - 2, Math.round((time + reach) * samplingFrequency));
  if (to - from < 2) return null;
  let [low, high] = [from, from];
  for (let index = from; index <= to; index++) {
    if (samples[index] < samples[low]) low = index;
    if (samples[index] > samples[high]) high = index;
  }
  const inside = [low, high].filter((index) => index > from && index < to);
  const nearest = inside.sort(
    (one, other) => Math.abs(one / samplingFrequency - time) - Math.abs(other / samplingFrequency - time),
  )[0];
  return nearest === undefined ? null : nearest / samplingFrequency;
}

/** Times at which the interval is repeated along the strip, both ways, without the legs themselves. */
export function march(calipers: Calipers, duration: number): number[] {
  const interval = Math.abs(calipers.to - calipers.from);
  if (!calipers.march || interval < 0.02) return [];
  const [left, right] = [Math.min(calipers.from, calipers.to), Math.max(calipers.from, calipers.to)];
  const times: number[] = [];
  for (let time = left - interval; time >= 0; time -= interval) times.unshift(time);
  for (let time = right + interval; time <= duration; time += interval) times.push(time);
  return times;
}

/** The next peak after, or the last before, a time; the time itself where there is none. */
export function neighbouringPeak(time: number, peaks: readonly number[], direction: 1 | -1): number {
  const beyond = peaks.filter((peak) => (peak - time) * direction > 1e-4);
  return beyond.length === 0 ? time : direction === 1 ? Math.min(...beyond) : Math.max(...beyond);
}
