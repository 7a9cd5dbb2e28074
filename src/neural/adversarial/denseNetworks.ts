import * as tf from "@tensorflow/tfjs-core";
import { uniform } from "../layers/initialisers.ts";
import { linear } from "../layers/linear.ts";
import type { Mode, Scope } from "../layers/scope.ts";
import { project } from "../ops/matMul.ts";
import type { Forward } from "./convolutionalNetworks.ts";
import { spectralNormalisation } from "./spectralNormalisation.ts";

/** Hidden numbers of both networks (released program of SimGAN). */
const hidden = 128;

/** @returns `[batch, latentSize]` → `[batch, length]` */
export function denseGenerator(scope: Scope, latentSize: number, length: number): Forward {
  const first = linear(scope.within("first"), latentSize, hidden);
  const last = linear(scope.within("last"), hidden, length);
  return (latents) => last(tf.relu(first(latents))) as tf.Tensor2D;
}

/** @returns `[batch, length]` → logits `[batch, 1]` */
export function denseDiscriminator(scope: Scope, length: number, isSpectral: boolean): Forward {
  const layer = isSpectral ? spectralLinear : linear;
  const first: (x: tf.Tensor, mode: Mode) => tf.Tensor = layer(scope.within("first"), length, hidden);
  const last: (x: tf.Tensor, mode: Mode) => tf.Tensor = layer(scope.within("last"), hidden, 1);
  return (beats, mode) => last(tf.relu(first(beats, mode)), mode) as tf.Tensor2D;
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
