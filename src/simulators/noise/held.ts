import type { Random } from "../../signal/random.ts";

/**
 * Adds sample-and-hold Gaussian noise: each deviate stays for `hold` samples; a remainder shorter than that stays
 * as it is (released code of Nonaka & Seita 2026).
 */
export function addHeldNoise(
  samples: Float32Array | Float64Array,
  first: number,
  last: number,
  hold: number,
  standardDeviation: number,
  random: Random,
): void {
  const length = Math.max(1, Math.trunc(hold));
  for (let start = first; start + length <= last; start += length) {
    const value = standardDeviation * random.normal();
    for (let index = start; index < start + length; index++) samples[index] += value;
  }
}
