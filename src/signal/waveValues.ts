import { waveNames } from "../domain/groundTruth.ts";

/** Where a wave's peak is looked for in a beat, between samples that both belong to it. */
export interface WaveWindow {
  /** A sample, or the wave whose peak bounds the window. */
  readonly from: number | "Q" | "R" | "S";
  readonly to: number | "Q" | "R" | "S";
  readonly extremum: "highest" | "lowest";
}

/** Samples of the beats that the windows are made for: 0.6 s at 360 Hz with R near sample 72. */
export const waveBeatLength = 216;

/**
 * Windows of the wave values in the order in which they are found. PGAN's authors follow the slope from R outwards over
 * the neighbouring beats; these windows need one beat alone and no detector. In a wide ventricular beat P, Q and S may be
 * no waves at all.
 */
export const waveWindows = {
  R: { from: 60, to: 84, extremum: "highest" },
  Q: { from: 52, to: "R", extremum: "lowest" },
  S: { from: "R", to: 96, extremum: "lowest" },
  P: { from: 0, to: "Q", extremum: "highest" },
  T: { from: "S", to: 200, extremum: "highest" },
} as const satisfies Readonly<Record<string, WaveWindow>>;

export type WaveName = keyof typeof waveWindows;

/** How the peaks are found: in fixed windows, or from R outwards by the slope. */
export const waveRules = ["windows", "signChanges"] as const;
export type WaveRule = (typeof waveRules)[number];

/** Sample of each wave's peak in a beat by a rule. */
export function wavePeaks(beat: ArrayLike<number>, rule: WaveRule = "windows"): Record<WaveName, number> {
  return rule === "windows" ? peaksInWindows(beat) : peaksBySlope(beat);
}

/** Of equal values the first. */
function peaksInWindows(beat: ArrayLike<number>): Record<WaveName, number> {
  const found = { P: 0, Q: 0, R: 0, S: 0, T: 0 };
  for (const [name, window] of Object.entries(waveWindows) as [WaveName, WaveWindow][]) {
    const { from, to, extremum } = window;
    const first = typeof from === "number" ? from : found[from];
    const last = typeof to === "number" ? to : found[to];
    const sign = extremum === "highest" ? 1 : -1;
    let best = first;
    for (let at = first + 1; at <= last; at++) if (sign * beat[at] > sign * beat[best]) best = at;
    found[name] = best;
  }
  return found;
}

/**
 * As NeuroKit (2016) finds waves, in the form in which PGAN's author wrote it down again: Q and S where the slope first
 * changes its sign on the way from R, P and T the highest samples beyond, of equal ones the nearest. The author's segments
 * reach half-way to the neighbouring beats; here the beat's own ends bound them, and R stands where its window has it. Where
 * the slope never changes, the wave is at the end.
 */
function peaksBySlope(beat: ArrayLike<number>): Record<WaveName, number> {
  const { R } = peaksInWindows(beat);
  // The sample of R belongs to the segment after it.
  const before = Array.from({ length: R }, (_, step) => beat[R - 1 - step]);
  const after = Array.from({ length: waveBeatLength - R }, (_, step) => beat[R + step]);
  const [q, s] = [before, after].map(firstTurn);
  return { Q: R - 1 - q, S: R + s, P: R - 1 - highest(before, q), T: R + highest(after, s), R };
}

/** Last sample before the slope, over two samples and over one at both ends, has another sign. */
function firstTurn(segment: readonly number[]): number {
  const last = segment.length - 1;
  const signAt = (at: number) => Math.sign(segment[Math.min(last, at + 1)] - segment[Math.max(0, at - 1)]);
  for (let at = 0; at < last; at++) if (signAt(at) !== signAt(at + 1)) return at;
  return last;
}

function highest(segment: readonly number[], from: number): number {
  let best = from;
  for (let at = from + 1; at < segment.length; at++) if (segment[at] > segment[best]) best = at;
  return best;
}

/**
 * Amplitudes of P, Q, R, S, T of each beat, the wave values W of the PGAN paper.
 * @param beats `[beat, 216]`, row after row, in any unit
 * @returns `[beat, 5]` in the same unit
 */
export function waveValues(beats: Float32Array, rule: WaveRule = "windows"): Float32Array {
  const count = beats.length / waveBeatLength;
  const values = new Float32Array(count * waveNames.length);
  for (let row = 0; row < count; row++) {
    const beat = beats.subarray(row * waveBeatLength, (row + 1) * waveBeatLength);
    const peaks = wavePeaks(beat, rule);
    waveNames.forEach((name, place) => {
      values[row * waveNames.length + place] = beat[peaks[name]];
    });
  }
  return values;
}
