import * as tf from "@tensorflow/tfjs-core";
import { createRandom } from "../../signal/random.ts";
import { breathe } from "./breathe.ts";
import type { TrainableNetwork } from "./network.ts";
import type { SignalSet } from "./signalSet.ts";

/**
 * Logits of all recordings of a set, without dropout or augmentation.
 * @param stopped asked between batches; where it says so the rest is left out and null is returned
 * @returns `[count, outputs]`
 */
export async function logitsOf(
  network: TrainableNetwork,
  { signals, count, length }: Pick<SignalSet, "signals" | "count" | "length">,
  batchSize: number,
  stopped: () => boolean = () => false,
): Promise<Float32Array | null> {
  const parts: Float32Array[] = [];
  for (let start = 0; start < count; start += batchSize) {
    if (stopped()) return null;
    const rows = Math.min(batchSize, count - start);
    const logits = tf.tidy(() => {
      const batch = tf.tensor2d(signals.subarray(start * length, (start + rows) * length), [rows, length]);
      return network.forward(batch, { training: false, random: createRandom(0) });
    });
    parts.push(Float32Array.from(await logits.data()));
    logits.dispose();
    await breathe();
  }
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** 1 / (1 + e^−x) without overflow. */
export const logistic = (x: number) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));

/** Probabilities of the positive class from single logits. */
export const probabilitiesOf = (logits: Float32Array): Float32Array => logits.map(logistic);

/** log(1 + e^x) without overflow. */
const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/**
 * The mean loss that training lowers, in double precision: weighted binary cross entropy for one output, cross entropy of
 * a softmax for several.
 */
export function meanLoss(logits: Float32Array, labels: Uint8Array, positiveWeight: number): number {
  const outputs = logits.length / labels.length;
  let sum = 0;
  labels.forEach((label, index) => {
    if (outputs === 1) {
      sum += label === 1 ? positiveWeight * softplus(-logits[index]) : softplus(logits[index]);
      return;
    }
    const row = logits.subarray(index * outputs, (index + 1) * outputs);
    const highest = Math.max(...row);
    const total = row.reduce((exponentials, logit) => exponentials + Math.exp(logit - highest), 0);
    sum += Math.log(total) + highest - row[label];
  });
  return sum / labels.length;
}
