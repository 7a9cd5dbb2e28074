import { waveformFigure } from "../figures/waveforms.ts";
import type { Titles } from "../generatedSignals/document.ts";
import { lossFigures } from "../generatedSignals/lossFigures.ts";
import { stripsName } from "./document.ts";
import { type RecordingResults, rowsOfRhythm } from "./results.ts";
import { type ShownRhythm, shownRhythms } from "./source.ts";

/** Strips below each other. */
const shownStrips = 5;

/** All figures by the names of their files. */
export function figuresOf(result: RecordingResults, titles: Titles): Readonly<Record<string, string>> {
  if (result.results.length === 0) return {};
  return Object.fromEntries([
    ...shownRhythms.map((rhythm) => [stripsName(rhythm), strips(result, rhythm, titles)] as const),
    ...lossFigures(
      "generated-recordings",
      result.results.map(({ cell, outcome }) => ({
        nameOf: (part) => `${titles[cell.model]}${part}`,
        curves: outcome.curves,
      })),
    ),
  ]);
}

/** Recordings of virtual patients and of every model, side by side. */
function strips({ source, results }: RecordingResults, rhythm: ShownRhythm, titles: Titles): string {
  const { heldOut, samplingFrequency } = source.signals;
  const { values, length } = heldOut[rhythm];
  const columns = [
    { title: "simulated, held out", kind: "real", values } as const,
    ...results.map(({ cell, outcome }) => ({
      title: `${titles[cell.model]}, synthetic`,
      kind: "generated" as const,
      values: rowsOfRhythm(outcome.made, rhythm, source).values,
    })),
  ];
  const shown = columns.flatMap((column) => Array.from(column.values.subarray(0, shownStrips * length)));
  return waveformFigure({
    title: `Ten seconds of ${rhythm}: the stand-in for PTB-XL`,
    caption:
      "The first recordings of each, none chosen; all are synthetic: those on the left by the cohort's simulator",
    panels: Array.from({ length: shownStrips }, (_, strip) =>
      columns.map((column) => ({
        title: strip === 0 ? column.title : "",
        kind: column.kind,
        rows: column.values.subarray(strip * length, (strip + 1) * length),
      })),
    ),
    length,
    samplingFrequency,
    every: 1,
    // R peaks are so few of the samples that the usual range would cut them.
    range: [Math.min(...shown), Math.max(...shown)],
    panelWidth: 420,
  });
}
