import * as tf from "@tensorflow/tfjs-core";
import { Adam, type AdamState } from "./adam.ts";
import { augmentedBatch, epochOrder, randomAt, stepsPerEpoch } from "./batches.ts";
import { breathe } from "./breathe.ts";
import { logitsOf, meanLoss } from "./evaluate.ts";
import { binaryCrossEntropy, softmaxCrossEntropy } from "./losses.ts";
import type { TrainableNetwork } from "./network.ts";
import type { TrainingPlan } from "./schema.ts";
import { countOf, type SignalSet } from "./signalSet.ts";
import { type NamedArray, readWeights, writeWeights } from "./weights.ts";

/** A validation, with the mean loss of the steps since the one before. */
export interface Validation {
  /** Epochs that were complete. */
  readonly epoch: number;
  readonly trainingLoss: number;
  readonly loss: number;
  /** Logits of the validation set, with its labels. */
  readonly logits: Float32Array;
  readonly labels: Uint8Array;
  readonly best: boolean;
}

/** Everything that a training needs to go on as if it had never stopped. */
export interface TrainingState {
  /** Steps that are done. */
  readonly position: number;
  readonly weights: readonly NamedArray[];
  readonly optimiser: AdamState;
  /** Weights of the best validation so far. */
  readonly best: {
    readonly epoch: number;
    readonly loss: number;
    readonly weights: readonly NamedArray[];
  } | null;
  /** Validations since the best one. */
  readonly withoutGain: number;
  /** Loss of every step. */
  readonly losses: Float32Array;
  readonly validations: readonly Omit<Validation, "logits" | "labels">[];
}

export type TrainingOutcome =
  | { readonly kind: "finished" | "stoppedEarly" | "cancelled" }
  | { readonly kind: "diverged"; readonly position: number; readonly reason: string };

export interface TrainingHooks {
  /** Asked before every step. */
  stopped(): boolean;
  /** Told of losses as they are read, a few steps at a time. */
  onSteps?(position: number, losses: readonly number[]): void;
  onValidation?(validation: Validation): void;
  /** Given a state to keep: at every best validation, when `checkpointDue` says so, and at the end. */
  onCheckpoint?(state: TrainingState): Promise<void>;
  /** Whether it is time for a checkpoint. */
  checkpointDue?(): boolean;
}

/** Losses that may wait on the device before they are read: reading waits for it. */
const readEvery = 16;

/**
 * Trains a network with Adam, or AdamW, on augmented batches, validates every few epochs, stops early, and leaves the weights of the
 * best validation in it. All that is random depends on the seed and the step alone: stopped and resumed it takes the same
 * course, on wasm and cpu to the last bit.
 * @param from where an earlier call stopped; null for the start
 */
export async function trainNetwork(
  network: TrainableNetwork,
  training: SignalSet,
  validation: SignalSet,
  plan: TrainingPlan,
  seed: number,
  hooks: TrainingHooks,
  from: TrainingState | null = null,
): Promise<{ readonly outcome: TrainingOutcome; readonly state: TrainingState }> {
  const variables = network.parameters.map(({ variable }) => variable);
  const { learningRate, weightDecay = 0, leastGain = 0, clipNorm } = plan;
  const adam = new Adam(variables, { learningRate, weightDecay, ...(clipNorm > 0 ? { clipNorm } : {}) });
  const positiveWeight = countOf(training, 0) / Math.max(1, countOf(training, 1));
  const batchSize = Math.min(plan.batchSize, training.count);
  const steps = stepsPerEpoch(training.count, batchSize);
  const losses: number[] = Array.from(from?.losses ?? []);
  const validations = [...(from?.validations ?? [])];
  let position = from?.position ?? 0;
  let best = from?.best ?? null;
  let withoutGain = from?.withoutGain ?? 0;
  if (from !== null) {
    writeWeights(network, from.weights);
    adam.restore(from.optimiser);
  }

  const capture = async (): Promise<TrainingState> => ({
    position,
    weights: await readWeights(network),
    optimiser: await adam.state(),
    best,
    withoutGain,
    losses: Float32Array.from(losses),
    validations: [...validations],
  });

  const step = (rows: Uint32Array): tf.Scalar =>
    tf.tidy(() => {
      const batch = augmentedBatch(training, rows, plan, seed, position);
      const signals = tf.tensor2d(batch.signals, [batch.count, training.length]);
      const random = randomAt(seed, "dropout", position);
      const { loss } = adam.minimise(() => {
        const logits = network.forward(signals, { training: true, random });
        return lossOf(logits, batch.labels, positiveWeight, plan.classWeights);
      });
      return loss;
    });

  const run = async (): Promise<TrainingOutcome> => {
    const waiting: tf.Scalar[] = [];
    /** Reads what waits; the position of the first loss that is no number, or null. */
    const read = async (): Promise<number | null> => {
      if (waiting.length === 0) return null;
      const stacked = tf.stack(waiting);
      const values = Array.from(await stacked.data());
      tf.dispose([stacked, ...waiting.splice(0)]);
      const lost = values.findIndex((value) => !Number.isFinite(value));
      const sound = lost < 0 ? values : values.slice(0, lost);
      losses.push(...sound);
      hooks.onSteps?.(losses.length, sound);
      return lost < 0 ? null : losses.length;
    };
    const diverged = (at: number): TrainingOutcome => ({
      kind: "diverged",
      position: at,
      reason: `The loss of step ${at + 1} is no number. A lower learning rate or gradient clipping helps.`,
    });

    /** Steps up to the end of the epoch; null when all are done. */
    const takeEpoch = async (): Promise<TrainingOutcome | null> => {
      const order = epochOrder(training.count, seed, Math.floor(position / steps));
      for (let index = position % steps; index < steps; index++) {
        if (hooks.stopped()) {
          const lost = await read();
          return lost === null ? { kind: "cancelled" } : diverged(lost);
        }
        waiting.push(step(order.subarray(index * batchSize, (index + 1) * batchSize)));
        position++;
        const due = hooks.checkpointDue?.() === true;
        if (waiting.length >= readEvery || due || index === steps - 1) {
          const lost = await read();
          if (lost !== null) return diverged(lost);
        }
        if (due) await hooks.onCheckpoint?.(await capture());
        await breathe();
      }
      return null;
    };

    const validate = async (complete: number): Promise<TrainingOutcome | null> => {
      const logits = await logitsOf(network, validation, plan.batchSize, hooks.stopped);
      if (logits === null) return { kind: "cancelled" };
      const loss = meanLoss(logits, validation.labels, positiveWeight);
      if (!Number.isFinite(loss)) return diverged(position - 1);
      const since = losses.slice((validations.at(-1)?.epoch ?? 0) * steps);
      const isBest = best === null || loss < best.loss - leastGain;
      withoutGain = isBest ? 0 : withoutGain + 1;
      if (isBest) best = { epoch: complete, loss, weights: await readWeights(network) };
      const trainingLoss = since.reduce((sum, value) => sum + value, 0) / since.length;
      const record = { epoch: complete, trainingLoss, loss, best: isBest };
      validations.push(record);
      hooks.onValidation?.({ ...record, logits, labels: validation.labels });
      if (isBest) await hooks.onCheckpoint?.(await capture());
      return null;
    };

    for (;;) {
      // A training may have been stopped between the last step of an epoch and its validation.
      const complete = position / steps;
      const isDue = complete % plan.evaluateEvery === 0 || complete === plan.epochs;
      if (complete > (validations.at(-1)?.epoch ?? 0) && isDue) {
        const ended = await validate(complete);
        if (ended !== null) return ended;
      }
      if (withoutGain >= plan.patience) return { kind: "stoppedEarly" };
      if (position >= plan.epochs * steps) return { kind: "finished" };
      const ended = await takeEpoch();
      if (ended !== null) return ended;
    }
  };

  try {
    const outcome = await run();
    const state = await capture();
    if (outcome.kind !== "cancelled" && best !== null) writeWeights(network, best.weights);
    return { outcome, state };
  } finally {
    adam.dispose();
  }
}

/**
 * What a step of training lowers.
 * @param positiveWeight of a label 1 where there is one output
 * @param classWeights   of each class where there are several; all alike where not given
 */
export function lossOf(
  logits: tf.Tensor2D,
  labels: Uint8Array,
  positiveWeight: number,
  classWeights?: readonly number[],
): tf.Scalar {
  const outputs = logits.shape[1];
  if (outputs === 1) {
    const targets = tf.tensor2d(Float32Array.from(labels), [labels.length, 1]);
    return binaryCrossEntropy(logits, targets, positiveWeight);
  }
  const targets = new Float32Array(labels.length * outputs);
  labels.forEach((label, row) => {
    targets[row * outputs + label] = 1;
  });
  const weights = classWeights && tf.tensor1d([...classWeights]);
  return softmaxCrossEntropy(logits, tf.tensor2d(targets, [labels.length, outputs]), weights);
}
