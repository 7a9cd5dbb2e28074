import type { Candidate } from "./wave.ts";

/** Candidates for a wave, and where its peak is expected. */
export interface Expectation {
  readonly candidates: readonly Candidate[];
  /** samples of the lead */
  readonly peak: number;
  /** samples */
  readonly deviation: number;
  /** What is weaker is no wave. */
  readonly least: number;
}

export interface Pair {
  readonly t: Candidate | null;
  readonly p: Candidate | null;
}

/** Least time between the steepest point of T's end and that of P's beginning, s: one slope is not shared by both. */
const apart = 0.02;

/**
 * The T wave of one beat and the P wave of the next, chosen together: what falls between the two is the end of one and
 * the beginning of the other, and a trough between them is neither.
 */
export function bestPair(t: Expectation | null, p: Expectation | null, samplingFrequency: number): Pair {
  const tWaves = scored(t);
  const pWaves = scored(p);
  let best: Pair = { t: null, p: null };
  let highest = 0;
  for (const first of [{ wave: null, score: 0 }, ...tWaves]) {
    for (const second of [{ wave: null, score: 0 }, ...pWaves]) {
      const score = first.score + second.score;
      if (score <= highest || !canStandTogether(first.wave, second.wave, apart * samplingFrequency)) continue;
      highest = score;
      best = { t: first.wave, p: second.wave };
    }
  }
  return best;
}

function scored(expectation: Expectation | null): { wave: Candidate; score: number }[] {
  if (expectation === null) return [];
  const { candidates, peak, deviation, least } = expectation;
  return candidates
    .filter((wave) => wave.strength >= least && wave.strength > 0)
    .map((wave) => ({ wave, score: wave.strength * Math.exp(-(((wave.peak - peak) / deviation) ** 2) / 2) }));
}

function canStandTogether(t: Candidate | null, p: Candidate | null, distance: number): boolean {
  return t === null || p === null || (p.steepestBefore - t.steepestAfter > distance && p.peak > t.offset);
}
