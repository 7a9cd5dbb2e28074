import type * as tf from "@tensorflow/tfjs-core";
import { constant, type Initialiser } from "../layers/initialisers.ts";
import type { Scope } from "../layers/scope.ts";
import { addBias } from "../ops/addBias.ts";
import { project } from "../ops/matMul.ts";
import { normaliseGroups } from "../ops/normaliseGroups.ts";
import { tapConvolution } from "../ops/tapConvolution.ts";

/** He et al. (ICCV 2015), normal by the inputs, as PyTorch's `kaiming_normal_` draws filters by default. */
export const kaimingByInputs: Initialiser = (shape, random) => {
  const inputs = shape.slice(0, -1).reduce((product, size) => product * size, 1);
  const values = new Float32Array(inputs * shape[shape.length - 1]);
  random.addNormal(values, Math.sqrt(2 / inputs));
  return values;
};

/** Uniform by the inputs, as PyTorch draws filters and their biases where nothing else is said. */
export const uniformByInputs =
  (inputs: number): Initialiser =>
  (shape, random) =>
    Float32Array.from(
      { length: shape.reduce((product, size) => product * size, 1) },
      () => (2 * random.uniform() - 1) / Math.sqrt(inputs),
    );

/** A convolution that keeps the length and sees both sides alike. @returns `[batch, time, inputs]` → `[batch, time, outputs]` */
export function sameConvolution(
  scope: Scope,
  inputs: number,
  outputs: number,
  options: {
    readonly kernel: number;
    readonly dilation?: number;
    readonly bias?: boolean;
    readonly initialise?: Initialiser;
  },
): (x: tf.Tensor) => tf.Tensor3D {
  const { kernel, dilation = 1, bias = true } = options;
  const plain = uniformByInputs(kernel * inputs);
  const weight = scope.parameter(
    "weight",
    [kernel, inputs, outputs],
    options.initialise ?? plain,
  ) as tf.Tensor;
  const offset = bias ? (scope.parameter("bias", [outputs], plain) as tf.Tensor as tf.Tensor1D) : null;
  return (x) => {
    const sum = tapConvolution(x as tf.Tensor3D, weight as tf.Tensor3D, dilation);
    return offset === null ? sum : (addBias(sum, offset) as tf.Tensor3D);
  };
}

/** An affine map of the channels at every time. @returns `[…, inputs]` → `[…, outputs]` */
export function pointwise(
  scope: Scope,
  inputs: number,
  outputs: number,
  options: { readonly bias?: boolean; readonly initialise?: Initialiser } = {},
): (x: tf.Tensor) => tf.Tensor {
  const plain = uniformByInputs(inputs);
  const weight = scope.parameter("weight", [inputs, outputs], options.initialise ?? plain) as tf.Tensor;
  const offset = options.bias === false ? null : scope.parameter("bias", [outputs], plain);
  return (x) => {
    const product = project(x, weight as tf.Tensor2D);
    return offset === null ? product : addBias(product, offset as tf.Tensor as tf.Tensor1D);
  };
}

/** Group normalisation. @returns `[batch, time, channels]` → the same */
export function groupNorm(scope: Scope, channels: number, groups: number): (x: tf.Tensor) => tf.Tensor3D {
  const scale = scope.parameter("weight", [channels], constant(1)) as tf.Tensor as tf.Tensor1D;
  const offset = scope.parameter("bias", [channels], constant(0)) as tf.Tensor as tf.Tensor1D;
  return (x) => normaliseGroups(x as tf.Tensor3D, scale, offset, groups);
}
