import { firCoefficients } from "./fir.ts";

/** A ratio of sampling frequencies in lowest terms. */
export interface ResamplingRatio {
  readonly up: number;
  readonly down: number;
}

/** Largest term of a ratio: beyond it the filter would be longer than most records. */
const largestTerm = 2000;

/**
 * The ratio of two sampling frequencies, exact to a part in 10⁹.
 * @throws RangeError where there is no ratio of terms up to 2000
 */
export function ratioOf(from: number, to: number): ResamplingRatio {
  for (let down = 1; down <= largestTerm; down++) {
    const up = Math.round((to / from) * down);
    if (up >= 1 && up <= largestTerm && Math.abs((up * from) / (down * to) - 1) < 1e-9) return { up, down };
  }
  throw new RangeError(`no ratio of small whole numbers leads from ${from} to ${to} Hz`);
}

/**
 * Resamples by a ratio with a low-pass filter against aliasing (Kaiser window, β = 5; 20 periods of the lower frequency
 * long), each output at its exact place. The same as SciPy's `resample_poly` with its defaults: beyond both ends the
 * signal is taken for 0.
 * @param samples `[time]`. A gap (NaN) is bridged by a straight line for the filter, and is a gap again in the result.
 * @returns `[⌈time × up / down⌉]`
 */
export function resample(samples: ArrayLike<number>, { up, down }: ResamplingRatio): Float64Array {
  if (up === down) return Float64Array.from(samples);
  const half = 10 * Math.max(up, down);
  const filter = firCoefficients(2 * half + 1, { kind: "lowpass", cutoff: 0.5 / Math.max(up, down) }, 1, {
    kind: "kaiser",
    beta: 5,
  }).map((value) => value * up);
  const bridged = bridgeGaps(samples);
  const output = new Float64Array(Math.ceil((samples.length * up) / down));
  for (let index = 0; index < output.length; index++) {
    // On the common grid of both frequencies the output lies at `place`, input n at n × up.
    const place = index * down;
    const first = Math.max(0, Math.ceil((place - half) / up));
    const last = Math.min(samples.length - 1, Math.floor((place + half) / up));
    let sum = 0;
    for (let n = first; n <= last; n++) sum += bridged[n] * filter[half + place - n * up];
    const nearest = Math.min(samples.length - 1, Math.round(place / up));
    output[index] = Number.isNaN(samples[nearest]) ? Number.NaN : sum;
  }
  return output;
}

/** Straight lines over gaps; the value beside it where a gap reaches an end, 0 where there is nothing else. */
function bridgeGaps(samples: ArrayLike<number>): Float64Array {
  const bridged = Float64Array.from(samples);
  let last = -1;
  for (let at = 0; at <= bridged.length; at++) {
    if (at < bridged.length && Number.isNaN(bridged[at])) continue;
    if (at - last > 1) {
      const before = last >= 0 ? bridged[last] : at < bridged.length ? bridged[at] : 0;
      const after = at < bridged.length ? bridged[at] : before;
      for (let gap = last + 1; gap < at; gap++) {
        bridged[gap] = before + ((after - before) * (gap - last)) / (at - last);
      }
    }
    last = at;
  }
  return bridged;
}
