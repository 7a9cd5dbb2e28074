import { createRandom, type Random } from "../../signal/random.ts";

/** Streams of a run's seed: what is drawn for one purpose does not move what is drawn for another. */
const streams = {
  generatorWeights: 0,
  discriminatorWeights: 1,
  latents: 2,
  guidance: 3,
  penalty: 4,
  mixing: 5,
  sampling: 6,
  ranges: 7,
  // The place of the first weights, which are drawn once, one step on.
  inputNoise: 256,
} as const;

/** Most updates of both networks in one step. */
const mostInStep = 32;

/**
 * A source of random numbers that depends on the seed, the step and the place within the step alone, so that a resumed
 * run draws the same.
 */
export function drawsAt(seed: number, purpose: keyof typeof streams, position = 0, index = 0): Random {
  return createRandom(seed, 8 * (mostInStep * position + index) + streams[purpose]);
}

/** Standard normal deviates, `[count, size]`. */
export function normalDraws(count: number, size: number, random: Random): Float32Array {
  const values = new Float32Array(count * size);
  random.addNormal(values, 1);
  return values;
}
