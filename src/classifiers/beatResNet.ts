import * as tf from "@tensorflow/tfjs-core";
import { Failure } from "../domain/failure.ts";
import { numberAt } from "../domain/schema.ts";
import { convolution } from "../neural/layers/convolution.ts";
import { uniform } from "../neural/layers/initialisers.ts";
import { linear } from "../neural/layers/linear.ts";
import { batchNorm } from "../neural/layers/normalisation.ts";
import type { Mode, Scope } from "../neural/layers/scope.ts";
import { maxPool1d } from "../neural/ops/pool1d.ts";
import { defineArchitecture } from "./architecture.ts";
import { depth, width } from "./hyperparameters.ts";

const kernel = 5;
const pooling = { kernel, stride: 2, padding: [0, 0] } as const;
/** Numbers of the hidden layer behind the blocks. */
const hidden = 32;

/** A convolution with bias that keeps the length. `[batch, time, inputs]` → `[batch, time, outputs]` */
function biased(scope: Scope, inputs: number, outputs: number): (x: tf.Tensor) => tf.Tensor {
  const convolve = convolution(scope, inputs, outputs, { kernel, stride: 1, padding: [2, 2] });
  const bias = scope.parameter("bias", [outputs], uniform(1 / Math.sqrt(kernel * inputs)));
  return (x) => tf.add(convolve(x), bias);
}

/** Two convolutions with a shortcut around them, then pooling: `[batch, time, channels]` → about half as long. */
function block(scope: Scope, channels: number): (x: tf.Tensor, mode: Mode) => tf.Tensor {
  const first = biased(scope.within("first"), channels, channels);
  const innerNorm = batchNorm(scope.within("inner").within("norm"), channels);
  const second = biased(scope.within("second"), channels, channels);
  const outerNorm = batchNorm(scope.within("outer").within("norm"), channels);
  return (x, mode) => {
    const branch = second(tf.relu(innerNorm(first(x), mode)));
    const joined = outerNorm(tf.add(branch, x), mode);
    return tf.relu(maxPool1d(joined as tf.Tensor3D, pooling));
  };
}

/** Samples that so many poolings leave. @throws Failure `input-too-short` where a window does not fit */
function lengthAfter(blocks: number, length: number): number {
  let left = length;
  for (let index = 0; index < blocks; index++) {
    if (left < kernel) {
      throw new Failure(
        "input-too-short",
        `${length} samples are too short for ${blocks} blocks.`,
        "depth",
        "Choose fewer blocks or longer inputs.",
      );
    }
    left = Math.floor((left - kernel) / 2) + 1;
  }
  return left;
}

export const beatResNet = defineArchitecture(
  {
    title: "ResNet for beats",
    description: "Five blocks of two convolutions, each with a shortcut and a pooling, for one beat.",
    paper: "Kachuee et al., ICHI 2018, in the form of Golany et al., ICML 2020",
    family: "convolutional",
    isOfBeats: true,
    hyperparameters: {
      depth: {
        ...depth,
        label: "Blocks",
        description: "How many blocks follow each other; each halves the length.",
        provenance: "paper",
        default: 5,
        maximum: 5,
        search: { scale: "linear", low: 3, high: 5 },
      },
      width,
    },
  },
  (scope, values, { length, outputs }) => {
    const blocks = numberAt(values, "depth");
    const channels = Math.max(4, Math.round(32 * numberAt(values, "width")));
    const left = lengthAfter(blocks, length);
    const open = biased(scope.within("stem"), 1, channels);
    const openNorm = batchNorm(scope.within("stem").within("norm"), channels);
    const stack = Array.from({ length: blocks }, (_, index) =>
      block(scope.within("blocks").within(index), channels),
    );
    const first = linear(scope.within("linear1"), left * channels, hidden);
    const last = linear(scope.within("linear2"), hidden, outputs);
    return {
      features: (signals, mode) => {
        let x = openNorm(open(tf.expandDims(signals, 2)), mode); // [batch, time, channels]
        for (const each of stack) x = each(x, mode); // of 216 samples: 106, 51, 24, 10, 3
        const flat = tf.reshape(x, [signals.shape[0], left * channels]);
        return tf.relu(first(flat)) as tf.Tensor2D;
      },
      classify: (features) => last(features) as tf.Tensor2D,
    };
  },
);
