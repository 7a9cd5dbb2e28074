import * as tf from "@tensorflow/tfjs-core";
import { optimiserArrays, restoreOptimiser } from "../../neural/adversarial/optimiser.ts";
import {
  balancedRows,
  labelsOfBatch,
  rowsOf,
  type SignalPool,
} from "../../neural/adversarial/realBatches.ts";
import type { Mode } from "../../neural/layers/scope.ts";
import { Adam } from "../../neural/training/adam.ts";
import { fallingRate } from "../../neural/training/fallingRate.ts";
import {
  type NamedArray,
  prefixed,
  readWeights,
  under,
  writeWeights,
} from "../../neural/training/weights.ts";
import { type BandName, bandNames } from "./bandSplit.ts";
import { drawsFor } from "./draws.ts";
import { drawnMasks, maskedTokens } from "./maskSchedule.ts";
import type { TimeVqVaeModel } from "./model.ts";
import { tokenTable } from "./tokenTable.ts";

export interface TimeVqVaePlan {
  readonly batchSize: number;
  /** Largest rate of each stage. */
  readonly learningRate: number;
  readonly weightDecay: number;
  /** Share of a stage in which its rate rises from 0. */
  readonly warmUp: number;
  readonly commitment: number;
  /** Steps of both stages together, and of the first alone. */
  readonly iterations: number;
  readonly tokeniserSteps: number;
  /** Batches from whose vectors the codes begin; 0 to begin with normal deviates. */
  readonly clusteredBatches: number;
  /** Share of the rows of stage 2 whose class is hidden. */
  readonly hiddenClasses: number;
  readonly seed: number;
}

/** What both stages learn from, scaled. */
export interface LabelledPool extends SignalPool {
  readonly labels: Uint8Array;
}

/** What a step tells. That which the other stage trains stays as it was. */
export const timeVqVaeMeasures = [
  "reconstructionLoss",
  "commitmentLoss",
  "lowPerplexity",
  "highPerplexity",
  "lowPriorLoss",
  "highPriorLoss",
] as const;

/** Rate of a step of a stage: it rises in a line, then falls as a cosine. */
export function rateAt(
  step: number,
  steps: number,
  { learningRate, warmUp }: Pick<TimeVqVaePlan, "learningRate" | "warmUp">,
): number {
  const rising = Math.ceil(warmUp * steps);
  if (step < rising) return (learningRate * (step + 1)) / rising;
  return learningRate * fallingRate((step - rising) / Math.max(1, steps - rising));
}

/** A training in two stages, one step at a time. */
export interface TimeVqVaeTraining {
  /**
   * A step of the tokeniser before `tokeniserSteps`, of the priors from there on. All that is random depends on the seed and
   * the position alone.
   * @returns `[measures]`; the caller disposes of it
   */
  step(position: number): tf.Tensor1D;
  state(): Promise<NamedArray[]>;
  /** @throws Failure `weights-mismatch` */
  restore(state: readonly NamedArray[]): void;
  dispose(): void;
}

export function timeVqVaeTraining(
  model: TimeVqVaeModel,
  pool: LabelledPool,
  plan: TimeVqVaePlan,
): TimeVqVaeTraining {
  const { split, tokenisers, priors, stages } = model;
  const { seed, batchSize, tokeniserSteps } = plan;
  const { low, high } = tokenisers;
  const options = { learningRate: plan.learningRate, weightDecay: plan.weightDecay };
  const optimisers = {
    tokeniser: new Adam(
      stages.tokeniser.parameters.map(({ variable }) => variable),
      options,
    ),
    prior: new Adam(
      stages.prior.parameters.map(({ variable }) => variable),
      options,
    ),
  };
  // What a guess among all codes costs, until the priors have been asked.
  const before = [0, 0, 1, 1, Math.log(low.codes), Math.log(high.codes)];
  const told = tf.tidy(() => tf.variable(tf.tensor1d(before), false));
  const toldVariable = { name: "measures", variable: told };

  const modeAt = (position: number): Mode => ({
    training: true,
    random: drawsFor(seed, "dropout", position),
  });
  const classes = model.noClass;
  const rowsAt = balancedRows(pool.labels, classes, batchSize, seed);
  const partsAt = (position: number) =>
    split.split(tf.tensor2d(rowsOf(pool, rowsAt(position)), [batchSize, pool.length]));
  const table = tokenTable(model, pool);

  /** Puts the codes of both parts where vectors of the first batches are. */
  const clusterCodes = () =>
    tf.tidy(() => {
      const random = drawsFor(seed, "clustering");
      const found = Array.from({ length: plan.clusteredBatches }, (_, batch) => {
        const parts = partsAt(batch);
        return bandNames.map((band) => tokenisers[band].encode(parts[band].image, modeAt(batch)));
      });
      bandNames.forEach((band, at) => {
        const vectors = tf.concat(found.map((each) => each[at]));
        tokenisers[band].quantiser.initialise(vectors, plan.clusteredBatches, random);
      });
    });

  /** What the first stage has found, given to the priors before they learn. */
  const embedCodes = () =>
    tf.tidy(() => {
      const random = drawsFor(seed, "priorWeights", 1);
      const codes = bandNames.map((band) => {
        const { quantiser, codes: count } = tokenisers[band];
        return quantiser.codesOf(tf.range(0, count, 1, "int32")) as tf.Tensor2D;
      });
      bandNames.forEach((band, at) => {
        priors[band].embedCodes(codes[at], codes[0], random);
      });
    });

  const tokeniserStep = (position: number): tf.Tensor[] => {
    if (position === 0 && plan.clusteredBatches > 0) clusterCodes();
    const parts = partsAt(position);
    const mode = modeAt(position);
    let kept: tf.Tensor[] = [];
    const { loss, gradientNorm } = optimisers.tokeniser.minimise(
      () => {
        const [lower, higher] = bandNames.map((band) =>
          tokenisers[band].reconstruct(parts[band].image, mode),
        );
        const error = tf.add(
          tf.mean(tf.square(tf.sub(lower.signal, parts.low.signal))),
          tf.mean(tf.abs(tf.sub(higher.signal, parts.high.signal))),
        );
        const commitment = tf.add(lower.commitment, higher.commitment);
        kept = [error, commitment, lower.vectors, higher.vectors].map((each) => tf.keep(tf.clone(each)));
        return tf.add(error, tf.mul(commitment, plan.commitment)) as tf.Scalar;
      },
      rateAt(position, tokeniserSteps, plan),
    );
    const [error, commitment, ...vectors] = kept.map(released);
    const random = drawsFor(seed, "revival", position);
    bandNames.forEach((band, at) => {
      tokenisers[band].quantiser.update(vectors[at] as tf.Tensor2D, random);
    });
    tf.dispose([loss, gradientNorm]);
    const perplexities = [low.quantiser.perplexity(), high.quantiser.perplexity()];
    return [error, commitment, ...perplexities, ...tf.split(tf.slice(told, 4, 2), 2)];
  };

  const priorStep = (position: number): tf.Tensor[] => {
    if (position === tokeniserSteps) embedCodes();
    const labels = labelsOfBatch(position, batchSize, classes);
    const mode = modeAt(position);
    const found = table.of(rowsAt(position));
    const tokens = bandNames.map((band) => found[band]);
    const asked = tf.tensor1d(hidden(labels, model.noClass, plan.hiddenClasses, position), "int32");
    const random = drawsFor(seed, "masks", position);
    const masks = bandNames.map((band) => {
      const { count } = tokenisers[band].grid;
      return tf.tensor2d(drawnMasks(labels.length, count, random), [labels.length, count]);
    });
    let kept: tf.Tensor[] = [];
    const { loss, gradientNorm } = optimisers.prior.minimise(
      () => {
        const losses = bandNames.map((band: BandName, at) => {
          const seen = maskedTokens(tokens[at], masks[at], tokenisers[band].codes);
          const logits = priors[band].logits(seen, asked, band === "high" ? tokens[0] : null, mode);
          return maskedCrossEntropy(logits, tokens[at], masks[at]);
        });
        kept = losses.map((each) => tf.keep(tf.clone(each)));
        return tf.add(losses[0], losses[1]) as tf.Scalar;
      },
      rateAt(position - tokeniserSteps, plan.iterations - tokeniserSteps, plan),
    );
    tf.dispose([loss, gradientNorm]);
    return [...tf.split(tf.slice(told, 0, 4), 4), ...kept.map(released)];
  };

  /** Rows whose class is hidden have the number after the last one. */
  const hidden = (labels: Uint8Array, none: number, share: number, position: number): Int32Array => {
    const random = drawsFor(seed, "classes", position);
    return Int32Array.from(labels, (label) => (random.uniform() < share ? none : label));
  };

  const stageNames = ["tokeniser", "prior"] as const;
  return {
    step: (position) =>
      tf.tidy(() => {
        const values = position < tokeniserSteps ? tokeniserStep(position) : priorStep(position);
        told.assign(tf.concat(values.map((each) => tf.reshape(each, [1]))));
        return tf.clone(told as tf.Tensor) as tf.Tensor1D;
      }),
    async state() {
      const parts = stageNames.map(async (stage) => [
        ...prefixed(`generator.${stage}`, await readWeights(stages[stage])),
        ...prefixed(`${stage}Optimiser`, await optimiserArrays(optimisers[stage], stages[stage].parameters)),
      ]);
      const measures = await readWeights({ parameters: [], buffers: [toldVariable] });
      return [...(await Promise.all(parts)).flat(), ...measures];
    },
    restore(state) {
      table.forget();
      for (const stage of stageNames) {
        writeWeights(stages[stage], under(`generator.${stage}`, state));
        const own = under(`${stage}Optimiser`, state);
        restoreOptimiser(optimisers[stage], stages[stage].parameters, own, true);
      }
      writeWeights({ parameters: [], buffers: [toldVariable] }, state);
    },
    dispose() {
      for (const stage of stageNames) optimisers[stage].dispose();
      told.dispose();
      table.dispose();
    },
  };
}

/** Mean cross entropy of the masked tokens. `[batch, tokens, codes]`, int32 `[batch, tokens]`, `[batch, tokens]` */
function maskedCrossEntropy(logits: tf.Tensor3D, tokens: tf.Tensor2D, masks: tf.Tensor2D): tf.Scalar {
  const wanted = tf.cast(tf.oneHot(tokens, logits.shape[2]), "float32");
  const losses = tf.neg(tf.sum(tf.mul(wanted, tf.logSoftmax(logits)), 2)); // [batch, tokens]
  return tf.div(tf.sum(tf.mul(losses, masks)), tf.sum(masks)) as tf.Scalar;
}

/** A tensor that outlived the backward pass, given back to the step that it belongs to. */
function released(kept: tf.Tensor): tf.Tensor {
  const own = tf.clone(kept);
  kept.dispose();
  return own;
}
