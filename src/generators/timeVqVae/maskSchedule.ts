import * as tf from "@tensorflow/tfjs-core";
import type { Random } from "../../signal/random.ts";

/** Tokens that are left as they are in training, for a uniform deviate u: min(⌊n · cos(πu / 2)⌋, n − 1), never all. */
export const keptTokens = (tokens: number, u: number): number =>
  Math.min(Math.floor(tokens * Math.cos((Math.PI * u) / 2)), tokens - 1);

/** Tokens that are still masked after a step of decoding, 0 after the last: ⌊n · cos(π/2 · done / steps)⌋. */
export const maskedAfter = (tokens: number, done: number, steps: number): number =>
  done === steps ? 0 : Math.floor(tokens * Math.cos(((Math.PI / 2) * done) / steps));

/** Which tokens of each row are masked in a training step, 1 or 0, `[rows, tokens]`: the cosine schedule, any places. */
export function drawnMasks(rows: number, tokens: number, random: Random): Float32Array {
  const masks = new Float32Array(rows * tokens).fill(1);
  const places = Uint32Array.from({ length: tokens }, (_, place) => place);
  for (let row = 0; row < rows; row++) {
    const kept = keptTokens(tokens, random.uniform());
    for (let index = 0; index < kept; index++) {
      const other = index + random.integer(tokens - index);
      [places[index], places[other]] = [places[other], places[index]];
      masks[row * tokens + places[index]] = 0;
    }
  }
  return masks;
}

/**
 * Tokens as a prior sees them.
 * @param tokens int32 `[rows, tokens]`
 * @param masks  1 where a token is hidden, `[rows, tokens]`
 * @param hidden what stands in its place
 * @returns int32 `[rows, tokens]`
 */
export function maskedTokens(tokens: tf.Tensor2D, masks: tf.Tensor2D, hidden: number): tf.Tensor2D {
  // A plain number would be a float, and WebAssembly would take the bits of all other tokens for those of floats.
  return tf.where(tf.cast(masks, "bool"), tf.fill(tokens.shape, hidden, "int32"), tokens);
}
