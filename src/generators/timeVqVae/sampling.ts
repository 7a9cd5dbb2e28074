import * as tf from "@tensorflow/tfjs-core";
import type { Mode } from "../../neural/layers/scope.ts";
import { createRandom, type Random } from "../../signal/random.ts";
import { type BandName, bandNames } from "./bandSplit.ts";
import { type DecodingStep, decodeTokens, open } from "./decoding.ts";
import { drawsFor } from "./draws.ts";
import type { TimeVqVaeModel } from "./model.ts";

export interface SamplingPlan {
  /** Steps in which the tokens of each part are chosen, and how much chance there is in it. */
  readonly steps: Readonly<Record<BandName, number>>;
  readonly temperature: Readonly<Record<BandName, number>>;
  /** s: logits are l₀ + s · (l − l₀), l of the class and l₀ of none; 1 is the class alone. */
  readonly guidance: number;
}

/** What is asked for, row by row. */
export interface SamplingRequest {
  /** Of `drawnLatents`. */
  readonly latents: Float32Array;
  readonly labels: Uint8Array;
}

/** A moment of sampling: tokens of low frequencies are chosen first, then those of high ones. */
export interface TokenMoment {
  readonly band: BandName;
  /** Steps of both parts that are done. */
  readonly done: number;
  /** Tokens that stay, `[rows, tokens of both parts]`, −1 where open. */
  readonly tokens: Int32Array;
  /** Signals of all that is chosen or guessed, `[rows, length]`. */
  readonly signals: Float32Array;
}

/** Rows that are computed at once. */
const rowsAtOnce = 64;
/** Latents are whole numbers below it: all that single precision tells apart. */
const latentLimit = 2 ** 24;

const asTrained: Mode = { training: false, random: createRandom(0) };

/** Latents of signals: each is the seed of all that is drawn for its signal, `[count]`. */
export function drawnLatents(count: number, seed: number): Float32Array {
  const random = drawsFor(seed, "latents");
  return Float32Array.from({ length: count }, () => random.integer(latentLimit));
}

/** New signals, `[count, length]`. */
export async function sampledSignals(
  model: TimeVqVaeModel,
  plan: SamplingPlan,
  { latents, labels }: SamplingRequest,
): Promise<Float32Array> {
  const found: Float32Array[] = [];
  for (let first = 0; first < latents.length; first += rowsAtOnce) {
    const some = {
      latents: latents.subarray(first, first + rowsAtOnce),
      labels: labels.subarray(first, first + rowsAtOnce),
    };
    found.push(await watchedSignals(model, plan, some));
  }
  return joined(found);
}

/**
 * New signals, all at once.
 * @param onMoment told after each step of decoding; it may ask to stop, by false, and what was guessed last is given
 * @returns `[count, length]`
 */
export async function watchedSignals(
  model: TimeVqVaeModel,
  plan: SamplingPlan,
  { latents, labels }: SamplingRequest,
  onMoment: ((moment: TokenMoment) => Promise<boolean>) | null = null,
): Promise<Float32Array> {
  const { high } = model.tokenisers;
  const count = labels.length;
  let goesOn = true;
  /** Chooses the tokens of one part. @param given tokens of low frequencies, for the high ones */
  const chosen = (band: BandName, given: Int32Array | null): Promise<Int32Array> => {
    const { grid, codes } = model.tokenisers[band];
    const decoding = {
      tokens: grid.count,
      codes,
      steps: plan.steps[band],
      temperature: plan.temperature[band],
    };
    const sources = Array.from(latents, (latent, row) => sourceOf(latent, labels[row], band));
    const onStep = async ({ done, tokens, guesses }: DecodingStep): Promise<boolean> => {
      if (onMoment === null) return true;
      const [lower, higher] = given === null ? [guesses, null] : [given, guesses];
      const [lowerTokens, higherTokens] =
        given === null ? [tokens, new Int32Array(count * high.grid.count).fill(open)] : [given, tokens];
      goesOn = await onMoment({
        band,
        done: done + (band === "high" ? plan.steps.low : 0),
        tokens: besideEachOther(lowerTokens, higherTokens, count),
        signals: await signalsOf(model, lower, higher, count),
      });
      return goesOn;
    };
    const ask = (tokens: Int32Array) => logitsOf(model, plan.guidance, band, tokens, labels, given);
    return decodeTokens(decoding, ask, sources, onStep);
  };
  const lower = await chosen("low", null);
  const higher = goesOn ? await chosen("high", lower) : null;
  return signalsOf(model, lower, higher, count);
}

/** A latent is a whole number; between two of them stands the lower one. Each class draws for itself. */
function sourceOf(latent: number, label: number, band: BandName): Random {
  return createRandom(Math.floor(Math.abs(latent)), 2 * label + bandNames.indexOf(band));
}

/** What a prior says of tokens, −1 where open: `[rows, tokens, codes]`. */
async function logitsOf(
  model: TimeVqVaeModel,
  guidance: number,
  band: BandName,
  tokens: Int32Array,
  labels: Uint8Array,
  given: Int32Array | null,
): Promise<Float32Array> {
  const { grid, codes } = model.tokenisers[band];
  const count = labels.length;
  const logits = tf.tidy(() => {
    const masked = tokens.map((token) => (token === open ? codes : token));
    const seen = tf.tensor2d(masked, [count, grid.count], "int32");
    const low = given === null ? null : tf.tensor2d(given, [count, given.length / count], "int32");
    const asked = (classes: ArrayLike<number>) =>
      model.priors[band].logits(seen, tf.tensor1d(Int32Array.from(classes), "int32"), low, asTrained);
    const own = asked(labels);
    if (guidance === 1) return own;
    const none = asked(new Int32Array(count).fill(model.noClass));
    return tf.add(none, tf.mul(tf.sub(own, none), guidance));
  });
  const values = (await logits.data()) as Float32Array;
  logits.dispose();
  return values;
}

/** Signals of the tokens of both parts, or of low frequencies alone, `[rows, length]`. */
async function signalsOf(
  { tokenisers }: TimeVqVaeModel,
  low: Int32Array,
  high: Int32Array | null,
  count: number,
): Promise<Float32Array> {
  const signals = tf.tidy(() => {
    const part = (band: BandName, tokens: Int32Array) =>
      tokenisers[band].decode(tf.tensor2d(tokens, [count, tokens.length / count], "int32"), asTrained);
    const lower = part("low", low);
    return high === null ? lower : tf.add(lower, part("high", high));
  });
  const values = (await signals.data()) as Float32Array;
  signals.dispose();
  return values;
}

/** Signals through their tokens and back, `[count, length]`: what the tokeniser keeps of them. */
export async function reconstructed(
  { split, tokenisers }: TimeVqVaeModel,
  signals: Float32Array,
  length: number,
): Promise<Float32Array> {
  const found: Float32Array[] = [];
  for (let first = 0; first < signals.length; first += rowsAtOnce * length) {
    const some = signals.subarray(first, first + rowsAtOnce * length);
    const sum = tf.tidy(() => {
      const parts = split.split(tf.tensor2d(some, [some.length / length, length]));
      const [low, high] = bandNames.map(
        (band) => tokenisers[band].reconstruct(parts[band].image, asTrained).signal,
      );
      return tf.add(low, high);
    });
    found.push((await sum.data()) as Float32Array);
    sum.dispose();
  }
  return joined(found);
}

/** Two tables side by side. */
function besideEachOther(one: Int32Array, other: Int32Array, rows: number): Int32Array {
  const [width, rest] = [one.length / rows, other.length / rows];
  const both = new Int32Array(one.length + other.length);
  for (let row = 0; row < rows; row++) {
    both.set(one.subarray(row * width, (row + 1) * width), row * (width + rest));
    both.set(other.subarray(row * rest, (row + 1) * rest), row * (width + rest) + width);
  }
  return both;
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, each) => sum + each.length, 0));
  let at = 0;
  for (const each of parts) {
    all.set(each, at);
    at += each.length;
  }
  return all;
}
