import * as tf from "@tensorflow/tfjs-core";
import { project } from "../ops/matMul.ts";
import { type Initialiser, uniform } from "./initialisers.ts";
import type { Scope } from "./scope.ts";

/**
 * An affine map of the last axis, drawn as PyTorch draws it.
 * @returns `[…, inputs]` → `[…, outputs]`
 */
export function linear(
  scope: Scope,
  inputs: number,
  outputs: number,
  options: { readonly bias?: boolean; readonly initialise?: Initialiser } = {},
): (x: tf.Tensor) => tf.Tensor {
  const plain = uniform(1 / Math.sqrt(inputs));
  const weight = scope.parameter("weight", [inputs, outputs], options.initialise ?? plain) as tf.Tensor;
  const bias = options.bias === false ? null : scope.parameter("bias", [outputs], plain);
  return (x) => {
    const product = project(x, weight as tf.Tensor2D);
    return bias === null ? product : tf.add(product, bias);
  };
}
