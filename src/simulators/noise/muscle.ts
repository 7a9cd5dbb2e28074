import type { Random } from "../../signal/random.ts";

/**
 * Adds muscle noise: white noise with its slow half removed by a first difference, scaled back to the given standard
 * deviation (mV). A simple stand-in for surface EMG; our reconstruction.
 */
export function addMuscleNoise(
  samples: Float32Array | Float64Array,
  standardDeviation: number,
  random: Random,
): void {
  if (standardDeviation === 0) return;
  const scale = standardDeviation / Math.SQRT2;
  let before = random.normal();
  for (let index = 0; index < samples.length; index++) {
    const deviate = random.normal();
    samples[index] += scale * (deviate - before);
    before = deviate;
  }
}
