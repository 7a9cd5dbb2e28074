import type { Random } from "../../signal/random.ts";
import { maskedAfter } from "./maskSchedule.ts";

/** What a token is before it is chosen. */
export const open = -1;

export interface DecodingPlan {
  /** Tokens of a row. */
  readonly tokens: number;
  readonly codes: number;
  /** T, in how many steps all tokens are chosen. */
  readonly steps: number;
  /** τ, how much chance there is in which tokens stay at first; it falls to 0 by the last step. */
  readonly temperature: number;
}

/** Where a decoding stands. */
export interface DecodingStep {
  /** Steps that are done. */
  readonly done: number;
  /** Tokens that stay, `[rows, tokens]`, −1 where one is open again. */
  readonly tokens: Int32Array;
  /** All tokens as they were guessed in this step, `[rows, tokens]`. */
  readonly guesses: Int32Array;
}

/**
 * Chooses all tokens of some rows in a few steps (MaskGIT: Chang et al., CVPR 2022). In each step every open token is drawn
 * from what the model says of it; those of which it was least sure, with some noise, are opened again, as many as the cosine
 * schedule says. Each row draws from its own source alone, so that it does not matter which rows are decoded together.
 * @param logitsOf  of tokens `[rows, tokens]`, −1 where open: logits `[rows, tokens, codes]`
 * @param sources   of each row
 * @param onStep    told after each step; it may ask to stop, by false
 * @returns `[rows, tokens]`, none open: where it was stopped, as they were guessed last
 */
export async function decodeTokens(
  { tokens: count, codes, steps, temperature }: DecodingPlan,
  logitsOf: (tokens: Int32Array) => Promise<Float32Array>,
  sources: readonly Random[],
  onStep: (step: DecodingStep) => Promise<boolean> = async () => true,
): Promise<Int32Array> {
  const tokens = new Int32Array(sources.length * count).fill(open);
  for (let done = 1; done <= steps; done++) {
    const logits = await logitsOf(tokens);
    const guesses = tokens.slice();
    const noise = temperature * (1 - done / steps);
    sources.forEach((random, row) => {
      const first = row * count;
      const unsure: { readonly place: number; readonly confidence: number }[] = [];
      for (let place = first; place < first + count; place++) {
        if (tokens[place] !== open) continue;
        const { choice, probability } = drawn(logits, place * codes, codes, random.uniform());
        guesses[place] = choice;
        unsure.push({ place, confidence: Math.log(probability + 1e-5) + noise * gumbel(random) });
      }
      unsure.sort((one, other) => one.confidence - other.confidence || one.place - other.place);
      const opened = Math.min(maskedAfter(count, done, steps), unsure.length);
      for (const { place } of unsure.slice(opened)) tokens[place] = guesses[place];
    });
    if (!(await onStep({ done, tokens: tokens.slice(), guesses }))) return guesses;
  }
  return tokens;
}

/** A code drawn by the softmax of its logits, with its probability. @param u uniform deviate */
function drawn(logits: Float32Array, from: number, codes: number, u: number) {
  let largest = Number.NEGATIVE_INFINITY;
  for (let code = 0; code < codes; code++) largest = Math.max(largest, logits[from + code]);
  let total = 0;
  for (let code = 0; code < codes; code++) total += Math.exp(logits[from + code] - largest);
  let left = u * total;
  let choice = 0;
  for (; choice < codes - 1; choice++) {
    left -= Math.exp(logits[from + choice] - largest);
    if (left < 0) break;
  }
  return { choice, probability: Math.exp(logits[from + choice] - largest) / total };
}

/** −ln(−ln u), u within (0, 1). */
const gumbel = (random: Random) => -Math.log(-Math.log((random.uniform() * 0xffffffff + 0.5) / 0x100000000));
