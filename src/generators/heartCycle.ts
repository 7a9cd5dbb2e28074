import { Failure } from "../domain/failure.ts";
import { type ChoiceField, chosenNumber, type Schema, type Values } from "../domain/schema.ts";
import {
  type EtaDistribution,
  etaDistribution,
  type SimulatedClass,
  simulatedClasses,
} from "../simulators/heartOde/etaParameters.ts";
import { fitEtaDistribution } from "../simulators/heartOde/fitEta.ts";
import {
  beatLength,
  type PhaseTable,
  phaseTable,
  recommendedCycle,
  releasedCycle,
} from "../simulators/heartOde/phaseTable.ts";
import { type BeatUnit, scaleToRange, unitOf } from "../simulators/heartOde/scaling.ts";
import type { GeneratorContext } from "./generator.ts";
import { networkRange } from "./scaledSignals.ts";

const section = "Simulator";

type Options = readonly (readonly [value: string, label: string])[];

const choice = (
  text: Pick<ChoiceField, "label" | "description" | "provenance">,
  chosen: string,
  options: Options,
): ChoiceField => ({
  kind: "choice",
  section,
  advanced: true,
  default: chosen,
  options: options.map(([value, label]) => ({ value, label })),
  ...text,
});

/** How the heart's equations are stepped through and where their waves come from: what paper and code disagree on. */
export const cycleSchema = {
  etaSource: {
    ...choice(
      {
        label: "Waves of the simulator",
        description:
          "Where the 15 numbers of P, Q, R, S, T come from: set by hand for each class and varied a little as the code does, or fitted to the beats as the paper says. The paper's simulator alone adds deviates of 1, which no wave's width survives.",
        provenance: "code",
      },
      "training",
      [
        ["training", "By hand, spread 0.01 (code, in training)"],
        ["augmentation", "By hand, spread 0.001 (code, simulated beats alone)"],
        ["fitted", "Fitted to the beats (paper)"],
        ["paper", "By hand, spread 1 (paper, simulated beats alone)"],
      ],
    ),
    advanced: false,
  },
  integrationStep: choice(
    {
      label: "Step of the integration",
      description:
        "1/216 takes a beat through one whole cycle, as the code does. The paper's 1/360 ends before any T wave and puts R at sample 115.",
      provenance: "code",
    },
    "216",
    [
      ["216", "1/216 (code)"],
      ["360", "1/360 (paper)"],
    ],
  ),
  baselineAmplitude: choice(
    {
      label: "Baseline of the simulator",
      description: "Height of the respiratory wave, model units: 0.005 in the code, 0.15 in the paper.",
      provenance: "code",
    },
    "0.005",
    [
      ["0.005", "0.005 (code)"],
      ["0.15", "0.15 (paper)"],
    ],
  ),
  startAngle: choice(
    {
      label: "First angle",
      description:
        "−120° puts R at sample 72, where cut beats have it. The code's −114.7° puts it three samples too early, which the simulator loss takes for as bad as a flat line.",
      provenance: "reconstruction",
    },
    "r72",
    [
      ["r72", "−120°, R at 72"],
      ["released", "−114.7°, R at 69 (code)"],
    ],
  ),
  angleDifference: choice(
    {
      label: "Angle between two points",
      description:
        "The shorter way round, as the equations mean it, or the plain difference of the code, which cuts T at 180°.",
      provenance: "literature",
    },
    "shortest",
    [
      ["shortest", "The shorter way"],
      ["plain", "Plain (code)"],
    ],
  ),
  angularVelocity: choice(
    {
      label: "Speed of the cycle",
      description: "Constant, or by the code's fixed series of RR intervals, which never changes.",
      provenance: "reconstruction",
    },
    "constant",
    [
      ["constant", "Constant"],
      ["released", "Fixed series (code)"],
    ],
  ),
} satisfies Schema;

/** Phase and baseline of the 216 samples under values of `cycleSchema`. */
export function cycleTable(values: Values): PhaseTable {
  return phaseTable({
    step: 1 / chosenNumber(values, "integrationStep"),
    clockStep: recommendedCycle.clockStep,
    difference: values["angleDifference"] === "plain" ? "plain" : "shortest",
    baselineAmplitude: chosenNumber(values, "baselineAmplitude"),
    angularVelocity: values["angularVelocity"] === "released" ? "released" : "constant",
    startAngle: (values["startAngle"] === "released" ? releasedCycle : recommendedCycle).startAngle,
  });
}

/** The unit of the beats that the networks see, from −1 to 1, in the model's own. */
export const networkUnit: BeatUnit = unitOf(networkRange);

/** Beats that waves are fitted to at most: a hundred tell mean and spread. */
const mostFitted = 100;

/**
 * Where η of each class is drawn from under values of `cycleSchema`.
 * @throws Failure `no-simulated-class` for a class without waves of its own, `eta-not-fitted` where no beat lets itself be
 * fitted
 */
export function etaSourcesOf(
  values: Values,
  context: GeneratorContext,
  table: PhaseTable,
): EtaDistribution[] {
  return context.classes.map((beatClass, label) =>
    values["etaSource"] === "fitted"
      ? fittedEta(context, label, table)
      : etaByHand(beatClass, values["etaSource"]),
  );
}

function etaByHand(beatClass: string, source: Values[string] | undefined): EtaDistribution {
  if (!isSimulated(beatClass)) {
    throw new Failure(
      "no-simulated-class",
      "The heart's equations have no waves set by hand for this class.",
      beatClass,
      `Choose ${simulatedClasses.join(", ")}, or waves fitted to the beats.`,
    );
  }
  return etaDistribution(beatClass, source === "augmentation" || source === "paper" ? source : "training");
}

const isSimulated = (beatClass: string): beatClass is SimulatedClass =>
  (simulatedClasses as readonly string[]).includes(beatClass);

function fittedEta(
  { signals, labels, classes }: GeneratorContext,
  label: number,
  table: PhaseTable,
): EtaDistribution {
  const rows = Array.from(labels.keys()).filter((row) => labels[row] === label);
  const taken = Math.min(rows.length, mostFitted);
  const chosen = new Float32Array(taken * beatLength);
  for (let index = 0; index < taken; index++) {
    const row = rows[Math.floor((index * rows.length) / taken)];
    chosen.set(signals.subarray(row * beatLength, (row + 1) * beatLength), index * beatLength);
  }
  const fitted = fitEtaDistribution(scaleToRange(chosen, beatLength).samples, table);
  if (fitted === null) {
    throw new Failure(
      "eta-not-fitted",
      "The waves of the heart's equations fit none of these beats.",
      classes[label],
      "Choose waves set by hand, or other beats.",
    );
  }
  return fitted;
}
