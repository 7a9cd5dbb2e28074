import { numberAt, type Schema, type Values } from "../../domain/schema.ts";

/** How a network is trained. */
export interface TrainingPlan {
  readonly batchSize: number;
  readonly learningRate: number;
  readonly maskRatio: number;
  readonly maxShiftRatio: number;
  /** Most epochs. */
  readonly epochs: number;
  /** Epochs from one validation to the next. */
  readonly evaluateEvery: number;
  /** Validations without a better loss after which training stops. */
  readonly patience: number;
  /** How much lower a validation loss must be to count as better; any lower one where nothing is said. */
  readonly leastGain?: number;
  /** Largest norm of the gradients; 0 for none. */
  readonly clipNorm: number;
  /** Share of the learning rate by which weights shrink in a step, whatever their gradients (AdamW); none where nothing is said. */
  readonly weightDecay?: number;
  /** How much a training signal of each class counts where there are several outputs; alike where nothing is said. */
  readonly classWeights?: readonly number[];
}

const section = "Training";

/** Hyper-parameters that all architectures share; sources and ranges are those of the paper's code. */
export const trainingSchema: Schema = {
  learningRate: {
    kind: "number",
    label: "Learning rate",
    description: "Length of Adam's steps.",
    section,
    provenance: "code",
    default: 1e-3,
    minimum: 5e-6,
    maximum: 5e-2,
    step: 1e-5,
    unit: "",
    search: { scale: "logarithmic", low: 5e-6, high: 5e-3 },
  },
  maskRatio: {
    kind: "number",
    label: "Mask",
    description: "Share of every recording that one random window sets to zero.",
    section,
    provenance: "code",
    default: 0.1,
    minimum: 0,
    maximum: 0.5,
    step: 0.01,
    unit: "",
    search: { scale: "linear", low: 0, high: 0.5 },
  },
  maxShiftRatio: {
    kind: "number",
    label: "Shift",
    description: "Every recording is shifted by up to this share of itself.",
    section,
    provenance: "code",
    default: 0.1,
    minimum: 0,
    maximum: 0.75,
    step: 0.01,
    unit: "",
    search: { scale: "linear", low: 0, high: 0.75 },
  },
  batchSize: {
    kind: "number",
    label: "Batch",
    description: "Recordings in a step. The paper's 256 need a strong graphics card.",
    section,
    provenance: "code",
    default: 32,
    minimum: 2,
    maximum: 512,
    step: 1,
    unit: "",
    integer: true,
  },
  epochs: {
    kind: "number",
    label: "Most epochs",
    description:
      "Training ends here, if early stopping has not ended it before. Nonaka's code allows 500, Núñez's 1,000.",
    section,
    provenance: "code",
    default: 50,
    minimum: 1,
    maximum: 1000,
    step: 1,
    unit: "",
    integer: true,
  },
  evaluateEvery: {
    kind: "number",
    label: "Validate every",
    description: "Epochs from one validation to the next.",
    section,
    provenance: "paper",
    advanced: true,
    default: 5,
    minimum: 1,
    maximum: 50,
    step: 1,
    unit: "epochs",
    integer: true,
  },
  patience: {
    kind: "number",
    label: "Patience",
    description: "Validations without a better loss after which training stops.",
    section,
    provenance: "paper",
    advanced: true,
    default: 5,
    minimum: 1,
    maximum: 100,
    step: 1,
    unit: "",
    integer: true,
  },
  leastGain: {
    kind: "number",
    label: "Least gain",
    description: "A validation is better from so much less loss on. Núñez's code has 0.00001.",
    section,
    provenance: "code",
    advanced: true,
    default: 0,
    minimum: 0,
    maximum: 0.1,
    step: 1e-5,
    unit: "",
  },
  weightDecay: {
    kind: "number",
    label: "Weight decay",
    description: "Share of the learning rate by which weights shrink in a step (AdamW). 0 is plain Adam.",
    section,
    provenance: "code",
    advanced: true,
    default: 0,
    minimum: 0,
    maximum: 1,
    step: 0.001,
    unit: "",
  },
  clipNorm: {
    kind: "number",
    label: "Gradient clipping",
    description: "Longest gradient; longer ones are scaled down to it. 0 clips nothing, as the paper.",
    section,
    provenance: "reconstruction",
    advanced: true,
    default: 0,
    minimum: 0,
    maximum: 100,
    step: 0.1,
    unit: "",
  },
};

/** Fields that came later: cells of before them say nothing of these. */
const laterFields = ["leastGain", "weightDecay"];

/** Values without later fields that stand at their defaults: what trains alike reads alike, whenever it was written down. */
export function withoutLaterDefaults(values: Values): Values {
  const isTold = (name: string, value: unknown) =>
    !laterFields.includes(name) || value !== trainingSchema[name].default;
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => isTold(name, value)));
}

/** The plan that values of the schema describe. */
export function trainingPlan(values: Values): TrainingPlan {
  return {
    batchSize: numberAt(values, "batchSize"),
    learningRate: numberAt(values, "learningRate"),
    maskRatio: numberAt(values, "maskRatio"),
    maxShiftRatio: numberAt(values, "maxShiftRatio"),
    epochs: numberAt(values, "epochs"),
    evaluateEvery: numberAt(values, "evaluateEvery"),
    patience: numberAt(values, "patience"),
    leastGain: numberAt(values, "leastGain"),
    weightDecay: numberAt(values, "weightDecay"),
    clipNorm: numberAt(values, "clipNorm"),
  };
}
