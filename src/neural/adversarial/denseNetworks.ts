import * as tf from "@tensorflow/tfjs-core";
import { uniform } from "../layers/initialisers.ts";
import { linear } from "../layers/linear.ts";
import type { Mode, Scope } from "../layers/scope.ts";
import { project } from "../ops/matMul.ts";
import { type ConditionedInputs, withLoudClasses } from "./classConditions.ts";
import type { Forward } from "./convolutionalNetworks.ts";
import { spectralNormalisation } from "./spectralNormalisation.ts";

/** Hidden numbers of both networks (released program of SimGAN). */
const hidden = 128;

/** @returns `[batch, values + conditions]` → `[batch, length]` */
export function denseGenerator(scope: Scope, inputs: ConditionedInputs, length: number): Forward {
  const first = linear(scope.within("first"), inputs.values + inputs.conditions, hidden);
  const last = linear(scope.within("last"), hidden, length);
  return (latents) => last(tf.relu(first(withLoudClasses(latents, inputs)))) as tf.Tensor2D;
}

/** @returns `[batch, values + conditions]` → logits `[batch, 1]` */
export function denseDiscriminator(scope: Scope, inputs: ConditionedInputs, isSpectral: boolean): Forward {
  const width = inputs.values + inputs.conditions;
  const layer = isSpectral ? spectralLinear : linear;
  const first: (x: tf.Tensor, mode: Mode) => tf.Tensor = layer(scope.within("first"), width, hidden);
  const last: (x: tf.Tensor, mode: Mode) => tf.Tensor = layer(scope.within("last"), hidden, 1);
  return (beats, mode) => last(tf.relu(first(withLoudClasses(beats, inputs), mode)), mode) as tf.Tensor2D;
}

/** A linear layer whose weight has the largest singular value 1. */
export function spectralLinear(
  scope: Scope,
  inputs: number,
  outputs: number,
): (x: tf.Tensor, mode: Mode) => tf.Tensor {
  const plain = uniform(1 / Math.sqrt(inputs));
  const used = spectralNormalisation(scope, scope.parameter("weight", [inputs, outputs], plain));
  const bias = scope.parameter("bias", [outputs], plain) as tf.Tensor;
  return (x, mode) => tf.add(project(x, used(mode) as tf.Tensor2D), bias);
}
