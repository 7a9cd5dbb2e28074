import * as tf from "@tensorflow/tfjs-core";
import { numberAt, type Schema, type Values } from "../domain/schema.ts";
import { residualLoss } from "../neural/adversarial/residualLoss.ts";
import type { Guidance } from "../neural/adversarial/training.ts";
import type { Random } from "../signal/random.ts";
import { drawEta, type EtaDistribution } from "../simulators/heartOde/etaParameters.ts";
import type { PhaseTable } from "../simulators/heartOde/phaseTable.ts";
import type { BeatUnit } from "../simulators/heartOde/scaling.ts";
import { beatDrive } from "../simulators/heartOde/simulatorLoss.ts";
import type { GeneratorContext } from "./generator.ts";
import { cycleSchema, cycleTable, etaSourcesOf, networkUnit } from "./heartCycle.ts";
import { amountField, countField } from "./hyperparameters.ts";

const section = "Simulator";

/** Hyper-parameters of the simulator loss. */
export const simulatorSchema = {
  simulatorWeight: amountField(section, "paper", 1, 100, 0.01, {
    label: "Weight of the simulator",
    description:
      "How much the heart's equations count beside the discriminator, λ; both sources add them plainly.",
  }),
  simulatorWarmUp: countField(section, "reconstruction", 200, [0, 5000], {
    label: "Warm-up of the simulator",
    description:
      "Iterations over which the weight grows from 0: at first the loss can exceed the discriminator's a hundredfold.",
  }),
  lossReduction: {
    kind: "choice",
    label: "Simulator loss of a beat",
    description:
      "The mean over the 215 steps as in the code, or their sum as in the paper: 215 times as much.",
    section,
    provenance: "code",
    advanced: true,
    default: "mean",
    options: [
      { value: "mean", label: "Mean (code)" },
      { value: "sum", label: "Sum (paper)" },
    ],
  },
  lossUnit: {
    kind: "choice",
    label: "Unit of the simulator loss",
    description:
      "In the model's own unit a weight of 1 means what it means in the code. In that of the scaled beats (residual over 0.029) the loss is 1,181 times as large.",
    section,
    provenance: "code",
    advanced: true,
    default: "model",
    options: [
      { value: "model", label: "Model's own" },
      { value: "scaled", label: "Scaled beats" },
    ],
  },
  ...cycleSchema,
} satisfies Schema;

/**
 * Drives of a batch, `[count, 215]`: for each beat its own η, drawn from that of its class.
 * @param etas   of each class
 * @param unit   of the beats
 * @param labels position of each beat's class
 */
export function drivesOf(
  etas: readonly EtaDistribution[],
  table: PhaseTable,
  unit: BeatUnit,
  labels: Uint8Array,
  random: Random,
): Float32Array {
  const steps = table.theta.length - 1;
  const drives = new Float32Array(labels.length * steps);
  labels.forEach((label, row) => {
    drives.set(beatDrive(drawEta(etas[label], random), table, unit), row * steps);
  });
  return drives;
}

/**
 * SimGAN's wish that generated beats solve the heart's equations for waves of their class, each beat for its own η
 * (ICML 2020, equations 18 and 19).
 */
export function simulatorGuidance(values: Values, context: GeneratorContext): Guidance {
  const table = cycleTable(values);
  const etas = etaSourcesOf(values, context, table);
  const weight = numberAt(values, "simulatorWeight");
  const warmUp = numberAt(values, "simulatorWarmUp");
  const steps = table.theta.length - 1;
  // residual = scale × residual of the scaled beat.
  const unitFactor = values["lossUnit"] === "scaled" ? 1 : networkUnit.scale ** 2;
  const factor = unitFactor * (values["lossReduction"] === "sum" ? steps : 1);
  return {
    measure: "simulatorLoss",
    weightAt: (position) => weight * Math.min(1, (position + 1) / Math.max(1, warmUp)),
    loss(output, random, labels) {
      const [batch] = output.shape;
      const drives = tf.tensor2d(drivesOf(etas, table, networkUnit, labels, random), [batch, steps]);
      return tf.mul(residualLoss(output, drives, table.options.step), factor);
    },
  };
}
