import type { BeatFilter } from "../domain/beatFilters.ts";
import { beatBandPass, filterFir } from "./fir.ts";
import { butterworth } from "./iir.ts";
import { filterZeroPhase, paddingOf } from "./zeroPhase.ts";

/** Hz, at a quarter of the power: the filter is run twice. */
const zeroPhaseBand = { low: 0.5, high: 40 } as const;

type Filter = (samples: Float32Array, samplingFrequency: number) => Float64Array;

const filters: Readonly<Record<Exclude<BeatFilter, "none">, Filter>> = {
  /** Takes baseline wander and mains out and leaves every wave where it is; order and form are our choice. */
  zeroPhase(samples, samplingFrequency) {
    const sections = butterworth(2, { kind: "bandpass", ...zeroPhaseBand }, samplingFrequency);
    // So short a lead holds no beat.
    if (samples.length <= paddingOf(sections)) return Float64Array.from(samples);
    return filterZeroPhase(sections, samples);
  },
  /** As PGAN, which names a filter of finite length without its edges. */
  bandPass: (samples, samplingFrequency) => filterFir(samples, beatBandPass(samplingFrequency)),
};

/**
 * A lead as beats are cut out of it.
 * @param samples `[time]`; in a gap (NaN) a filter sees the sample before, and the gap is one again afterwards
 * @param samplingFrequency Hz, above 80
 */
export function filteredForBeats(
  samples: Float32Array,
  samplingFrequency: number,
  filter: BeatFilter,
): Float32Array {
  if (filter === "none") return samples;
  let last = samples.find((value) => !Number.isNaN(value)) ?? 0;
  const filled = samples.map((value) => {
    if (!Number.isNaN(value)) last = value;
    return last;
  });
  const filtered = filters[filter](filled, samplingFrequency);
  return samples.map((value, at) => (Number.isNaN(value) ? value : filtered[at]));
}
