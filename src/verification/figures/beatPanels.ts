import { beatFrequency, beatSamples } from "../../experiments/syntheticBeats/beatSets.ts";
import { paperSpan } from "../../signal/beatMatrix.ts";
import { type WaveformPanel, waveformFigure } from "./waveforms.ts";

/** Panels side by side. */
const columns = 4;
/** Beats of a panel that are drawn as lines. */
export const shownBeats = 4;

/** Beats of 216 samples with R at 200 ms, panel beside panel. */
export function beatPanels(title: string, caption: string, panels: readonly WaveformPanel[]): string {
  return waveformFigure({
    title,
    caption,
    panels: Array.from({ length: Math.ceil(panels.length / columns) }, (_, row) =>
      panels.slice(row * columns, (row + 1) * columns),
    ),
    length: beatSamples,
    samplingFrequency: beatFrequency,
    zeroAt: paperSpan(beatFrequency).before,
    zeroName: "R",
    every: 3,
  });
}

/** The first of some beats as lines, the spread of all of them as a band. */
export const beatPanel = (
  title: string,
  note: string,
  values: Float32Array,
  kind: WaveformPanel["kind"],
): WaveformPanel => ({ title, note, rows: values.slice(0, shownBeats * beatSamples), spread: values, kind });
