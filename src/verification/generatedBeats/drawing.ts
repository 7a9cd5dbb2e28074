import { beatFrequency, beatSamples } from "../../experiments/syntheticBeats/beatSets.ts";
import { paperSpan } from "../../signal/beatMatrix.ts";
import { curveFigure } from "../figures/curves.ts";
import { type WaveformPanel, waveformFigure } from "../figures/waveforms.ts";
import { curvePoints } from "./cells.ts";
import { shownTrainings, type Titles } from "./document.ts";
import { trainings } from "./plan.ts";
import type { SourceResult } from "./results.ts";
import { type ShownClass, taken } from "./sources.ts";

const columns = 4;
/** Beats that are drawn as lines. */
const shown = 4;

/** Real beats and those of every generator, side by side. */
export function beatsFigure(result: SourceResult, beatClass: ShownClass, titles: Titles): string {
  const { source } = result;
  const { heldOut, patient } = source.classes[beatClass];
  const real = source.key === "real" ? "real" : "simulated";
  const panels: WaveformPanel[] = [
    {
      title: `${real}, held out`,
      note: "not trained on",
      rows: taken(heldOut, 0, shown).values,
      spread: heldOut.values,
      kind: "real",
    },
    ...shownTrainings(result, beatClass).map(
      ({ generator, outcome, judgement }): WaveformPanel => ({
        title: titles[generator],
        note: `synthetic · MMD² ${judgement.discrepancy.trained.value.toFixed(3)}`,
        rows: outcome.trained.slice(0, shown * beatSamples),
        spread: outcome.trained,
        kind: "generated",
      }),
    ),
    {
      title: `${real}, the patient`,
      note: "later beats, for personal generators",
      rows: taken(patient.later, 0, shown).values,
      spread: patient.later.values,
      kind: "reference",
    },
  ];
  return waveformFigure({
    title: `Beats of class ${beatClass}: ${source.title}`,
    caption: `${shown} beats each, mean ± SD of up to ${heldOut.count}; orange ones are synthetic`,
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

/** One of each kind of network and of guidance. */
const drawnLosses: readonly string[] = ["vanillaGan", "dcgan", "ecgGan", "simVanillaGan", "simDcgan"];

/** How generators learn to deceive. */
export function lossFigure(result: SourceResult, beatClass: ShownClass, titles: Titles): string {
  return curveFigure({
    title: `Loss of the generator, class ${beatClass}: ${result.source.title}`,
    caption:
      "−log D(G(z)), mean of a fiftieth of the iterations each; ln 2 where the discriminator is at a loss",
    xTitle: "Iterations (%)",
    yTitle: "Cross entropy (nat)",
    curves: shownTrainings(result, beatClass)
      .filter(({ generator }) => drawnLosses.includes(generator))
      .map(({ generator, outcome }) => {
        const y = outcome.curves.generatorLoss ?? [];
        return {
          name: `${titles[generator]}, ${trainings[generator].iterations}`,
          x: y.map((_, point) => (100 * (point + 1)) / curvePoints),
          y,
        };
      }),
    level: { name: "ln 2", y: Math.LN2 },
  });
}
