import type { Classifier } from "../../classifiers/architecture.ts";
import { beatResNet } from "../../classifiers/beatResNet.ts";
import { probedNetwork } from "../../classifiers/probedNetwork.ts";
import { Failure } from "../../domain/failure.ts";
import { resolveValues } from "../../domain/schema.ts";
import { rowsAt, type SignalRows } from "../../evaluation/closeness/signalRows.ts";
import type { ProbedNetwork } from "../../neural/backend/probe.ts";
import { stepsPerEpoch } from "../../neural/training/batches.ts";
import { logitsOf } from "../../neural/training/evaluate.ts";
import { trainNetwork } from "../../neural/training/loop.ts";
import type { TrainingPlan } from "../../neural/training/schema.ts";
import { type NamedArray, readWeights, writeWeights } from "../../neural/training/weights.ts";
import { createRandom } from "../../signal/random.ts";
import { stepsOfClassifier, stepsOfPasses } from "../plannedSteps.ts";

/** Rows with the class of each, 0 to the number of classes less one. */
export interface LabelledRows {
  readonly rows: SignalRows;
  readonly labels: Uint8Array;
}

export interface NetworkHooks {
  /** Asked before every step. */
  stopped(): boolean;
  /** Told the share of the training that is done at most, 0 to 1. */
  onShare?(share: number): void;
}

/** A network that judges rows, and the scaling by which it sees them. */
export interface SmallNetwork {
  /** Logits of rows, `[count, outputs]`; null where it was stopped. */
  logits(rows: SignalRows): Promise<Float32Array | null>;
  /** Its last hidden layer; null where it was stopped. */
  features(rows: SignalRows): Promise<SignalRows | null>;
  /** All that `restoredSmallNetwork` needs. */
  state(): Promise<NamedArray[]>;
  dispose(): void;
}

/** Long enough for a few thousand beats; early stopping ends most of them before. */
const plan: TrainingPlan = {
  batchSize: 32,
  learningRate: 1e-3,
  maskRatio: 0,
  maxShiftRatio: 0,
  epochs: 12,
  evaluateEvery: 2,
  patience: 2,
  clipNorm: 1,
};
/** Every so many rows one is kept for early stopping. */
const validationEvery = 5;
/** Blocks of a network for beats, and for longer rows. */
const [beatDepth, longDepth] = [3, 5];
const longRow = 400;

/**
 * Trains the residual network for beats in a small size to tell classes apart. A fifth of the rows decides when it stops.
 * @param width of its layers; 0.25 is 8 channels
 * @returns null where it was stopped
 * @throws Failure `too-few-rows` and `training-diverged`
 */
export async function trainSmallNetwork(
  { rows, labels }: LabelledRows,
  outputs: number,
  own: { readonly seed: number; readonly width?: number },
  hooks: NetworkHooks,
): Promise<SmallNetwork | null> {
  const { seed } = own;
  if (rows.count < 2 * validationEvery) {
    throw new Failure(
      "too-few-rows",
      `${rows.count} rows are too few to train a classifier.`,
      "rows",
      "Choose more beats or recordings.",
    );
  }
  const scale = scaleOf(rows);
  const order = Array.from({ length: rows.count }, (_, row) => row);
  const random = createRandom(seed, 61);
  for (let place = order.length - 1; place > 0; place--) {
    const drawn = random.integer(place + 1);
    [order[place], order[drawn]] = [order[drawn], order[place]];
  }
  const setOf = (chosen: number[]) => ({
    signals: scaled(rowsAt(rows, chosen), scale).values,
    labels: Uint8Array.from(chosen, (row) => labels[row]),
    count: chosen.length,
    length: rows.length,
  });
  const training = setOf(order.filter((_, place) => place % validationEvery !== 0));
  const validation = setOf(order.filter((_, place) => place % validationEvery === 0));
  const network = smallClassifier({ length: rows.length, outputs, ...own });
  const steps = smallNetworkSteps(training.count);
  const { outcome } = await trainNetwork(network, training, validation, plan, seed, {
    stopped: hooks.stopped,
    onSteps: (position) => hooks.onShare?.(position / steps),
  });
  if (outcome.kind === "cancelled") {
    network.dispose();
    return null;
  }
  if (outcome.kind === "diverged") {
    network.dispose();
    throw new Failure(
      "training-diverged",
      outcome.reason,
      "classifier",
      "Look for rows of absurd amplitude in both sets.",
    );
  }
  return judging(network, scale, hooks);
}

/** Steps of a training that never stops early. @param rows those that are not kept for early stopping */
const smallNetworkSteps = (rows: number) => plan.epochs * stepsPerEpoch(rows, Math.min(plan.batchSize, rows));

/** The training of a small network, before it begins. */
export interface SmallTraining {
  /** At most, with what it judges counted as steps. */
  readonly steps: number;
  open(): ProbedNetwork;
}

/**
 * What a training takes.
 * @param rows   that are learned from, those for early stopping included
 * @param judged rows that are judged afterwards
 */
export const smallTraining = (rows: number, judged: number, form: SmallForm): SmallTraining => ({
  steps:
    stepsOfClassifier(plan, rows - rows / validationEvery, rows / validationEvery / plan.evaluateEvery) +
    stepsOfPasses(judged, plan.batchSize),
  open: () => probedNetwork(smallClassifier(form), plan.batchSize, form.length),
});

interface SmallForm {
  /** Samples of a row. */
  readonly length: number;
  readonly outputs: number;
  readonly width?: number;
  readonly seed?: number;
}

function smallClassifier({ length, outputs, width = 0.25, seed = 0 }: SmallForm): Classifier {
  const values = resolveValues(beatResNet.hyperparameters, {
    depth: length > longRow ? longDepth : beatDepth,
    width,
  });
  return beatResNet.build(values, { length, outputs, random: createRandom(seed, 62) });
}

/** A small network as its training left it. */
export function restoredSmallNetwork(
  arrays: readonly NamedArray[],
  form: Omit<SmallForm, "seed">,
  hooks: NetworkHooks,
): SmallNetwork {
  const network = smallClassifier(form);
  writeWeights(network, arrays);
  const [mean, deviation] = arrays.find(({ name }) => name === scaleName)?.values ?? [0, 1];
  return judging(network, { mean, deviation }, hooks);
}

/** Name of mean and deviation among the arrays of a state. */
const scaleName = "scale";

function judging(network: Classifier, scale: Scale, hooks: NetworkHooks): SmallNetwork {
  const { parameters, buffers, features } = network;
  const through = (forward: Classifier["forward"], rows: SignalRows) => {
    const { values, count, length } = scaled(rows, scale);
    const set = { signals: values, count, length };
    return logitsOf({ forward, parameters, buffers }, set, 4 * plan.batchSize, hooks.stopped);
  };
  return {
    logits: (rows) => through(network.forward, rows),
    async features(rows) {
      const values = features === undefined ? null : await through(features, rows);
      return values === null ? null : { values, count: rows.count, length: values.length / rows.count };
    },
    async state() {
      const values = Float32Array.of(scale.mean, scale.deviation);
      return [...(await readWeights(network)), { name: scaleName, shape: [2], values }];
    },
    dispose: () => network.dispose(),
  };
}

interface Scale {
  readonly mean: number;
  readonly deviation: number;
}

/** Of all samples together, so that levels and heights stay what they are to each other. */
function scaleOf({ values }: SignalRows): Scale {
  let [sum, squares] = [0, 0];
  for (const value of values) sum += value;
  const mean = sum / values.length;
  for (const value of values) squares += (value - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / values.length) || 1 };
}

const scaled = (rows: SignalRows, { mean, deviation }: Scale): SignalRows => ({
  ...rows,
  values: rows.values.map((value) => (value - mean) / deviation),
});

/** The class of the largest logit of every row. */
export function decisionsOf(logits: Float32Array, outputs: number): Uint8Array {
  return Uint8Array.from({ length: logits.length / outputs }, (_, row) => {
    let best = 0;
    for (let output = 1; output < outputs; output++) {
      if (logits[row * outputs + output] > logits[row * outputs + best]) best = output;
    }
    return best;
  });
}
