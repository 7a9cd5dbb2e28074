import { createRandom, type Random } from "../../signal/random.ts";

/** Streams of a run's seed: what is drawn for one purpose does not move what is drawn for another. */
const streams = {
  tokeniserWeights: 0,
  priorWeights: 1,
  dropout: 2,
  clustering: 3,
  revival: 4,
  masks: 5,
  classes: 6,
  latents: 7,
} as const;

/** A source of random numbers that depends on the seed, the position and the purpose alone. */
export function drawsFor(seed: number, purpose: keyof typeof streams, position = 0): Random {
  return createRandom(seed, 8 * position + streams[purpose]);
}
