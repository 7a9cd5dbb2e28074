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

/** Sample of each wave's peak in a beat, by the windows; of equal values the first. */
export function wavePeaks(beat: ArrayLike<number>): Record<keyof typeof waveWindows, number> {
  const found = { P: 0, Q: 0, R: 0, S: 0, T: 0 };
  for (const [name, window] of Object.entries(waveWindows) as [keyof typeof waveWindows, WaveWindow][]) {
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
 * Amplitudes of P, Q, R, S, T of each beat, the wave values W of the PGAN paper.
 * @param beats `[beat, 216]`, row after row, in any unit
 * @returns `[beat, 5]` in the same unit
 */
export function waveValues(beats: Float32Array): Float32Array {
  const count = beats.length / waveBeatLength;
  const values = new Float32Array(count * waveNames.length);
  for (let row = 0; row < count; row++) {
    const beat = beats.subarray(row * waveBeatLength, (row + 1) * waveBeatLength);
    const peaks = wavePeaks(beat);
    waveNames.forEach((name, place) => {
      values[row * waveNames.length + place] = beat[peaks[name]];
    });
  }
  return values;
}
