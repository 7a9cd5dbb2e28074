import * as tf from "@tensorflow/tfjs-core";
import { Failure } from "../domain/failure.ts";
import { type ChoiceField, chosenNumber, type NumberField, numberAt } from "../domain/schema.ts";
import { dropout } from "../neural/layers/dropout.ts";
import { kaimingNormal, uniform } from "../neural/layers/initialisers.ts";
import { linear } from "../neural/layers/linear.ts";
import type { Mode, Scope } from "../neural/layers/scope.ts";
import { maxPool1d } from "../neural/ops/pool1d.ts";
import { tapConvolution } from "../neural/ops/tapConvolution.ts";
import { defineArchitecture } from "./architecture.ts";
import { depth } from "./hyperparameters.ts";

const pooling = { kernel: 5, stride: 2, padding: [0, 0] } as const;
/** Distance of the samples under a filter, within a block. */
const dilation = 5;

const choice = (
  values: readonly string[],
  chosen: string,
  text: Pick<ChoiceField, "label" | "description">,
): ChoiceField => ({
  kind: "choice",
  section: "Architecture",
  provenance: "code",
  default: chosen,
  options: values.map((value) => ({ value, label: value })),
  search: values,
  ...text,
});

const dropoutRate: NumberField = {
  kind: "number",
  label: "Dropout",
  description:
    "Share of the hidden numbers that are left out in training. The released program tunes it and then uses 0.25.",
  section: "Architecture",
  provenance: "code",
  default: 0.25,
  minimum: 0,
  maximum: 0.5,
  step: 0.01,
  unit: "",
  search: { scale: "linear", low: 0, high: 0.5 },
};

/** A convolution with bias that keeps the length. `[batch, time, inputs]` → `[batch, time, outputs]` */
function biased(scope: Scope, inputs: number, outputs: number, kernel: number, spacing: number) {
  const weight = scope.parameter("weight", [kernel, inputs, outputs], kaimingNormal);
  const bias = scope.parameter("bias", [outputs], uniform(1 / Math.sqrt(kernel * inputs)));
  const filter = weight as tf.Tensor as tf.Tensor3D;
  return (x: tf.Tensor) => tf.add(tapConvolution(x as tf.Tensor3D, filter, spacing), bias);
}

/** Samples that so many poolings leave. @throws Failure `input-too-short` where a window does not fit */
function lengthAfter(blocks: number, length: number): number {
  let left = length;
  for (let index = 0; index < blocks; index++) {
    if (left < pooling.kernel) {
      throw new Failure(
        "input-too-short",
        `${length} samples are too short for ${blocks} blocks.`,
        "depth",
        "Choose fewer blocks or longer inputs.",
      );
    }
    left = Math.floor((left - pooling.kernel) / pooling.stride) + 1;
  }
  return left;
}

export const dilatedCnn = defineArchitecture(
  {
    title: "Dilated CNN",
    description:
      "Blocks that apply one dilated convolution twice around a shortcut, then a pooling; linear layers decide.",
    paper: "Kachuee et al., ICHI 2018, in the form of Núñez et al., 2024",
    family: "convolutional",
    hyperparameters: {
      depth: {
        ...depth,
        label: "Blocks",
        description: "How many blocks follow each other; each halves the length.",
        default: 5,
        maximum: 7,
        search: { scale: "linear", low: 1, high: 7 },
      },
      filters: choice(["4", "8", "16", "32"], "16", {
        label: "Filters",
        description: "Channels of every convolution: 16 for Chapman, 32 for PTB-XL.",
      }),
      kernel: choice(["3", "5", "7", "9"], "7", {
        label: "Kernel",
        description: "Samples under a filter.",
      }),
      hidden: choice(["4", "8", "16", "32", "64", "128", "256", "512"], "256", {
        label: "Hidden numbers",
        description: "Of each linear layer behind the blocks.",
      }),
      hiddenLayers: {
        ...depth,
        label: "Hidden layers",
        description: "Linear layers behind the blocks, before the one that decides.",
        default: 3,
        maximum: 3,
        search: { scale: "linear", low: 1, high: 3 },
      },
      dropout: dropoutRate,
    },
  },
  (scope, values, { length, outputs }) => {
    const blocks = numberAt(values, "depth");
    const channels = chosenNumber(values, "filters");
    const kernel = chosenNumber(values, "kernel");
    const hidden = chosenNumber(values, "hidden");
    const rate = numberAt(values, "dropout");
    const left = lengthAfter(blocks, length);
    const stem = biased(scope.within("stem"), 1, channels, kernel, 1);
    const convolutions = Array.from({ length: blocks }, (_, index) =>
      biased(scope.within("blocks").within(index), channels, channels, kernel, dilation),
    );
    const layers = Array.from({ length: numberAt(values, "hiddenLayers") }, (_, index) =>
      linear(scope.within(`linear${index + 1}`), index === 0 ? left * channels : hidden, hidden),
    );
    const last = linear(scope.within("logits"), hidden, outputs);
    return (signals, mode: Mode) => {
      let x = stem(tf.expandDims(signals, 2)); // [batch, time, channels]
      for (const convolve of convolutions) {
        const branch = convolve(tf.relu(convolve(x))); // the same filter twice
        x = maxPool1d(tf.relu(tf.add(branch, x)) as tf.Tensor3D, pooling); // of 1,000 samples: 498, 247, 122, 59, 28
      }
      x = tf.reshape(x, [signals.shape[0], left * channels]);
      for (const layer of layers) x = dropout(tf.relu(layer(x)), rate, mode);
      return last(x) as tf.Tensor2D;
    };
  },
);

/** Whether a variable belongs to a convolution: what stays as it is when only the decision is tuned. */
export const isOfConvolution = (name: string): boolean =>
  name.startsWith("stem.") || name.startsWith("blocks.");
