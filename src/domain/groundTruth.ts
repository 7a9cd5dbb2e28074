export const waveNames = ["P", "Q", "R", "S", "T"] as const;
export type WaveName = (typeof waveNames)[number];

/**
 * On- and offset and peak of a wave, in samples from the start of the recording; not rounded, so that
 * intervals keep their precision at low sampling frequencies.
 */
export interface WaveBoundaries {
  readonly onset: number;
  readonly peak: number;
  readonly offset: number;
}

/** What a simulator knows about one beat that lies wholly or partly in the recording. */
export interface TrueBeat {
  /** WFDB mnemonic of the beat: `N` normal, `V` ventricular ectopic … */
  readonly label: string;
  /** R peak, as the nearest sample. */
  readonly rPeak: number;
  /** Absent waves (no P in atrial fibrillation) are null. */
  readonly p: WaveBoundaries | null;
  readonly qrs: WaveBoundaries;
  readonly t: WaveBoundaries | null;
}

/** The truth that later work is scored against: beats in order of their R peaks, and the rhythm. */
export interface GroundTruth {
  readonly beats: readonly TrueBeat[];
  /** WFDB rhythm text without the bracket: `N`, `AFIB`, `AFL`, `PREX` … */
  readonly rhythm: string;
}
