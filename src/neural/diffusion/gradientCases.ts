import type * as tf from "@tensorflow/tfjs-core";
import { addBias } from "../ops/addBias.ts";
import type { DifferentiableCase } from "../ops/differentiable.ts";
import { gatedUnit } from "../ops/gatedUnit.ts";
import { normaliseGroups } from "../ops/normaliseGroups.ts";
import { modulateOverTime, shiftOverTime } from "../ops/overTime.ts";
import { doubled, halved } from "../ops/resampleByTwo.ts";
import { shiftOverSignals } from "../ops/shiftOverSignals.ts";
import { tapConvolution } from "../ops/tapConvolution.ts";

const signal = (x: tf.Tensor) => x as tf.Tensor3D;
const table = (x: tf.Tensor) => x as tf.Tensor2D;

/** Every differentiable operation of diffusion models, to be checked with those that all networks share. */
export const diffusionGradientCases: readonly DifferentiableCase[] = [
  {
    name: "gated unit",
    shapes: [
      [2, 5, 3],
      [2, 5, 3],
    ],
    open: () => ({ run: gatedUnit }),
  },
  ...[1, 3].map(
    (dilation): DifferentiableCase => ({
      name: `convolution tap by tap, dilation ${dilation}`,
      shapes: [
        [2, 7, 3],
        [3, 3, 4],
      ],
      open: () => ({ run: (x, w) => tapConvolution(signal(x), signal(w), dilation) }),
    }),
  ),
  {
    name: "bias of channels",
    shapes: [[2, 5, 3], [3]],
    open: () => ({ run: (x, bias) => addBias(x, bias as tf.Tensor1D) }),
  },
  {
    name: "shift of all times",
    shapes: [
      [2, 5, 3],
      [2, 3],
    ],
    open: () => ({ run: (x, shift) => shiftOverTime(signal(x), table(shift)) }),
  },
  {
    name: "modulation of all times",
    shapes: [
      [2, 5, 3],
      [2, 3],
      [2, 3],
    ],
    open: () => ({ run: (x, scale, shift) => modulateOverTime(signal(x), table(scale), table(shift)) }),
  },
  {
    name: "shift of all signals",
    shapes: [
      [3, 5, 2],
      [5, 2],
    ],
    open: () => ({ run: (x, shift) => shiftOverSignals(signal(x), table(shift)) }),
  },
  ...[1, 2].map(
    (groups): DifferentiableCase => ({
      name: `group normalisation, ${groups} of 4 channels`,
      shapes: [[2, 5, 4], [4], [4]],
      open: () => ({
        run: (x, scale, offset) =>
          normaliseGroups(signal(x), scale as tf.Tensor1D, offset as tf.Tensor1D, groups),
      }),
    }),
  ),
  { name: "half as many samples", shapes: [[2, 8, 3]], open: () => ({ run: (x) => halved(signal(x)) }) },
  { name: "twice as many samples", shapes: [[2, 4, 3]], open: () => ({ run: (x) => doubled(signal(x)) }) },
];
