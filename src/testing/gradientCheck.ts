import * as tf from "@tensorflow/tfjs-core";
import { type DifferentiableCase, normalTensor } from "../neural/ops/differentiable.ts";

/** How far the two gradients of one input lie apart. */
export interface GradientError {
  readonly input: number;
  /** Largest difference over the largest size of the numerical gradient. */
  readonly relative: number;
}

/** Step of the central differences: single precision loses less than it gains by curvature. */
const step = 1e-2;

/**
 * Compares the gradients of Σ weights · f(inputs), the weights drawn at random, with central differences, input by input
 * and element by element.
 */
export function gradientErrors({ shapes, open }: DifferentiableCase, seed = 1): GradientError[] {
  const { run, dispose } = open();
  const errors = tf.tidy(() => {
    const inputs = shapes.map((shape, index) => normalTensor(shape, seed + index));
    const weights = normalTensor(run(...inputs).shape, seed + shapes.length);
    const score = (...given: tf.Tensor[]) => tf.sum(tf.mul(run(...given), weights)) as tf.Scalar;
    const analytical = tf.grads(score)(inputs);
    return inputs.map((input, index) => {
      const values = input.dataSync();
      const own = analytical[index].dataSync();
      let [worst, largest] = [0, 0];
      values.forEach((_, element) => {
        const moved = (by: number) =>
          tf.tidy(() => {
            const changed = Float32Array.from(values);
            changed[element] += by;
            const others = inputs.map((other, at) =>
              at === index ? tf.tensor(changed, input.shape) : other,
            );
            return score(...others).dataSync()[0];
          });
        const numerical = (moved(step) - moved(-step)) / (2 * step);
        worst = Math.max(worst, Math.abs(numerical - own[element]));
        largest = Math.max(largest, Math.abs(numerical));
      });
      return { input: index, relative: worst / Math.max(largest, 1e-6) };
    });
  });
  dispose?.();
  return errors;
}
