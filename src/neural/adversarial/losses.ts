import * as tf from "@tensorflow/tfjs-core";
import type { Random } from "../../signal/random.ts";
import { binaryCrossEntropy } from "../training/losses.ts";

/** How the two networks play: by cross entropy (Goodfellow et al. 2014) or as critic (Arjovsky et al. 2017). */
export type AdversarialLoss = "crossEntropy" | "wasserstein";

const labels = (logits: tf.Tensor2D, value: number) => tf.fill(logits.shape, value) as tf.Tensor2D;

/**
 * What the discriminator makes small: the cross entropies of the real and the generated batch added, or the critic's mean
 * on generated beats less that on real ones.
 * @param onReal    logits `[batch, 1]`
 * @param onFake    logits `[batch, 1]`
 * @param smoothing what the label of real beats lacks of 1
 */
export function discriminatorLoss(
  kind: AdversarialLoss,
  onReal: tf.Tensor2D,
  onFake: tf.Tensor2D,
  smoothing: number,
): tf.Scalar {
  return kind === "wasserstein"
    ? tf.sub(tf.mean(onFake), tf.mean(onReal))
    : tf.add(
        binaryCrossEntropy(onReal, labels(onReal, 1 - smoothing)),
        binaryCrossEntropy(onFake, labels(onFake, 0)),
      );
}

/** What the generator makes small: −log D(G(z)), which does not saturate, or the critic's mean turned round. */
export function generatorLoss(kind: AdversarialLoss, onFake: tf.Tensor2D): tf.Scalar {
  return kind === "wasserstein" ? tf.neg(tf.mean(onFake)) : binaryCrossEntropy(onFake, labels(onFake, 1));
}

/** Beats between real and generated ones, each anywhere between its two. */
export function beatsBetween(real: tf.Tensor2D, fake: tf.Tensor2D, random: Random): tf.Tensor2D {
  const shares = Float32Array.from({ length: real.shape[0] }, () => random.uniform());
  return tf.add(fake, tf.mul(tf.sub(real, fake), tf.tensor2d(shares, [shares.length, 1])));
}

/**
 * The gradient penalty (Gulrajani et al., NeurIPS 2017): the mean of (slope − 1)² at `beatsBetween` real and generated
 * ones. The discriminator must judge every beat by itself: no batch normalisation.
 * @param judge `[batch, time]` → logits `[batch, 1]`
 */
export function gradientPenalty(judge: (beats: tf.Tensor2D) => tf.Tensor2D, between: tf.Tensor2D): tf.Scalar {
  const slopes = tf.grad((beats) => tf.sum(judge(beats as tf.Tensor2D)))(between);
  // The root has no slope at zero: a discriminator that does not move at all is kept off it.
  const norms = tf.sqrt(tf.add(tf.sum(tf.square(slopes), 1), 1e-12));
  return tf.mean(tf.square(tf.sub(norms, 1))) as tf.Scalar;
}
