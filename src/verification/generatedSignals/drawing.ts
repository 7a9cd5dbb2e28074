import type { Measure } from "../../neural/training/measures.ts";
import { beatPanel, beatPanels, shownBeats } from "../figures/beatPanels.ts";
import { type Curve, curveFigure } from "../figures/curves.ts";
import { type ShownClass, shownClasses } from "../generatedBeats/sources.ts";
import { curvePoints } from "../trainingCurves.ts";
import { beatSignals, comparedBeats } from "./beats.ts";
import { beatsName, type Titles } from "./document.ts";
import type { SignalSourceResult } from "./results.ts";

/** Real beats and those of every model, side by side. */
function beatsFigure({ source, results }: SignalSourceResult, beatClass: ShownClass, titles: Titles): string {
  const real = source.key === "real" ? "real" : "simulated";
  return beatPanels(
    `Beats of class ${beatClass}: ${source.title}`,
    `${shownBeats} beats each, mean ± SD of ${comparedBeats}; orange ones are synthetic`,
    [
      beatPanel(
        `${real}, held out`,
        "not learned from",
        beatSignals(source).heldOut[beatClass].values,
        "real",
      ),
      ...results.map(({ cell, outcome, judgements }) =>
        beatPanel(
          titles[cell.model],
          `synthetic · coverage by features ${judgements[beatClass].coverage.features.value.toFixed(2)}`,
          outcome.made[beatClass],
          "generated",
        ),
      ),
    ],
  );
}

interface LossFigure {
  readonly name: string;
  readonly title: string;
  readonly yTitle: string;
  readonly isLogarithmic: boolean;
  /** Measures with what a curve's name ends in. */
  readonly measures: readonly (readonly [Measure, string])[];
}

/** What the models tell of their training. */
export const lossFigures: readonly LossFigure[] = [
  {
    name: "generated-signals-denoising.svg",
    title: "Loss of the diffusion models",
    yTitle: "Mean square error",
    isLogarithmic: true,
    measures: [["denoisingLoss", ""]],
  },
  {
    name: "generated-signals-codes.svg",
    title: "Reconstruction by Time-VQVAE, first stage",
    yTitle: "Error of both parts",
    isLogarithmic: true,
    measures: [["reconstructionLoss", ""]],
  },
  {
    name: "generated-signals-tokens.svg",
    title: "Guesses of masked tokens by Time-VQVAE, second stage",
    yTitle: "Cross entropy (nat)",
    isLogarithmic: false,
    measures: [
      ["lowPriorLoss", ", low"],
      ["highPriorLoss", ", high"],
    ],
  },
];

function lossFigure(figure: LossFigure, sources: readonly SignalSourceResult[], titles: Titles): string {
  return curveFigure({
    title: figure.title,
    caption: "Means of a fiftieth of the iterations each",
    xTitle: "Iterations (%)",
    yTitle: figure.yTitle,
    isLogarithmic: figure.isLogarithmic,
    curves: sources.flatMap(({ source, results }) =>
      results.flatMap(({ cell, outcome }) =>
        figure.measures.flatMap(([measure, end]): Curve[] => {
          const y = outcome.curves[measure];
          if (y === undefined) return [];
          const x = y.map((_, point) => (100 * (point + 1)) / curvePoints);
          return [{ name: `${titles[cell.model]}${end}, ${source.key}`, x, y }];
        }),
      ),
    ),
  });
}

/** All figures by the names of their files. */
export function figuresOf(
  sources: readonly SignalSourceResult[],
  titles: Titles,
): Readonly<Record<string, string>> {
  const trained = sources.filter(({ results }) => results.length > 0);
  return Object.fromEntries([
    ...trained.flatMap((result) =>
      shownClasses.map(
        (beatClass) =>
          [beatsName(result.source.key, beatClass), beatsFigure(result, beatClass, titles)] as const,
      ),
    ),
    ...(trained.length === 0
      ? []
      : lossFigures.map((each) => [each.name, lossFigure(each, trained, titles)] as const)),
  ]);
}
