import type * as tf from "@tensorflow/tfjs-core";
import type { Mode, NamedVariable } from "../layers/scope.ts";

/** What the training loop needs of a network; a classifier is one. */
export interface TrainableNetwork {
  /** `[batch, time]` → logits `[batch, outputs]` */
  forward(signals: tf.Tensor2D, mode: Mode): tf.Tensor2D;
  readonly parameters: readonly NamedVariable[];
  readonly buffers: readonly NamedVariable[];
}
