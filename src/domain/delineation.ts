import type { WaveBoundaries } from "./groundTruth.ts";

/** The waves of one beat in one lead, in samples from the start of the lead; null where a wave is absent or not to be seen. */
export interface DelineatedBeat {
  /** R peak as it was given. */
  readonly rPeak: number;
  readonly p: WaveBoundaries | null;
  /** Its `peak` is the largest deflection, upwards or downwards. */
  readonly qrs: WaveBoundaries | null;
  /** Of a biphasic wave, `peak` is the larger phase. */
  readonly t: WaveBoundaries | null;
  /** Lowest point before `r`; of a complex without any R (QS), its lowest point. */
  readonly q: number | null;
  /** Highest point of the complex. */
  readonly r: number | null;
  /** Lowest point after `r`. */
  readonly s: number | null;
}

/** A wave as an annotator marked it, in samples; cardiologists leave out what they cannot see, T onsets above all. */
export interface MarkedWave {
  readonly onset: number | null;
  readonly peak: number;
  readonly offset: number | null;
}

/** The marked waves of one beat; null where none is marked. A simulator's `TrueBeat` is one, too. */
export interface MarkedBeat {
  readonly p: MarkedWave | null;
  readonly qrs: MarkedWave;
  readonly t: MarkedWave | null;
}
