import { shortTrainings } from "../../generators/shortTrainings.ts";
import { beatPanel, beatPanels, shownBeats } from "../figures/beatPanels.ts";
import { curveFigure } from "../figures/curves.ts";
import { curvePoints } from "../trainingCurves.ts";
import { shownTrainings, type Titles } from "./document.ts";
import type { SourceResult } from "./results.ts";
import { simulatorTitles } from "./simulatorAlone.ts";
import type { ShownClass } from "./sources.ts";

/** Real beats and those of every generator, side by side. */
export function beatsFigure(result: SourceResult, beatClass: ShownClass, titles: Titles): string {
  const { source } = result;
  const { heldOut, later } = source.classes[beatClass];
  const real = source.key === "real" ? "real" : "simulated";
  return beatPanels(
    `Beats of class ${beatClass}: ${source.title}`,
    `${shownBeats} beats each, mean ± SD of up to ${heldOut.count}; orange ones are synthetic`,
    [
      beatPanel(`${real}, held out`, "not trained on", heldOut.values, "real"),
      ...shownTrainings(result, beatClass).map(({ generator, outcome, judgement }) =>
        beatPanel(
          titles[generator],
          `synthetic · MMD² ${judgement.discrepancy.trained.value.toFixed(3)}`,
          outcome.trained,
          "generated",
        ),
      ),
      ...(result.simulated[beatClass] ?? []).map(({ waves, beats, distances }) =>
        beatPanel(
          simulatorTitles[waves],
          `synthetic · MMD² ${distances.discrepancy.value.toFixed(3)}`,
          beats,
          "generated",
        ),
      ),
      beatPanel(`${real}, the patient`, "later beats, for personal generators", later.values, "reference"),
    ],
  );
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
          name: `${titles[generator]}, ${shortTrainings[generator].iterations}`,
          x: y.map((_, point) => (100 * (point + 1)) / curvePoints),
          y,
        };
      }),
    level: { name: "ln 2", y: Math.LN2 },
  });
}
