import { numberAt, type Schema, type Values } from "../domain/schema.ts";
import type { AdversarialPlan } from "../neural/adversarial/training.ts";
import {
  amountField,
  adversarialSchema as shared,
  sharedPlan,
  stabilitySection,
  trainingSection,
} from "./hyperparameters.ts";

/** Hyper-parameters of a critic: RMSprop, and weights or slopes kept small. */
export const criticSchema = {
  batchSize: { ...shared.batchSize, default: 64, description: "Beats in an update." },
  learningRate: { ...shared.learningRate, default: 5e-5 },
  generatorSteps: shared.generatorSteps,
  discriminatorSteps: {
    ...shared.discriminatorSteps,
    default: 5,
    advanced: false,
    label: "Critic updates",
    description: "Updates of the critic in an iteration.",
  },
  optimiser: {
    kind: "choice",
    label: "Optimiser",
    description:
      "RMSprop as in the paper, or Adam, whose longer memory of the squares goes with the gradient penalty (Gulrajani et al. 2017).",
    section: trainingSection,
    provenance: "paper",
    advanced: true,
    default: "rmsProp",
    options: [
      { value: "rmsProp", label: "RMSprop" },
      { value: "adam", label: "Adam" },
    ],
  },
  reusesRealBatch: {
    kind: "switch",
    label: "One real batch an iteration",
    description:
      "All updates of the critic in an iteration see the same real beats, as in the code; otherwise each sees others, as Arjovsky et al. describe it.",
    section: trainingSection,
    provenance: "literature",
    advanced: true,
    default: false,
  },
  constraint: {
    kind: "choice",
    label: "Critic kept smooth by",
    description:
      "Clipping holds every weight of the critic within a limit, as in the code. The penalty asks for slopes of 1 between real and generated beats, without batch normalisation.",
    section: stabilitySection,
    provenance: "code",
    default: "clipping",
    options: [
      { value: "clipping", label: "Weight clipping" },
      { value: "penalty", label: "Gradient penalty" },
    ],
  },
  weightLimit: amountField(stabilitySection, "code", 0.01, 1, 0.001, {
    label: "Weight limit",
    description: "Largest size of a weight of the critic, with weight clipping.",
    advanced: true,
  }),
  gradientPenalty: {
    ...shared.gradientPenalty,
    default: 10,
    description: "Weight of the penalty, where it is chosen.",
  },
  inputNoise: shared.inputNoise,
  seesSpread: shared.seesSpread,
  weightAverage: shared.weightAverage,
  spectralNormalisation: shared.spectralNormalisation,
  clipNorm: shared.clipNorm,
  samplingLatent: {
    ...shared.samplingLatent,
    label: "Latent",
    description:
      "What critics' generators start from, in training and when sampling alike: normal, or uniform from 0 to 1 as in the code.",
  },
  heights: shared.heights,
} satisfies Schema;

/** The plan of values of `criticSchema`. */
export function criticPlan(values: Values): AdversarialPlan {
  const isClipped = values["constraint"] === "clipping";
  return {
    loss: "wasserstein",
    optimiser: values["optimiser"] === "adam" ? "adam" : "rmsProp",
    ...sharedPlan(values),
    reusesRealBatch: values["reusesRealBatch"] === true,
    labelSmoothing: 0,
    gradientPenalty: isClipped ? 0 : numberAt(values, "gradientPenalty"),
    weightLimit: isClipped ? numberAt(values, "weightLimit") : 0,
  };
}
