import type { SignalForm } from "../../domain/experiment.ts";
import { ratioOf, resample } from "../../signal/resample.ts";
import { standardise } from "../../signal/standardise.ts";

/**
 * The first seconds of a lead at another sampling frequency, standardised. Gaps become the mean; a lead that is a little
 * too short ends in the mean.
 * @param samples `[time]`, NaN in gaps
 * @returns `[duration × samplingFrequency]`
 */
export function formSignal(
  samples: Float32Array,
  from: number,
  { samplingFrequency, duration }: SignalForm,
): Float32Array {
  const length = Math.round(duration * samplingFrequency);
  // Some more than needed, so that the filter's end does not lie in what is kept.
  const needed = samples.subarray(0, Math.ceil((duration + 1) * from));
  const moved = resample(needed, ratioOf(from, samplingFrequency)).subarray(0, length);
  const present = moved.filter((value) => !Number.isNaN(value));
  const { mean, standardDeviation } = standardise(present);
  return Float32Array.from({ length }, (_, index) => {
    const value = moved[index] ?? Number.NaN;
    return Number.isNaN(value) || standardDeviation === 0 ? 0 : (value - mean) / standardDeviation;
  });
}
