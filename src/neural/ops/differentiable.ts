import * as tf from "@tensorflow/tfjs-core";
import { createRandom } from "../../signal/random.ts";
import { type GradientProbe, readAndDispose } from "../backend/agreement.ts";

/** A differentiable operation with the shapes of its inputs. */
export interface DifferentiableCase {
  readonly name: string;
  readonly shapes: readonly (readonly number[])[];
  /** Makes what the operation needs beside its inputs; it must outlive the gradients. */
  open(): OpenOperation;
}

export interface OpenOperation {
  run(...inputs: tf.Tensor[]): tf.Tensor;
  dispose?(): void;
}

/** Normal deviates of a shape, the same for a seed. */
export function normalTensor(shape: readonly number[], seed: number): tf.Tensor {
  const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
  createRandom(seed).addNormal(values, 1);
  return tf.tensor(values, [...shape]);
}

/** Gradients of an operation's inputs, for one seed of inputs and of what weighs its outputs. */
export function operationProbe({ name, shapes, open }: DifferentiableCase, seed = 1): GradientProbe {
  return {
    name,
    async gradients() {
      const { run, dispose } = open();
      const found = tf.tidy(() => {
        const inputs = shapes.map((shape, index) => normalTensor(shape, seed + index));
        const weights = normalTensor(run(...inputs).shape, seed + shapes.length);
        return tf.grads((...given) => tf.sum(tf.mul(run(...given), weights)))(inputs);
      });
      const values = await readAndDispose(found);
      dispose?.();
      return values;
    },
  };
}
