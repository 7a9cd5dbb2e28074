import {
  type ChoiceField,
  type NumberField,
  numberAt,
  type Schema,
  type SwitchField,
  type Values,
} from "../domain/schema.ts";
import type { Weighting } from "../neural/diffusion/lossWeights.ts";
import { checkPrediction, type Prediction } from "../neural/diffusion/prediction.ts";
import type { Sampler, SamplingChoice } from "../neural/diffusion/samplingPlan.ts";
import {
  cosineSchedule,
  linearSchedule,
  type NoiseSchedule,
  terminalSignal,
  withoutTerminalSignal,
} from "../neural/diffusion/schedule.ts";
import type { DiffusionPlan } from "../neural/diffusion/training.ts";
import { amountField, countField } from "./hyperparameters.ts";

const noise = "Noise";
const training = "Training";
const sampling = "Sampling";

/** Schedules that somebody has used, or that leave less of the signal in their last step. */
const schedules: Readonly<Record<string, { readonly words: string; readonly make: () => NoiseSchedule }>> = {
  linear50: { words: "50 steps, β to 0.05 (DiffWave)", make: () => linearSchedule(50, 1e-4, 0.05) },
  linear100: { words: "100 steps, β to 0.1", make: () => linearSchedule(100, 1e-4, 0.1) },
  linear200: { words: "200 steps, β to 0.05", make: () => linearSchedule(200, 1e-4, 0.05) },
  linear200Weak: { words: "200 steps, β to 0.02 (SSSD-ECG)", make: () => linearSchedule(200, 1e-4, 0.02) },
  cosine200: { words: "200 steps, cosine", make: () => cosineSchedule(200) },
  linear1000: {
    words: "1,000 steps, β to 0.01 (Time-Diffusion)",
    make: () => linearSchedule(1000, 1e-4, 0.01),
  },
};

const schedule: ChoiceField = {
  kind: "choice",
  label: "Noise schedule",
  description:
    "How noise is added. √ᾱ is how much of the signal is left in the last step: where it lies far above 0, sampling starts from noise such as training never showed.",
  section: noise,
  provenance: "reconstruction",
  default: "linear100",
  options: Object.entries(schedules).map(([value, { words, make }]) => ({
    value,
    label: `${words}: √ᾱ ${terminalSignal(make()).toPrecision(2)}`,
  })),
};

const prediction: ChoiceField = {
  kind: "choice",
  label: "The network tells",
  description:
    "What is told of a noisy signal: the noise in it, the signal, or the velocity, a mixture of both that is as hard at every step; for signals of deviation 1, or for the deviation that ECGs have here (Karras et al. 2022).",
  section: noise,
  provenance: "paper",
  default: "noise",
  options: [
    { value: "noise", label: "Noise ε" },
    { value: "signal", label: "Signal x₀" },
    { value: "velocity", label: "Velocity v" },
    { value: "scaledVelocity", label: "Velocity, by the deviation of ECGs" },
  ],
};

/** Hyper-parameters that all diffusion models share. */
export const diffusionSchema = {
  schedule,
  leavesNoSignal: {
    kind: "switch",
    label: "Nothing left in the last step",
    description:
      "Stretches the schedule so that its last step is noise alone (Lin et al. 2024). Noise cannot be told then: choose velocity or signal.",
    section: noise,
    provenance: "literature",
    default: false,
  },
  prediction,
  weighting: {
    kind: "choice",
    label: "Weight of the steps",
    description:
      "All alike; by the signal-to-noise ratio of the signal's error, which counts the first steps most; or by that ratio up to 5 (Hang et al. 2023).",
    section: noise,
    provenance: "literature",
    advanced: true,
    default: "uniform",
    options: [
      { value: "uniform", label: "All alike" },
      { value: "limited", label: "Ratio up to 5" },
      { value: "signalToNoise", label: "Ratio (Time-Diffusion)" },
    ],
  },
  error: {
    kind: "choice",
    label: "Error",
    description: "Squares of the differences, or their sizes as one released program has it.",
    section: training,
    provenance: "code",
    advanced: true,
    default: "squared",
    options: [
      { value: "squared", label: "Squares" },
      { value: "absolute", label: "Sizes" },
    ],
  },
  batchSize: countField(training, "paper", 16, [2, 256], {
    label: "Batch",
    description: "Signals in a step: 16 in DiffWave's paper, 128 in Time-Diffusion's program.",
  }),
  learningRate: {
    kind: "number",
    label: "Learning rate",
    description: "Length of the optimiser's steps.",
    section: training,
    provenance: "code",
    default: 2e-4,
    minimum: 0,
    maximum: 1e-2,
    step: 1e-6,
    unit: "",
    search: { scale: "logarithmic", low: 5e-5, high: 2e-3 },
  } satisfies NumberField,
  warmUp: countField(training, "reconstruction", 0, [0, 10_000], {
    label: "Warm-up",
    description: "Steps in which the learning rate rises from nothing.",
    advanced: true,
  }),
  rateFalls: {
    kind: "switch",
    label: "Falling rate",
    description:
      "The learning rate falls as a cosine to a hundredth over the planned iterations: short trainings end nearer to their goal. Off as in the papers.",
    section: training,
    provenance: "literature",
    advanced: true,
    default: false,
  },
  weightDecay: amountField(training, "reconstruction", 0, 0.1, 1e-6, {
    label: "Weight decay",
    description: "Share of the learning rate by which weights shrink in a step (AdamW).",
    advanced: true,
  }),
  beta1: amountField(training, "literature", 0.9, 0.99, 0.01, {
    label: "Memory of gradients",
    description:
      "Share of the mean gradient that Adam keeps from step to step; 0.95 in Time-Diffusion's program.",
    advanced: true,
  }),
  clipNorm: amountField(training, "reconstruction", 1, 100, 0.1, {
    label: "Gradient clipping",
    description: "Longest gradient; longer ones are scaled down. 0 clips nothing, as DiffWave.",
    advanced: true,
  }),
  classDropout: amountField(training, "literature", 0.1, 0.5, 0.01, {
    label: "Signals without class",
    description:
      "Share of signals whose class is kept from the network, so that it can be guided in sampling (Ho & Salimans 2022); 0 in the papers.",
    advanced: true,
  }),
  averageDecay: amountField(training, "reconstruction", 0.999, 0.9999, 1e-4, {
    label: "Averaging of weights",
    description: "Share of the mean weights that stays from step to step, after a warm-up.",
    advanced: true,
  }),
  sampler: {
    kind: "choice",
    label: "Sampler",
    description:
      "Implicit takes as many steps as wished and adds no noise; ancestral goes back through every step of the training; the six steps of DiffWave end in noise that the schedule has not trained to its end.",
    section: sampling,
    provenance: "literature",
    default: "implicit",
    options: [
      { value: "implicit", label: "Implicit (DDIM)" },
      { value: "ancestral", label: "Ancestral, every step" },
      { value: "aligned", label: "Six aligned steps (DiffWave)" },
    ],
  } satisfies ChoiceField,
  samplingSteps: countField(sampling, "reconstruction", 25, [1, 1000], {
    label: "Steps",
    description: "Steps of the implicit sampler, up to those of the schedule.",
  }),
  eta: amountField(sampling, "literature", 0, 1, 0.05, {
    label: "New noise",
    description:
      "Noise that each step of the implicit sampler adds: none at 0, as much as the ancestral one at 1.",
    advanced: true,
  }),
  guidance: amountField(sampling, "literature", 1, 5, 0.1, {
    label: "Guidance",
    description:
      "How much the class counts: 1 as trained, more for more typical and less varied signals, 0 for signals of no class.",
  }),
  usesAverage: {
    kind: "switch",
    label: "Mean weights",
    description: "Samples with the average of the weights over the last steps instead of the newest.",
    section: sampling,
    provenance: "literature",
    advanced: true,
    default: true,
  },
  clipsSignal: {
    kind: "switch",
    label: "Cut off at the data's range",
    description:
      "Keeps what each step takes for the signal between the lowest and the highest values learned from.",
    section: sampling,
    provenance: "reconstruction",
    advanced: true,
    default: true,
  },
} satisfies Schema;

/** From this length on, signals are recordings, whose beats stand anywhere. */
const recordingLength = 500;

/** For networks of convolutions, which look the same everywhere. */
export const placeField: SwitchField = {
  kind: "switch",
  label: "Told the place",
  description:
    "Tells the network which sample of a beat it looks at, by sines of the time: all beats have R at one place, which convolutions find only slowly by the signal's ends. Off as in the papers; recordings never tell it.",
  section: "Architecture",
  provenance: "reconstruction",
  advanced: true,
  default: true,
};

/** What a network of such values is told of places. @param length of the signals, in samples */
export const placesOf = (values: Values, length: number): { readonly places?: number } =>
  values["tellsPlace"] === true && length < recordingLength ? { places: length } : {};

/** The schedule that values describe. @throws Failure `noise-without-signal` where it cannot be learned */
export function scheduleOf(values: Values): NoiseSchedule {
  const plain = schedules[String(values["schedule"])].make();
  const chosen = values["leavesNoSignal"] === true ? withoutTerminalSignal(plain) : plain;
  checkPrediction(values["prediction"] as Prediction, chosen);
  return chosen;
}

/** Numbers of a step's embedding of the browser's sizes; the papers have 128. */
export const embeddingSize = 64;

/** The plan that values describe. @throws Failure `noise-without-signal` */
export function diffusionPlan(
  values: Values,
  embedding: Pick<DiffusionPlan, "embeddingSize" | "frequencies">,
): DiffusionPlan {
  return {
    schedule: scheduleOf(values),
    prediction: values["prediction"] as Prediction,
    weighting: values["weighting"] as Weighting,
    error: values["error"] === "absolute" ? "absolute" : "squared",
    learningRate: numberAt(values, "learningRate"),
    beta1: numberAt(values, "beta1"),
    beta2: 0.999,
    weightDecay: numberAt(values, "weightDecay"),
    warmUp: numberAt(values, "warmUp"),
    rateFalls: values["rateFalls"] === true,
    clipNorm: numberAt(values, "clipNorm"),
    classDropout: numberAt(values, "classDropout"),
    averageDecay: numberAt(values, "averageDecay"),
    ...embedding,
  };
}

/** How values sample. */
export const samplingChoice = (values: Values): SamplingChoice => ({
  sampler: values["sampler"] as Sampler,
  steps: numberAt(values, "samplingSteps"),
  eta: numberAt(values, "eta"),
});
