import type { DelineatedBeat } from "../../domain/delineation.ts";
import type { WaveBoundaries } from "../../domain/groundTruth.ts";
import { bestPair, type Expectation, type Pair } from "./pair.ts";
import { expectedP, type FirstP, pCandidates, usualP } from "./pWave.ts";
import { type Complex, complexAt } from "./qrs.ts";
import { expectedT, relativeDelay, tCandidates, type Ventricles } from "./tWave.ts";
import type { Candidate } from "./wave.ts";

/** s; an interval outside is taken for its nearest end: beats are missing, or too many are given. */
const [shortestInterval, longestInterval] = [0.2, 1.5];

/** A beat whose complex was found, with all that may be its P and its T wave. */
interface Found extends Ventricles {
  readonly p: readonly Candidate[];
  readonly t: readonly Candidate[];
}

/**
 * Finds onset, peak and offset of P, QRS and T of every beat in one lead, after Martínez et al., IEEE Trans Biomed Eng
 * 2004;51:570: slopes of the quadratic-spline wavelet, whose zero crossings are the peaks and whose decay are the ends.
 *
 * Unlike there, QRS ends are taken from an envelope of slope and curvature, P and T are looked for where no complex
 * leaks into the transform, and chosen together and in agreement with the beats around. docs/delineation.md measures it.
 * Of a biphasic wave the phase that stands out most is bounded.
 *
 * @param samples `[time]` in any unit; NaN where there is no signal
 * @param samplingFrequency Hz, 100 to 1000
 * @param rPeaks samples, in order of time
 * @returns one for each R peak, in their order; waves that are absent or lie in a gap are null
 */
export function delineate(
  samples: Float32Array,
  samplingFrequency: number,
  rPeaks: ArrayLike<number>,
): DelineatedBeat[] {
  const complexes = Array.from(rPeaks, (rPeak) => complexAt(samples, samplingFrequency, rPeak));
  const beats = complexes.map((complex, index) =>
    complex === null ? null : candidatesOf(samples, samplingFrequency, rPeaks, complexes, index),
  );

  const usual = chooseWaves(
    beats,
    (beat) => usualP(beat.p, beat.complex, samplingFrequency),
    (beat, index) => expectedT(beat.t, beat, null, index, samplingFrequency),
    samplingFrequency,
  );
  const firstP = beats.map((beat, index): FirstP | null => {
    const wave = usual[index].p;
    if (beat === null || wave === null) return null;
    return { distance: wave.peak - beat.complex.qrs.onset, strength: wave.strength };
  });
  const delays = beats.map((beat, index) => {
    const wave = usual[index].t;
    return beat === null || wave === null ? null : relativeDelay(beat, wave.peak, samplingFrequency);
  });

  const chosen = chooseWaves(
    beats,
    (beat, index) => expectedP(beat.p, beat.complex, firstP, index, samplingFrequency),
    (beat, index) => expectedT(beat.t, beat, delays, index, samplingFrequency),
    samplingFrequency,
  );
  return complexes.map((complex, index) => {
    const rPeak = rPeaks[index];
    if (complex === null) return { rPeak, p: null, qrs: null, t: null, q: null, r: null, s: null };
    const { qrs, q, r, s } = complex;
    const earliest = chosen[index - 1]?.t?.offset ?? Number.NEGATIVE_INFINITY;
    return { rPeak, p: boundaries(chosen[index].p, earliest), qrs, t: boundaries(chosen[index].t), q, r, s };
  });
}

function candidatesOf(
  samples: Float32Array,
  samplingFrequency: number,
  rPeaks: ArrayLike<number>,
  complexes: readonly (Complex | null)[],
  index: number,
): Found | null {
  const complex = complexes[index];
  if (complex === null) return null;
  const rPeak = rPeaks[index];
  const earliest = complexes[index - 1]?.qrs.offset ?? rPeaks[index - 1] ?? Number.NEGATIVE_INFINITY;
  const latest = complexes[index + 1]?.qrs.onset ?? rPeaks[index + 1] ?? Number.POSITIVE_INFINITY;
  const next = rPeaks[index + 1] ?? 2 * rPeak - (rPeaks[index - 1] ?? rPeak - samplingFrequency);
  const interval = Math.min(
    longestInterval * samplingFrequency,
    Math.max(shortestInterval * samplingFrequency, next - rPeak),
  );
  const ventricles = { rPeak, interval, complex };
  return {
    ...ventricles,
    p: pCandidates(samples, samplingFrequency, complex, earliest),
    t: tCandidates(samples, samplingFrequency, ventricles, latest),
  };
}

/** The waves of all beats: between each complex and the next, T and P that fit together best. */
function chooseWaves(
  beats: readonly (Found | null)[],
  expectP: (beat: Found, index: number) => Expectation | null,
  expectT: (beat: Found, index: number) => Expectation,
  samplingFrequency: number,
): Pair[] {
  const p: (Candidate | null)[] = [];
  const t: (Candidate | null)[] = [];
  for (let index = 0; index <= beats.length; index++) {
    const [before, after] = [beats[index - 1] ?? null, beats[index] ?? null];
    const pair = bestPair(
      before === null ? null : expectT(before, index - 1),
      after === null ? null : expectP(after, index),
      samplingFrequency,
    );
    if (index > 0) t.push(pair.t);
    if (index < beats.length) p.push(pair.p);
  }
  return beats.map((_, index) => ({ p: p[index], t: t[index] }));
}

/** @param earliest where the wave before ends */
function boundaries(wave: Candidate | null, earliest = Number.NEGATIVE_INFINITY): WaveBoundaries | null {
  return wave && { onset: Math.max(earliest, wave.onset), peak: wave.peak, offset: wave.offset };
}
