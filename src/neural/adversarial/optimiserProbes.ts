import * as tf from "@tensorflow/tfjs-core";
import { type GradientProbe, readAndDispose } from "../backend/agreement.ts";
import { normalTensor } from "../ops/differentiable.ts";
import { Adam } from "../training/adam.ts";
import type { Optimiser } from "./optimiser.ts";
import { RmsProp } from "./rmsProp.ts";

/**
 * Shapes of which devices lay out each in another way; one is larger than what is left to loops on wasm, and all are more
 * than a graphics device binds to one program.
 */
const shapes = [[3, 5, 7], [130, 130], [11], [1], [2, 3], [4], [5], [6], [7], [8]] as const;

/** Where some variables have come after a few steps down the sum of their fourth powers. */
function optimiserProbe(name: string, open: (variables: tf.Variable[]) => Optimiser): GradientProbe {
  return {
    name,
    async gradients() {
      const variables = shapes.map((shape, index) =>
        tf.tidy(() => tf.variable(normalTensor(shape, index + 1))),
      );
      const optimiser = open(variables);
      for (let step = 0; step < 3; step++) {
        const { loss, gradientNorm } = optimiser.minimise(
          () =>
            tf.addN(
              variables.map((variable) => tf.sum(tf.square(tf.square(variable as tf.Tensor)))),
            ) as tf.Scalar,
        );
        tf.dispose([loss, gradientNorm]);
      }
      optimiser.dispose();
      return readAndDispose(variables);
    },
  };
}

/** What optimisers do, to be compared between backends beside the gradients. */
export const optimiserProbes: readonly GradientProbe[] = [
  optimiserProbe("Adam", (variables) => new Adam(variables, { learningRate: 0.01, clipNorm: 50 })),
  optimiserProbe(
    "Adam with decaying weights",
    (variables) => new Adam(variables, { learningRate: 0.01, weightDecay: 0.1 }),
  ),
  optimiserProbe("RMSprop", (variables) => new RmsProp(variables, { learningRate: 0.01 })),
];
