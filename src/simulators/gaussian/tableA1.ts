import { type WaveName, waveNames } from "../../domain/groundTruth.ts";

/** A quantity with its standard deviation between recordings and between the beats of one recording. */
export interface Quantity {
  readonly base: number;
  readonly recordingSd: number;
  readonly beatSd: number;
}

export interface WaveQuantities {
  readonly amplitude: Quantity;
  readonly width: Quantity;
  readonly shift: Quantity;
}

const quantity = (base: number, recordingSd: number, beatSd: number): Quantity => ({
  base,
  recordingSd,
  beatSd,
});

/**
 * Table A.1 of Nonaka & Seita 2026 (arXiv 2606.10802): amplitude (close to mV), width (standard deviation) and shift
 * (centre) as fractions of a beat. Q and S are positive magnitudes that are subtracted.
 */
export const tableA1: Readonly<Record<WaveName, WaveQuantities>> = {
  P: {
    amplitude: quantity(0.3, 0.2, 0.1),
    width: quantity(0.03, 0.02, 0.005),
    shift: quantity(0.2, 0.15, 0.02),
  },
  Q: {
    amplitude: quantity(0.1, 0.15, 0.016),
    width: quantity(0.05, 0.05, 0.0125),
    shift: quantity(0.3, 0.1, 0.01),
  },
  R: {
    amplitude: quantity(1.5, 0.75, 0.25),
    width: quantity(0.0075, 0.01, 0.00187),
    shift: quantity(0.345, 0.02, 0.0045),
  },
  S: {
    amplitude: quantity(0.5, 0.7, 0.05),
    width: quantity(0.04, 0.04, 0.01),
    shift: quantity(0.44, 0.05, 0.015),
  },
  T: {
    amplitude: quantity(0.45, 0.5, 0.07),
    width: quantity(0.03, 0.03, 0.0075),
    shift: quantity(0.59, 0.06, 0.015),
  },
};

/** Length of a beat, s: in the authors' released code, not in the table. */
export const authorLength = quantity(0.8, 0.25, 0.1);

/** The wave whose drawn deviation each wave's shift inherits (released code): P → Q → R, Q → S → T. */
export const shiftParent: Readonly<Record<WaveName, WaveName | null>> = {
  P: null,
  Q: "P",
  R: "Q",
  S: "Q",
  T: "S",
};

/** Sign with which a wave enters the sum of Table A.1. */
export const tableSign: Readonly<Record<WaveName, number>> = { P: 1, Q: -1, R: 1, S: -1, T: 1 };

const relative = (base: number, share: number, beatShare: number): Quantity =>
  quantity(base, Math.abs(base) * share, Math.abs(base) * beatShare);

/**
 * The clinical preset: signed amplitudes (mV), widths and offsets from the R peak (s). Offsets and widths follow
 * McSharry 2003; T is a little earlier and narrower, so that QTc of the beat as it stands is about 440 ms; spreads and the
 * beat-level variation are our reconstruction.
 */
export const clinicalTable: Readonly<Record<WaveName, WaveQuantities>> = {
  P: {
    amplitude: relative(0.12, 0.35, 0.04),
    width: relative(0.022, 0.2, 0.02),
    shift: quantity(-0.16, 0.012, 0.002),
  },
  Q: {
    amplitude: relative(-0.08, 0.6, 0.04),
    width: relative(0.009, 0.2, 0.02),
    shift: quantity(-0.032, 0.002, 0.0005),
  },
  R: { amplitude: relative(1, 0.35, 0.03), width: relative(0.011, 0.15, 0.01), shift: quantity(0, 0, 0) },
  S: {
    amplitude: relative(-0.2, 0.6, 0.04),
    width: relative(0.011, 0.2, 0.02),
    shift: quantity(0.032, 0.002, 0.0005),
  },
  T: {
    amplitude: relative(0.28, 0.4, 0.03),
    width: relative(0.042, 0.2, 0.01),
    shift: quantity(0.25, 0.015, 0.003),
  },
};

/** Length of a beat in the clinical preset, s: RR of 0.83 ± 0.13, jitter 3 %. */
export const clinicalLength = quantity(0.83, 0.13, 0.025);

/** Position of a quantity in the packed vector of a beat: `3 × wave + 0` amplitude, `1` width, `2` shift; 15 is the length. */
export const packedSize = 16;
export const lengthIndex = 15;

/** The packed index of `P.amplitude`, `T.shift` … */
export function packedIndex(wave: WaveName, part: "amplitude" | "width" | "shift"): number {
  return 3 * waveNames.indexOf(wave) + (part === "amplitude" ? 0 : part === "width" ? 1 : 2);
}
