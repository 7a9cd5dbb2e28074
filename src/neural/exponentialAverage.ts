import * as tf from "@tensorflow/tfjs-core";
import type { NamedVariable } from "./layers/scope.ts";

/** Power of the warm-up (as the released program of Núñez et al. 2024 has it). */
const warmUpPower = 0.75;

/**
 * The decay of an average at a step: it begins at 0, so that the first weights are soon forgotten, and rises to the largest.
 * @param position steps that were averaged before
 */
export const averageDecay = (position: number, largest: number): number =>
  Math.min(largest, 1 - (1 + position) ** -warmUpPower);

/**
 * Moves averages of weights towards the weights: average · decay + weight · (1 − decay). To be called outside of gradients.
 * @param averages of the same shapes in the same order
 */
export function moveAverages(
  averages: readonly NamedVariable[],
  weights: readonly NamedVariable[],
  decay: number,
): void {
  averages.forEach(({ variable }, index) => {
    tf.tidy(() => {
      const weight = weights[index].variable as tf.Tensor;
      variable.assign(tf.add(tf.mul(variable as tf.Tensor, decay), tf.mul(weight, 1 - decay)));
    });
  });
}
