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

const waveNames = ["P", "QRS", "T"] as const;

/** A bar from onset to offset of every wave that was found. */
export function waveMarks({ waves, samplingFrequency }: FoundBeats): PaperMark[] {
  const marks: PaperMark[] = [];
  for (let wave = 0; wave * 3 < waves.length; wave++) {
    const [onset, offset] = [waves[wave * 3], waves[wave * 3 + 2]];
    if (onset < 0) continue;
    marks.push({
      time: onset / samplingFrequency,
      until: offset / samplingFrequency,
      symbol: waveNames[wave % waveNames.length],
    });
  }
  return marks;
}
