import * as tf from "@tensorflow/tfjs-core";
import { chosenNumber, numberAt } from "../domain/schema.ts";
import { convolution, depthwiseConvolution } from "../neural/layers/convolution.ts";
import { dropout } from "../neural/layers/dropout.ts";
import { linear } from "../neural/layers/linear.ts";
import { batchNorm } from "../neural/layers/normalisation.ts";
import type { Mode, Scope } from "../neural/layers/scope.ts";
import { silu } from "../neural/ops/activations.ts";
import { defineArchitecture } from "./architecture.ts";
import { head } from "./head.ts";
import { backboneWidth, width } from "./hyperparameters.ts";

type Layer = (x: tf.Tensor, mode: Mode) => tf.Tensor;

/** Stages of B0: repeats, kernel, stride of the first block, expansion, channels. */
const stages = [
  { repeats: 1, kernel: 3, stride: 1, expansion: 1, channels: 16 },
  { repeats: 2, kernel: 3, stride: 2, expansion: 6, channels: 24 },
  { repeats: 2, kernel: 5, stride: 2, expansion: 6, channels: 40 },
  { repeats: 3, kernel: 3, stride: 2, expansion: 6, channels: 80 },
  { repeats: 3, kernel: 5, stride: 1, expansion: 6, channels: 112 },
  { repeats: 4, kernel: 5, stride: 2, expansion: 6, channels: 192 },
  { repeats: 1, kernel: 3, stride: 1, expansion: 6, channels: 320 },
] as const;

/** TensorFlow's running statistics, in PyTorch's way of counting. */
const statistics = { momentum: 0.01, epsilon: 1e-3 };

/** Zeros of TensorFlow's `same` for even lengths, as the authors' port computes them once. */
function zeros(kernel: number, stride: number): readonly [number, number] {
  const total = kernel - stride;
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

function convolved(scope: Scope, inputs: number, outputs: number, kernel: number, stride = 1): Layer {
  const shape = { kernel, stride, padding: zeros(kernel, stride) };
  const convolve = convolution(scope.within("convolution"), inputs, outputs, shape);
  const norm = batchNorm(scope.within("norm"), outputs, statistics);
  return (x, mode) => norm(convolve(x), mode);
}

/** Squeeze and excitation: gates every channel by what all channels are on average. */
function excitation(scope: Scope, channels: number, squeezed: number): (x: tf.Tensor) => tf.Tensor {
  const reduce = linear(scope.within("reduce"), channels, squeezed);
  const expand = linear(scope.within("expand"), squeezed, channels);
  // [batch, time, channels] → [batch, 1, channels]
  return (x) => tf.mul(x, tf.sigmoid(expand(silu(reduce(tf.mean(x, 1, true))))));
}

interface BlockShape {
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: number;
  readonly stride: number;
  readonly expansion: number;
  /** Probability that a whole block is left out for a recording. */
  readonly dropConnect: number;
}

/** Mobile inverted bottleneck. `[batch, time, inputs]` → `[batch, time / stride, outputs]` */
function mobileBlock(scope: Scope, shape: BlockShape): Layer {
  const { inputs, outputs, kernel, stride, expansion, dropConnect } = shape;
  const wide = inputs * expansion;
  const expand = expansion === 1 ? null : convolved(scope.within("expand"), inputs, wide, 1);
  const depthwise = depthwiseConvolution(scope.within("depthwise"), wide, {
    kernel,
    stride,
    padding: zeros(kernel, stride),
  });
  const norm = batchNorm(scope.within("norm"), wide, statistics);
  const excite = excitation(scope.within("excitation"), wide, Math.max(1, Math.floor(inputs / 4)));
  const project = convolved(scope.within("project"), wide, outputs, 1);
  return (x, mode) => {
    const opened = expand === null ? x : silu(expand(x, mode));
    const branch = project(excite(silu(norm(depthwise(opened), mode))), mode);
    if (stride !== 1 || inputs !== outputs) return branch;
    return tf.add(dropout(branch, dropConnect, mode, [x.shape[0], 1, 1]), x);
  };
}

/** Every block's shape, in order. */
function blockShapes(channels: (full: number) => number): BlockShape[] {
  const total = stages.reduce((sum, { repeats }) => sum + repeats, 0);
  let inputs = channels(32);
  let index = 0;
  return stages.flatMap((stage) =>
    Array.from({ length: stage.repeats }, (_, repeat) => {
      const shape: BlockShape = {
        inputs,
        outputs: channels(stage.channels),
        kernel: stage.kernel,
        stride: repeat === 0 ? stage.stride : 1,
        expansion: stage.expansion,
        dropConnect: (0.2 * index++) / total,
      };
      inputs = shape.outputs;
      return shape;
    }),
  );
}

export const efficientNetB0 = defineArchitecture(
  {
    title: "EfficientNet-B0",
    description: "Depthwise convolutions between narrow layers, every channel gated by all others.",
    paper: "Tan & Le, ICML 2019",
    family: "convolutional",
    hyperparameters: { backboneWidth, width },
  },
  (scope, values, { outputs }) => {
    const channels = (full: number) => Math.max(4, Math.round(full * numberAt(values, "width")));
    const features = chosenNumber(values, "backboneWidth");
    const shapes = blockShapes(channels);
    const stem = convolved(scope.within("stem"), 1, channels(32), 3, 2);
    const blocks = shapes.map((shape, index) => mobileBlock(scope.within("blocks").within(index), shape));
    const top = convolved(scope.within("top"), channels(320), channels(1280), 1);
    const last = linear(scope.within("features"), channels(1280), features);
    const classify = head(scope.within("head"), features, outputs);
    return (signals, mode) => {
      let x = silu(stem(tf.expandDims(signals, 2), mode)); // [batch, time / 2, 32]
      for (const each of blocks) x = each(x, mode); // … [batch, time / 32, 320]
      const pooled = tf.mean(silu(top(x, mode)), 1); // [batch, 1280]
      return classify(last(dropout(pooled, 0.2, mode)), mode);
    };
  },
);
