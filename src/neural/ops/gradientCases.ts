import * as tf from "@tensorflow/tfjs-core";
import { gelu, silu } from "./activations.ts";
import { attention, attentionOfHeads, splitProjections } from "./attention.ts";
import { conv1d, conv1dTranspose } from "./conv1d.ts";
import { depthwiseConv1d } from "./depthwiseConv1d.ts";
import { type DifferentiableCase, normalTensor, type OpenOperation } from "./differentiable.ts";
import { embedding } from "./embedding.ts";
import { longConvolution } from "./longConvolution.ts";
import { matMul, project } from "./matMul.ts";
import { normaliseBatch, normaliseLayer, normaliseRootMeanSquare } from "./normalise.ts";
import { averagePool1d, maxPool1d } from "./pool1d.ts";
import { gru, lstm } from "./recurrent.ts";
import { gruOfKernels, lstmOfKernels } from "./recurrentKernels.ts";
import { relativeBias } from "./relativeBias.ts";
import { timeFrequencyCases } from "./timeFrequencyCases.ts";
import { causalPadding, samePadding } from "./windows.ts";

const signal = (x: tf.Tensor) => x as tf.Tensor3D;

const plain = (run: OpenOperation["run"]) => (): OpenOperation => ({ run });

/**
 * An operation on large tensors as one of a few numbers, which say how far to go in directions drawn at random: central
 * differences of all the elements would take too long.
 * @param scales standard deviations of the tensors
 */
function alongDirections(
  name: string,
  shapes: readonly (readonly number[])[],
  scales: readonly number[],
  run: OpenOperation["run"],
): DifferentiableCase {
  const steps = 3;
  return {
    name,
    shapes: shapes.map(() => [1, steps]),
    open() {
      const directions = shapes.map((shape, index) => {
        const size = shape.reduce((product, length) => product * length, 1);
        return tf.tidy(() => tf.mul(normalTensor([steps, size], 100 + index), scales[index]));
      });
      return {
        run: (...given) =>
          run(...given.map((each, index) => tf.reshape(matMul(each, directions[index]), [...shapes[index]]))),
        dispose: () => tf.dispose(directions),
      };
    },
  };
}

/** Batches, times and units for which a device is used in different ways. */
const recurrentSizes = [
  [3, 4, 5],
  [3, 4, 20],
  [65, 3, 20],
  [130, 3, 5],
  [2, 2, 270],
] as const;

/** Every differentiable operation in the ways in which it is used: one loop checks them all, on every backend. */
export const gradientCases: readonly DifferentiableCase[] = [
  {
    // More terms than a graphics device binds to one program.
    name: "a sum of twenty signals",
    shapes: [[2, 5, 3]],
    open: plain((x) => tf.addN(Array.from({ length: 20 }, (_, index) => tf.mul(x, index - 5)))),
  },
  ...[
    { stride: 1, dilation: 1 },
    { stride: 2, dilation: 1 },
    { stride: 3, dilation: 1 },
    { stride: 1, dilation: 2 },
    { stride: 1, dilation: 4 },
  ].map(
    ({ stride, dilation }): DifferentiableCase => ({
      name: `conv1d, stride ${stride}, dilation ${dilation}`,
      shapes: [
        [2, 11, 3],
        [3, 3, 4],
      ],
      open: plain((x, w) =>
        conv1d(signal(x), signal(w), { stride, dilation, padding: samePadding(11, 3, stride, dilation) }),
      ),
    }),
  ),
  {
    name: "conv1d, causal",
    shapes: [
      [2, 9, 2],
      [4, 2, 3],
    ],
    open: plain((x, w) =>
      conv1d(signal(x), signal(w), { stride: 1, dilation: 2, padding: causalPadding(4, 2) }),
    ),
  },
  {
    name: "conv1dTranspose, stride 2",
    shapes: [
      [2, 5, 3],
      [4, 2, 3],
    ],
    open: plain((x, w) =>
      conv1dTranspose(signal(x), signal(w), 10, { stride: 2, dilation: 1, padding: [1, 1] }),
    ),
  },
  {
    name: "maxPool1d, window 3, stride 2",
    shapes: [[2, 9, 3]],
    open: plain((x) => maxPool1d(signal(x), { kernel: 3, stride: 2, padding: samePadding(9, 3, 2) })),
  },
  {
    name: "averagePool1d, window 3, stride 2",
    shapes: [[2, 9, 3]],
    open: plain((x) => averagePool1d(signal(x), { kernel: 3, stride: 2, padding: samePadding(9, 3, 2) })),
  },
  {
    name: "product of matrices",
    shapes: [
      [2, 3, 4],
      [2, 4, 5],
    ],
    open: plain((a, b) => matMul(a, b)),
  },
  {
    name: "projection of the last axis",
    shapes: [
      [2, 3, 4],
      [4, 5],
    ],
    open: plain((x, w) => project(x, w as tf.Tensor2D)),
  },
  {
    name: "conv1d of one sample",
    shapes: [
      [2, 9, 3],
      [1, 3, 4],
    ],
    open: plain((x, w) => conv1d(signal(x), signal(w), { stride: 1, dilation: 1, padding: [0, 0] })),
  },
  {
    name: "conv1d of one sample, stride 2",
    shapes: [
      [2, 9, 3],
      [1, 3, 4],
    ],
    open: plain((x, w) => conv1d(signal(x), signal(w), { stride: 2, dilation: 1, padding: [0, 0] })),
  },
  {
    name: "depthwise conv1d, stride 2",
    shapes: [
      [2, 9, 3],
      [3, 3],
    ],
    open: plain((x, w) =>
      depthwiseConv1d(signal(x), w as tf.Tensor2D, {
        stride: 2,
        dilation: 1,
        padding: samePadding(9, 3, 2),
      }),
    ),
  },
  {
    name: "batch normalisation",
    shapes: [[3, 5, 2], [2], [2]],
    open: plain((x, scale, offset) => {
      const { value, mean, variance } = normaliseBatch(x, scale as tf.Tensor1D, offset as tf.Tensor1D, 1e-5);
      tf.dispose([mean, variance]);
      return value;
    }),
  },
  alongDirections(
    "batch normalisation of many rows",
    [[2, 300, 3], [3], [3]],
    [1, 1, 1],
    (x, scale, offset) => {
      const found = normaliseBatch(x, scale as tf.Tensor1D, offset as tf.Tensor1D, 1e-5);
      tf.dispose([found.mean, found.variance]);
      return found.value;
    },
  ),
  {
    name: "projections of four heads, split and multiplied",
    shapes: [[2, 3, 24]],
    open: plain((x) => {
      const [q, k, v] = splitProjections(x, 3, 4);
      return attentionOfHeads(q, k, v, { heads: 4, scale: 0.7 });
    }),
  },
  {
    name: "layer normalisation",
    shapes: [[2, 3, 6], [6], [6]],
    open: plain((x, scale, offset) => normaliseLayer(x, scale as tf.Tensor1D, offset as tf.Tensor1D)),
  },
  {
    name: "normalisation of root mean squares",
    shapes: [[2, 3, 6], [6]],
    open: plain((x, scale) => normaliseRootMeanSquare(x, scale as tf.Tensor1D)),
  },
  {
    name: "rows of a table",
    shapes: [[5, 3]],
    open: plain((table) => embedding(table as tf.Tensor2D, tf.tensor2d([[4, 0, 4, 2]], [1, 4], "int32"))),
  },
  { name: "sigmoid linear unit", shapes: [[3, 5]], open: plain(silu) },
  { name: "Gaussian error linear unit", shapes: [[3, 5]], open: plain(gelu) },
  {
    name: "attention of two heads with a bias",
    shapes: [
      [2, 3, 4],
      [2, 5, 4],
      [2, 5, 6],
      [3, 5],
    ],
    open: plain((q, k, v, bias) => attention(q, k, v, { heads: 2, scale: 0.7, bias: bias as tf.Tensor2D })),
  },
  {
    name: "bias of relative positions",
    shapes: [[32, 1]],
    open: () => {
      const { bias, dispose } = relativeBias(12);
      return { run: (table) => bias(table as tf.Tensor2D), dispose };
    },
  },
  {
    name: "long short-term memory",
    shapes: [
      [2, 5, 12],
      [3, 12],
    ],
    open: plain((x, w) => lstm(signal(x), w as tf.Tensor2D)),
  },
  {
    name: "gated recurrent unit",
    shapes: [[2, 5, 9], [3, 9], [9]],
    open: plain((x, w, b) => gru(signal(x), w as tf.Tensor2D, b as tf.Tensor1D)),
  },
  {
    name: "long short-term memory, of kernels",
    shapes: [
      [2, 5, 12],
      [3, 12],
    ],
    open: plain((x, w) => lstmOfKernels(signal(x), w as tf.Tensor2D)),
  },
  {
    name: "gated recurrent unit, of kernels",
    shapes: [[2, 5, 9], [3, 9], [9]],
    open: plain((x, w, b) => gruOfKernels(signal(x), w as tf.Tensor2D, b as tf.Tensor1D)),
  },
  ...recurrentSizes.flatMap(([batch, time, units]) => [
    alongDirections(
      `long short-term memory of ${units} units, batch ${batch}`,
      [
        [batch, time, 4 * units],
        [units, 4 * units],
      ],
      [0.5, 0.5 / Math.sqrt(units)],
      (x, w) => lstm(signal(x), w as tf.Tensor2D),
    ),
    alongDirections(
      `gated recurrent unit of ${units} units, batch ${batch}`,
      [[batch, time, 3 * units], [units, 3 * units], [3 * units]],
      [0.5, 0.5 / Math.sqrt(units), 0.5],
      (x, w, b) => gru(signal(x), w as tf.Tensor2D, b as tf.Tensor1D),
    ),
  ]),
  {
    name: "convolution as long as the signal",
    shapes: [
      [2, 7, 3],
      [7, 3],
    ],
    open: () => {
      const { convolve, dispose } = longConvolution(7);
      return { run: (x, k) => convolve(signal(x), k as tf.Tensor2D), dispose };
    },
  },
  ...timeFrequencyCases,
];
