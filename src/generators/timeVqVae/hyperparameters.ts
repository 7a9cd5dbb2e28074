import { numberAt, type Schema, type Values } from "../../domain/schema.ts";
import { amountField, countField } from "../hyperparameters.ts";
import { type SizeName, sizeNames } from "./configuration.ts";
import type { SamplingPlan } from "./sampling.ts";
import type { TimeVqVaePlan } from "./training.ts";

const architecture = "Architecture";
const training = "Training";
const codebooks = "Codebooks";
const sampling = "Sampling";

const sizeTitles: Readonly<Record<SizeName, string>> = {
  tiny: "Tiny, to try",
  half: "Half as wide",
  browser: "Browser",
  ptbXl: "The paper's, PTB-XL",
  chapman: "The paper's, Chapman",
  repository2023: "The program's, 2023",
  repository2024: "The program's, 2024",
};

const decodingSteps = (part: string, chosen: number) =>
  countField(sampling, "reconstruction", chosen, [1, 30], {
    label: `Steps, ${part}`,
    description: `In how many steps the tokens of ${part} are chosen; 10 in the paper.`,
    advanced: true,
  });

const temperature = (part: string) =>
  amountField(sampling, "code", 4, 20, 0.1, {
    label: `Temperature, ${part}`,
    description: `How much chance there is in which tokens of ${part} stay at first; 4 in the paper.`,
    advanced: true,
  });

/** Hyper-parameters of Time-VQVAE. */
export const timeVqVaeSchema = {
  size: {
    kind: "choice",
    label: "Size",
    description:
      "Browser: ours, by the signals' length; tiny and half have a quarter and a half of its channels. The paper's networks have twenty million numbers and need a graphics card; as in the program they stretch what comes back of the tokens, by which late waves move.",
    section: architecture,
    provenance: "reconstruction",
    default: "browser",
    options: sizeNames.map((value) => ({ value, label: sizeTitles[value] })),
  },
  dropout: amountField(architecture, "reconstruction", 0.05, 0.5, 0.01, {
    label: "Dropout",
    description: "Share of values that are dropped within all networks in training; 0.3 in the paper.",
    advanced: true,
  }),
  embeddingDropout: amountField(architecture, "code", 0.3, 0.8, 0.01, {
    label: "Dropout of tokens",
    description: "Share of the embeddings of known tokens that the priors do not see in training.",
    advanced: true,
  }),
  embeddingDeviation: amountField(architecture, "code", 0.02, 1, 0.01, {
    label: "First embeddings",
    description:
      "Standard deviation of the first values of the priors' embeddings: from 0.02 they learn for hundreds of steps before they tell tokens apart.",
    advanced: true,
  }),
  batchSize: countField(training, "reconstruction", 32, [2, 512], {
    label: "Batch",
    description: "Signals in a step; 128 and 256 in the paper.",
  }),
  learningRate: {
    kind: "number",
    label: "Learning rate",
    description: "Largest length of the optimiser's steps in both stages; 0.0005 in the paper.",
    section: training,
    provenance: "code",
    default: 1e-3,
    minimum: 0,
    maximum: 1e-1,
    step: 1e-6,
    unit: "",
    search: { scale: "logarithmic", low: 1e-4, high: 1e-2 },
  },
  warmUp: amountField(training, "code", 0.1, 0.5, 0.01, {
    label: "Warm-up",
    description: "Share of each stage in which the rate rises from 0; then it falls as a cosine.",
    advanced: true,
  }),
  weightDecay: amountField(training, "literature", 0.01, 1, 0.001, {
    label: "Weight decay",
    description: "Of AdamW, as PyTorch has it where nothing else is said.",
    advanced: true,
  }),
  tokeniserShare: {
    ...amountField(training, "reconstruction", 0.4, 1, 0.01, {
      label: "Share of the first stage",
      description:
        "Share of the iterations in which encoders, codebooks and decoders learn to keep signals; in the rest the priors learn to guess tokens. 1 : 2 in the paper.",
    }),
    minimum: 0.05,
    maximum: 0.95,
  },
  hiddenClasses: amountField(training, "code", 0.2, 0.9, 0.01, {
    label: "Hidden classes",
    description: "Share of the signals whose class the priors are not told, which guidance needs.",
    advanced: true,
  }),
  codeStart: {
    kind: "choice",
    label: "Codes begin as",
    description:
      "Centres of k-means over the first batches, as in the program of 2026; or normal deviates, as in the paper's.",
    section: codebooks,
    provenance: "code",
    advanced: true,
    default: "clusters",
    options: [
      { value: "clusters", label: "Centres of clusters" },
      { value: "normal", label: "Normal deviates" },
    ],
  },
  unitVectors: {
    kind: "switch",
    label: "Vectors of length 1",
    description:
      "Vectors are scaled to one length before their codes are sought: on in the program of 2026, off in the paper's.",
    section: codebooks,
    provenance: "code",
    advanced: true,
    default: true,
  },
  decay: {
    ...amountField(codebooks, "code", 0.99, 0.9999, 0.0001, {
      label: "Memory of codes",
      description: "Share of the past in where a code stands; 0.8 in the paper.",
    }),
    advanced: true,
  },
  commitment: amountField(codebooks, "code", 1, 10, 0.01, {
    label: "Commitment",
    description: "Weight of how far vectors are from their codes.",
    advanced: true,
  }),
  // A beat has 13 tokens of low frequencies: 1 would take half of 64 codes from the rare waves that they stand for.
  reviveBelow: amountField(codebooks, "reconstruction", 0.1, 20, 0.1, {
    label: "Revive codes below",
    description:
      "Codes that stand for fewer vectors a batch begin anew: where it is much, those of rare waves do so again and again. 0 for never, as in the paper.",
    advanced: true,
  }),
  lowSteps: decodingSteps("low frequencies", 6),
  highSteps: decodingSteps("high frequencies", 8),
  lowTemperature: temperature("low frequencies"),
  highTemperature: temperature("high frequencies"),
  guidance: amountField(sampling, "code", 1, 5, 0.1, {
    label: "Guidance",
    description: "How far beyond the class alone its tokens are pushed; 1, as in the paper, for not at all.",
  }),
} satisfies Schema;

/** Batches from whose vectors codes begin. */
const clusteredBatches = 8;

/** How values describe the training. */
export function trainingPlan(values: Values, iterations: number, seed: number): TimeVqVaePlan {
  const tokeniserSteps = Math.round(numberAt(values, "tokeniserShare") * iterations);
  return {
    batchSize: numberAt(values, "batchSize"),
    learningRate: numberAt(values, "learningRate"),
    weightDecay: numberAt(values, "weightDecay"),
    warmUp: numberAt(values, "warmUp"),
    commitment: numberAt(values, "commitment"),
    iterations,
    // Both stages have a step at least.
    tokeniserSteps: Math.min(Math.max(1, tokeniserSteps), Math.max(1, iterations - 1)),
    clusteredBatches: values["codeStart"] === "clusters" ? clusteredBatches : 0,
    hiddenClasses: numberAt(values, "hiddenClasses"),
    seed,
  };
}

/** How values describe the sampling. */
export const samplingPlan = (values: Values): SamplingPlan => ({
  steps: { low: numberAt(values, "lowSteps"), high: numberAt(values, "highSteps") },
  temperature: { low: numberAt(values, "lowTemperature"), high: numberAt(values, "highTemperature") },
  guidance: numberAt(values, "guidance"),
});
