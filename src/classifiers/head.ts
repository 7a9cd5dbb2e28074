import * as tf from "@tensorflow/tfjs-core";
import { dropout } from "../neural/layers/dropout.ts";
import { linear } from "../neural/layers/linear.ts";
import type { Mode, Scope } from "../neural/layers/scope.ts";

/**
 * The paper's head under every backbone: linear to 32, rectifier, dropout 0.25, linear to the logits.
 * @returns `[batch, inputs]` → `[batch, outputs]`
 */
export function head(
  scope: Scope,
  inputs: number,
  outputs: number,
): (features: tf.Tensor, mode: Mode) => tf.Tensor2D {
  const first = linear(scope.within("linear1"), inputs, 32);
  const last = linear(scope.within("linear2"), 32, outputs);
  return (features, mode) => last(dropout(tf.relu(first(features)), 0.25, mode)) as tf.Tensor2D;
}
