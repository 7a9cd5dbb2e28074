import type { RPeakDetector } from "./detector.ts";
import { hamiltonTompkins } from "./hamiltonTompkins.ts";
import { panTompkins } from "./panTompkins.ts";

export type { RPeakDetector };

/** The detectors, in the order of their papers. */
export const rPeakDetectors: Readonly<Record<string, RPeakDetector>> = { panTompkins, hamiltonTompkins };

/** The more exact of the two on MIT-BIH; see docs/r-peaks.md. */
export const defaultDetector = "hamiltonTompkins";
