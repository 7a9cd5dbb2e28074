import { createRandom, type Random } from "../../signal/random.ts";

/** Streams of a run's seed: what is drawn for one purpose does not move what is drawn for another. */
const streams = { weights: 0, times: 1, noise: 2, labels: 3, sampling: 4 } as const;

/** A source of random numbers that depends on the seed and the position alone, so that a resumed run draws the same. */
export function diffusionDraws(seed: number, purpose: keyof typeof streams, position = 0): Random {
  return createRandom(seed, 8 * position + streams[purpose]);
}
