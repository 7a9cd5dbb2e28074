import type { GroundTruth } from "../../../domain/groundTruth.ts";
import type { SimulatedRecording } from "../../../simulators/simulator.ts";
import type { PaperMark } from "../../paper/drawPaper.ts";
import type { StripHandle } from "../../paper/EcgStrip.tsx";
import type { PrintedStrip } from "../../paper/paperSvg.ts";
import type { Figure } from "../../plots/figure.ts";
import { workbench } from "../../state/store.ts";

/** Words on the paper of every synthetic strip and every picture made of it. */
export const syntheticTitle = "II · SYNTHETIC";

/** Beat labels above the trace; normal beats go without, as on a print. */
export function marksOf(recording: SimulatedRecording): PaperMark[] {
  const { truth, samplingFrequency } = recording;
  return truth.beats
    .filter((beat) => beat.label !== "N")
    .map((beat) => ({ time: beat.rPeak / samplingFrequency, symbol: beat.label }));
}

/** Times (s) to which calipers snap: the peaks of P, R and T. */
export function peaksOf({ beats }: GroundTruth, samplingFrequency: number): number[] {
  return beats.flatMap((beat) =>
    [beat.p?.peak, beat.rPeak, beat.t?.peak].flatMap((sample) =>
      sample === undefined ? [] : [sample / samplingFrequency],
    ),
  );
}

let beatFigureNow: () => Figure | null = () => null;

/** Tells exports where the beat's figure is. */
export function setBeatFigure(figure: () => Figure | null): void {
  beatFigureNow = figure;
}

/** The beat as it is drawn now; null before the first picture. */
export function beatFigureToExport(): Figure | null {
  return beatFigureNow();
}

let handle: StripHandle | null = null;

/** The strip now on the page, so that exports print what is seen. */
export function setSyntheticStrip(next: StripHandle | null): void {
  handle = next;
}

/** The synthetic strip as it would be printed; null before the first picture. */
export function printedStrip(): PrintedStrip | null {
  const snapshot = handle?.snapshot() ?? null;
  const { speed, gain } = workbench.getState().view;
  return snapshot === null ? null : { ...snapshot, speed, gain, title: syntheticTitle };
}
