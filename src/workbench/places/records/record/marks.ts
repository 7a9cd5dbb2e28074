import type { FoundBeats, OpenedRecord } from "../../../../services/records.ts";
import type { PaperMark } from "../../../paper/drawPaper.ts";

/** What can be written over a record. */
export const markKinds = {
  annotations: "Annotations",
  rPeaks: "Detected R peaks",
  waves: "Waves",
} as const;
export type MarkKind = keyof typeof markKinds;

/** The annotations as they stand in the record. */
export function annotationMarks({ annotations, samplingFrequency }: OpenedRecord): PaperMark[] {
  return annotations.map(({ sample, text, symbol }) => ({
    time: sample / samplingFrequency,
    symbol: text || symbol,
  }));
}

/** A dot over every detected R peak. */
export function rPeakMarks({ rPeaks, samplingFrequency }: FoundBeats): PaperMark[] {
  return Array.from(rPeaks, (sample) => ({ time: sample / samplingFrequency, symbol: "▾" }));
}

const waveSymbols = ["(", "P", ")", "(", "R", ")", "(", "T", ")"] as const;

/** Onset, peak and offset of every wave that was found; the R peak stands among the beats already. */
export function waveMarks({ waves, samplingFrequency }: FoundBeats): PaperMark[] {
  const marks: PaperMark[] = [];
  waves.forEach((sample, index) => {
    if (sample >= 0) marks.push({ time: sample / samplingFrequency, symbol: waveSymbols[index % 9] });
  });
  return marks;
}
