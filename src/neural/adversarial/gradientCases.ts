import type * as tf from "@tensorflow/tfjs-core";
import { waveRules } from "../../signal/waveValues.ts";
import type { DifferentiableCase } from "../ops/differentiable.ts";
import { withSpread } from "./batchSpread.ts";
import { leakyRectifier } from "./leakyRectifier.ts";
import { stridedConv1d, stridedConv1dTranspose } from "./stridedConvolution.ts";
import { waveValues } from "./waveValues.ts";

const signal = (x: tf.Tensor) => x as tf.Tensor3D;
/** Kernel 4, stride 2, as most layers have it, and the fourth of the generator, whose kernel is 3. */
const motion = { stride: 2, padding: [1, 1] } as const;

/** Every differentiable operation of adversarial networks, to be checked with those that all networks share. */
export const adversarialGradientCases: readonly DifferentiableCase[] = [
  {
    name: "strided convolution, kernel 4",
    shapes: [
      [2, 10, 3],
      [4, 3, 5],
    ],
    open: () => ({ run: (x, w) => stridedConv1d(signal(x), signal(w), motion) }),
  },
  {
    name: "strided convolution, kernel 3",
    shapes: [
      [2, 9, 3],
      [3, 3, 4],
    ],
    open: () => ({ run: (x, w) => stridedConv1d(signal(x), signal(w), motion) }),
  },
  {
    name: "transposed strided convolution, kernel 4",
    shapes: [
      [2, 5, 4],
      [4, 3, 4],
    ],
    open: () => ({ run: (x, w) => stridedConv1dTranspose(signal(x), signal(w), 10, motion) }),
  },
  {
    name: "transposed strided convolution, kernel 3",
    shapes: [
      [2, 5, 4],
      [3, 3, 4],
    ],
    open: () => ({ run: (x, w) => stridedConv1dTranspose(signal(x), signal(w), 9, motion) }),
  },
  {
    name: "beats with the spread of their batch",
    shapes: [[4, 6]],
    open: () => ({ run: (x) => withSpread(x as tf.Tensor2D, x as tf.Tensor2D) }),
  },
  { name: "leaky rectifier", shapes: [[4, 6]], open: () => ({ run: leakyRectifier }) },
  ...waveRules.map((rule) => ({
    name: `wave values by ${rule}`,
    shapes: [[2, 216]],
    open: () => ({ run: (x: tf.Tensor) => waveValues(x as tf.Tensor2D, rule) }),
  })),
];
