import {
  type ChoiceField,
  chosenNumber,
  type NumberField,
  numberAt,
  type Provenance,
  type Schema,
  type SwitchField,
  type Values,
} from "../domain/schema.ts";
import type { AdversarialPlan } from "../neural/adversarial/training.ts";
import type { PoolOptions } from "./scaledSignals.ts";

const architecture = "Architecture";
const training = "Training";
const stability = "Stability";

type Text = Pick<NumberField, "label" | "description"> & { readonly advanced?: boolean };

const count = (
  section: string,
  provenance: Provenance,
  chosen: number,
  [minimum, maximum]: readonly [number, number],
  text: Text,
): NumberField => ({
  kind: "number",
  section,
  provenance,
  default: chosen,
  minimum,
  maximum,
  step: 1,
  unit: "",
  integer: true,
  ...text,
});

const share = (
  section: string,
  provenance: Provenance,
  chosen: number,
  maximum: number,
  step: number,
  text: Text,
): NumberField => ({
  kind: "number",
  section,
  provenance,
  default: chosen,
  minimum: 0,
  maximum,
  step,
  unit: "",
  ...text,
});

export {
  count as countField,
  share as amountField,
  stability as stabilitySection,
  training as trainingSection,
};

const widths = ["4", "8", "16", "32", "64"];

const widthField = (label: string, network: string): ChoiceField => ({
  kind: "choice",
  label,
  description: `Channels of the ${network}; the other layers have multiples of it. 64 in the paper, 16 trains in a tab.`,
  section: architecture,
  provenance: "reconstruction",
  default: "16",
  options: widths.map((value) => ({ value, label: value })),
  search: ["8", "16", "32"],
});

export const generatorWidth = widthField("Generator width", "generator's last hidden layer");
export const discriminatorWidth = widthField("Discriminator width", "discriminator's first layer");

export const discriminatorForm: ChoiceField = {
  kind: "choice",
  label: "Discriminator",
  description:
    "Code: the sixth convolution gives the answer, without normalisation in the first and last layer. Paper: normalisation after each of six convolutions and a linear layer that answers; it tells no sizes.",
  section: architecture,
  provenance: "code",
  advanced: true,
  default: "code",
  options: [
    { value: "code", label: "As in the code" },
    { value: "paper", label: "As in the paper" },
  ],
};

const learningRate: NumberField = {
  kind: "number",
  label: "Learning rate",
  description: "Length of the optimiser's steps, the same for both networks.",
  section: training,
  provenance: "code",
  default: 2e-4,
  minimum: 1e-6,
  maximum: 1e-2,
  step: 1e-6,
  unit: "",
  search: { scale: "logarithmic", low: 2e-5, high: 2e-3 },
};

const batchSize = count(training, "code", 50, [2, 512], {
  label: "Batch",
  description:
    "Beats in an update. 50 for the plain networks; the names of the released checkpoints suggest 150 for those with a simulator.",
});

const generatorSteps = count(training, "code", 1, [1, 5], {
  label: "Generator updates",
  description: "Updates of the generator in an iteration: 1 in SimGAN's code, 2 in both papers.",
});

const discriminatorSteps = count(training, "code", 1, [1, 10], {
  label: "Discriminator updates",
  description: "Updates of the discriminator in an iteration.",
  advanced: true,
});

const samplingLatent: ChoiceField = {
  kind: "choice",
  label: "Latent when sampling",
  description:
    "Normal, as in training and in the paper. The code samples uniformly from 0 to 1, which these networks have not been trained on.",
  section: "Sampling",
  provenance: "paper",
  advanced: true,
  default: "normal",
  options: [
    { value: "normal", label: "Normal" },
    { value: "uniform", label: "Uniform, 0 to 1" },
  ],
};

const heights: ChoiceField = {
  kind: "choice",
  label: "Heights in mV",
  description:
    "Networks see every beat from −1 to 1. A generated one returns to the lowest and highest value of a real beat of its class: of any, or of one of the five nearest in form, so that form and height belong together as in real beats.",
  section: "Sampling",
  provenance: "reconstruction",
  advanced: true,
  default: "like",
  options: [
    { value: "like", label: "Of one of like form" },
    { value: "any", label: "Of any real beat" },
  ],
};

/** For what only draws beats. */
export const heightsSchema = { heights } satisfies Schema;

const scaling: ChoiceField = {
  kind: "choice",
  label: "Scaling of beats",
  description:
    "Each from −1 to 1, and back to the heights of real beats: the same for every generator. The code gives these networks raw mV and scales for those with a simulator alone.",
  section: "Data",
  provenance: "reconstruction",
  advanced: true,
  default: "each",
  options: [
    { value: "each", label: "Each beat from −1 to 1" },
    { value: "none", label: "None, mV (code)" },
  ],
};

/** For networks without a simulator, whose equations have a unit of their own. */
export const scalingSchema = { scaling } satisfies Schema;

/** How values ask for real beats to be scaled and returned to mV. */
export const poolOptions = (values: Values): PoolOptions => ({
  heights: values["heights"] === "like" ? "like" : "any",
  isScaled: values["scaling"] !== "none",
});

const labelSmoothing = share(stability, "literature", 0, 0.3, 0.01, {
  label: "Label smoothing",
  description: "What the label of real beats lacks of 1; 0 in the papers.",
  advanced: true,
});

const inputNoise = share(stability, "literature", 0, 1, 0.01, {
  label: "Noise on beats",
  description:
    "Noise on all that the discriminator sees, where beats run from −1 to 1; it falls to none over the planned training and keeps the discriminator from being sure too early. 0 in the papers.",
  advanced: true,
});

const seesSpread: SwitchField = {
  kind: "switch",
  label: "Spread of the batch",
  description:
    "The discriminator also sees how far the beats of a batch lie apart at every sample: beats that are all alike give themselves away (after Karras et al. 2018). Off in the papers.",
  section: stability,
  provenance: "literature",
  advanced: true,
  default: false,
};

const weightAverage = share(stability, "literature", 0, 0.9999, 0.0001, {
  label: "Averaged weights",
  description:
    "Beats are drawn by a running average of the generator's weights that keeps this share of itself in every iteration. 0 draws by the last weights, as the papers.",
  advanced: true,
});

const spectralNormalisation: SwitchField = {
  kind: "switch",
  label: "Spectral normalisation",
  description: "Bounds how steep each layer of the discriminator can be; off in the papers.",
  section: stability,
  provenance: "literature",
  advanced: true,
  default: false,
};

const gradientPenalty = share(stability, "literature", 0, 100, 0.1, {
  label: "Gradient penalty",
  description:
    "Weight of the penalty on slopes of the discriminator other than 1; it then has no batch normalisation. 0 in the papers.",
  advanced: true,
});

const clipNorm = share(stability, "reconstruction", 0, 100, 0.1, {
  label: "Gradient clipping",
  description:
    "Longest gradient of each network; longer ones are scaled down. 0 clips nothing, as the papers.",
  advanced: true,
});

/** Hyper-parameters of every pair of networks that plays by cross entropy. */
export const adversarialSchema = {
  batchSize,
  learningRate,
  generatorSteps,
  discriminatorSteps,
  labelSmoothing,
  inputNoise,
  seesSpread,
  weightAverage,
  spectralNormalisation,
  gradientPenalty,
  clipNorm,
  samplingLatent,
  heights,
} satisfies Schema;

/** The plan of values of `adversarialSchema`. */
export function crossEntropyPlan(values: Values): AdversarialPlan {
  return {
    loss: "crossEntropy",
    optimiser: "adam",
    ...sharedPlan(values),
    reusesRealBatch: false,
    labelSmoothing: numberAt(values, "labelSmoothing"),
    gradientPenalty: numberAt(values, "gradientPenalty"),
    weightLimit: 0,
  };
}

/** What both kinds of plan read alike. */
export const sharedPlan = (values: Values) => ({
  learningRate: numberAt(values, "learningRate"),
  batchSize: numberAt(values, "batchSize"),
  generatorSteps: numberAt(values, "generatorSteps"),
  discriminatorSteps: numberAt(values, "discriminatorSteps"),
  inputNoise: numberAt(values, "inputNoise"),
  seesSpread: values["seesSpread"] === true,
  clipNorm: numberAt(values, "clipNorm"),
});

/** How values describe the discriminator. */
export const discriminatorShape = (
  values: Values,
  plan: Pick<AdversarialPlan, "gradientPenalty" | "seesSpread">,
) => ({
  width: chosenNumber(values, "discriminatorWidth"),
  isSpectral: values["spectralNormalisation"] === true,
  isNormalised: plan.gradientPenalty === 0,
  seesSpread: plan.seesSpread,
  form: values["discriminatorForm"] === "paper" ? ("paper" as const) : ("code" as const),
});
