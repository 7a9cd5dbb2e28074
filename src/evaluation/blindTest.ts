import { createRandom, type Random } from "../signal/random.ts";
import { requireCount } from "./checks.ts";
import { normalQuantile } from "./statistics/distributions.ts";
import { wilsonInterval } from "./statistics/wilson.ts";

/** One picture of a blind test: which set it comes from, and which of its rows. */
export interface Trial {
  /** Index among the sources; real ones come first. */
  readonly source: number;
  readonly row: number;
}

/** A set of pictures that may be shown. */
export interface TrialSource {
  readonly isReal: boolean;
  /** Rows to choose from. */
  readonly rows: number;
}

/**
 * The order of a blind test: half of the trials real, half synthetic, each half shared evenly by its sources, no row twice,
 * all shuffled. The same seed gives the same order.
 * @param trials an even number
 * @throws RangeError for an odd number, a side without sources, or too few rows
 */
export function trialOrder(sources: readonly TrialSource[], trials: number, seed: number): Trial[] {
  requireCount(trials, "the number of trials", 2);
  if (trials % 2 !== 0) throw new RangeError(`${trials} trials cannot be half real and half synthetic`);
  const random = createRandom(seed, 51);
  const found: Trial[] = [];
  for (const isReal of [true, false]) {
    const own = sources.flatMap((source, index) => (source.isReal === isReal ? [{ ...source, index }] : []));
    if (own.length === 0) throw new RangeError(`there is no ${isReal ? "real" : "synthetic"} source`);
    // Which sources get one more where the number does not divide is drawn.
    const order = shuffle(own, random);
    order.forEach(({ index, rows }, place) => {
      const wanted = Math.floor(trials / 2 / own.length) + (place < (trials / 2) % own.length ? 1 : 0);
      if (rows < wanted) throw new RangeError(`source ${index} has ${rows} rows for ${wanted} trials`);
      const drawn = shuffle(
        Array.from({ length: rows }, (_, row) => row),
        random,
      );
      for (const row of drawn.slice(0, wanted)) found.push({ source: index, row });
    });
  }
  return shuffle(found, random);
}

function shuffle<T>(values: readonly T[], random: Random): T[] {
  const order = [...values];
  for (let place = order.length - 1; place > 0; place--) {
    const drawn = random.integer(place + 1);
    [order[place], order[drawn]] = [order[drawn], order[place]];
  }
  return order;
}

/** What a judge said of real and synthetic pictures. A hit is a synthetic picture called synthetic. */
export interface Judgements {
  readonly hits: number;
  readonly misses: number;
  /** Real pictures called synthetic. */
  readonly falseAlarms: number;
  readonly correctRejections: number;
}

/** How well synthetic is told from real, apart from how readily "synthetic" is said. */
export interface Sensitivity {
  /** d′ = z(hits) − z(false alarms): 0 is guessing, 1 modest, 3 nearly perfect; below 0 they are taken for each other. */
  readonly sensitivity: number;
  readonly low: number;
  readonly high: number;
  /** c = −(z(hits) + z(false alarms)) / 2: above 0 the judge says "real" more readily than "synthetic". */
  readonly criterion: number;
}

const usualDeviate = 1.959963984540054;

/**
 * d′ and the criterion with the log-linear correction: half a judgement is added to each cell (Hautus, Behav Res Methods
 * 1995;27:46), so that both exist for perfect judges too. The interval takes the rates for binomial: variance
 * H(1 − H) / n φ(z(H))² for each (Gourevitch & Galanter, Psychometrika 1967;32:25), with the corrected rates and numbers.
 * @returns null where nothing real or nothing synthetic was judged
 */
export function sensitivityOf(judgements: Judgements, deviate = usualDeviate): Sensitivity | null {
  const { hits, misses, falseAlarms, correctRejections } = judgements;
  for (const [name, count] of Object.entries(judgements)) requireCount(count, name, 0);
  const [signals, noises] = [hits + misses, falseAlarms + correctRejections];
  if (signals === 0 || noises === 0) return null;
  const hit = corrected(hits, signals);
  const falseAlarm = corrected(falseAlarms, noises);
  const sensitivity = hit.deviate - falseAlarm.deviate;
  const half = deviate * Math.sqrt(hit.variance + falseAlarm.variance);
  return {
    sensitivity,
    low: sensitivity - half,
    high: sensitivity + half,
    criterion: -(hit.deviate + falseAlarm.deviate) / 2,
  };
}

function corrected(count: number, total: number) {
  const rate = (count + 0.5) / (total + 1);
  const deviate = normalQuantile(rate);
  const density = Math.exp(-(deviate ** 2) / 2) / Math.sqrt(2 * Math.PI);
  return { deviate, variance: (rate * (1 - rate)) / ((total + 1) * density ** 2) };
}

/** A judgement of one picture. */
export interface Judged {
  readonly source: number;
  readonly isReal: boolean;
  readonly saidReal: boolean;
}

/** What came of a test, or of the trials so far. */
export interface BlindTestResult {
  readonly judgements: Judgements;
  readonly trials: number;
  readonly correct: number;
  /** Share of right answers with Wilson's interval; of no trials 0 to 1. */
  readonly accuracy: { readonly share: number; readonly low: number; readonly high: number };
  readonly sensitivity: Sensitivity | null;
}

/** Counts judgements, of all sources or of the real ones and one synthetic source. */
export function tally(judged: readonly Judged[], synthetic: number | null = null): BlindTestResult {
  const counted = judged.filter(({ isReal, source }) => isReal || synthetic === null || source === synthetic);
  const count = (isReal: boolean, saidReal: boolean) =>
    counted.filter((each) => each.isReal === isReal && each.saidReal === saidReal).length;
  const judgements = {
    hits: count(false, false),
    misses: count(false, true),
    falseAlarms: count(true, false),
    correctRejections: count(true, true),
  };
  const correct = judgements.hits + judgements.correctRejections;
  const trials = counted.length;
  const [low, high] = wilsonInterval(correct, trials);
  return {
    judgements,
    trials,
    correct,
    accuracy: { share: trials === 0 ? 0 : correct / trials, low, high },
    sensitivity: sensitivityOf(judgements),
  };
}

/** Share of a source's pictures that were called real, with Wilson's interval: how often a generator deceived. */
export function calledReal(
  judged: readonly Judged[],
  source: number,
): { readonly share: number; readonly low: number; readonly high: number; readonly trials: number } {
  const own = judged.filter((each) => each.source === source);
  const real = own.filter(({ saidReal }) => saidReal).length;
  const [low, high] = wilsonInterval(real, own.length);
  return { share: own.length === 0 ? 0 : real / own.length, low, high, trials: own.length };
}
