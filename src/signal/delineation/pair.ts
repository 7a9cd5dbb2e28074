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

/** Where the steepest points of T's end and P's beginning lie nearer than this, both share one slope, s. */
const apart = 0.02;
/** What a P wave counts whose beginning is T's end: an inverted T may return to it, but more often one of them is none. */
const sharingCounts = 0.3;

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
      if (first.wave !== null && second.wave !== null && second.wave.peak <= first.wave.offset) continue;
      const counts = shareSlope(first.wave, second.wave, samplingFrequency) ? sharingCounts : 1;
      const score = first.score + counts * second.score;
      if (score <= highest) continue;
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

function shareSlope(t: Candidate | null, p: Candidate | null, samplingFrequency: number): boolean {
  return t !== null && p !== null && p.steepestBefore - t.steepestAfter <= apart * samplingFrequency;
}
