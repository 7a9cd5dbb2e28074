import type { Measure } from "../../neural/training/measures.ts";
import { type Curve, curveFigure } from "../figures/curves.ts";
import { curvePoints } from "../trainingCurves.ts";
import type { SignalOutcome } from "./training.ts";

interface LossFigure {
  /** Ends the name of its file. */
  readonly name: string;
  readonly title: string;
  readonly yTitle: string;
  readonly isLogarithmic: boolean;
  /** Measures with what tells their curves apart. */
  readonly measures: readonly (readonly [Measure, string])[];
}

/** What the models tell of their training. */
const figures: readonly LossFigure[] = [
  {
    name: "denoising",
    title: "Loss of the diffusion models",
    yTitle: "Mean square error",
    isLogarithmic: true,
    measures: [["denoisingLoss", ""]],
  },
  {
    name: "codes",
    title: "Reconstruction by Time-VQVAE, first stage",
    yTitle: "Error of both parts",
    isLogarithmic: true,
    measures: [["reconstructionLoss", ""]],
  },
  {
    name: "tokens",
    title: "Guesses of masked tokens by Time-VQVAE, second stage",
    yTitle: "Cross entropy (nat)",
    isLogarithmic: false,
    measures: [
      ["lowPriorLoss", ", low"],
      ["highPriorLoss", ", high"],
    ],
  },
];

/** A training that is drawn. */
interface DrawnTraining {
  /** @param part what tells its curves in a figure apart, from the comma on */
  nameOf(part: string): string;
  readonly curves: SignalOutcome<string>["curves"];
}

const fileOf = (proof: string, { name }: LossFigure) => `${proof}-${name}.svg`;

/** Figures of the losses by the names of their files; none where nothing is trained. @param proof begins their names */
export const lossFigures = (
  proof: string,
  trainings: readonly DrawnTraining[],
): readonly (readonly [name: string, figure: string])[] =>
  trainings.length === 0 ? [] : figures.map((figure) => [fileOf(proof, figure), drawn(figure, trainings)]);

/** Those of them that there are, as a document shows them. */
export const shownLosses = (proof: string, drawn: Readonly<Record<string, string>>): string[] =>
  figures
    .filter((figure) => fileOf(proof, figure) in drawn)
    .map((figure) => `![${figure.title}](${fileOf(proof, figure)})`);

function drawn({ title, yTitle, isLogarithmic, measures }: LossFigure, trainings: readonly DrawnTraining[]) {
  return curveFigure({
    title,
    caption: "Means of a fiftieth of the iterations each",
    xTitle: "Iterations (%)",
    yTitle,
    isLogarithmic,
    curves: trainings.flatMap(({ nameOf, curves }) =>
      measures.flatMap(([measure, part]): Curve[] => {
        const y = curves[measure];
        if (y === undefined) return [];
        const x = y.map((_, point) => (100 * (point + 1)) / curvePoints);
        return [{ name: nameOf(part), x, y }];
      }),
    ),
  });
}
