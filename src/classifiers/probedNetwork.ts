import * as tf from "@tensorflow/tfjs-core";
import type { ProbedNetwork } from "../neural/backend/probe.ts";
import { Adam } from "../neural/training/adam.ts";
import { lossOf } from "../neural/training/loop.ts";
import { createRandom } from "../signal/random.ts";
import type { Classifier } from "./architecture.ts";

/** A classifier with a batch of noise, to measure how long its training steps take. */
export function probedNetwork(classifier: Classifier, batch: number, length: number): ProbedNetwork {
  const noise = new Float32Array(batch * length);
  createRandom(1).addNormal(noise, 1);
  const signals = tf.tensor2d(noise, [batch, length]);
  const labels = Uint8Array.from({ length: batch }, (_, index) => index % 2);
  const adam = new Adam(
    classifier.parameters.map(({ variable }) => variable),
    { learningRate: 1e-3 },
  );
  return {
    async step() {
      const { loss, gradientNorm } = adam.minimise(() =>
        lossOf(classifier.forward(signals, { training: true, random: createRandom(2) }), labels, 1),
      );
      await loss.data();
      tf.dispose([loss, gradientNorm]);
    },
    dispose() {
      adam.dispose();
      classifier.dispose();
      signals.dispose();
    },
  };
}
