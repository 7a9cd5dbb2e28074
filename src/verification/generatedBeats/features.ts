import type { ClassifierForward } from "../../classifiers/architecture.ts";
import { beatLstm } from "../../classifiers/beatLstm.ts";
import { beatClasses } from "../../domain/libraryRecord.ts";
import { resolveValues, type Values } from "../../domain/schema.ts";
import { beatSamples } from "../../experiments/syntheticBeats/beatSets.ts";
import { predictedClasses } from "../../experiments/syntheticBeats/patientWindow.ts";
import { probabilitiesFor } from "../../experiments/syntheticBeats/scores.ts";
import { logitsOf } from "../../neural/training/evaluate.ts";
import { trainNetwork } from "../../neural/training/loop.ts";
import { trainingPlan, trainingSchema } from "../../neural/training/schema.ts";
import { subset } from "../../neural/training/signalSet.ts";
import { type NamedArray, readWeights, writeWeights } from "../../neural/training/weights.ts";
import { createRandom } from "../../signal/random.ts";
import { type BeatSource, balanced, type Rows, shownClasses } from "./sources.ts";

/** Numbers of a beat's features: the last state. */
const size = 32;

/** PGAN's LSTM in a sixteenth of its width. */
export const featureValues: Values = { recurrentUnits: String(size) };
export const featureTraining: Values = {
  learningRate: 3e-3,
  batchSize: 32,
  epochs: 6,
  evaluateEvery: 1,
  patience: 6,
  maskRatio: 0,
  maxShiftRatio: 0,
};
const seed = 7;
const mostOfClass = 1500;
/** Every tenth beat decides which epoch is kept. */
const validationEvery = 10;
const outputs = beatClasses.length;
/** Beats in a batch of reading. */
const readAtOnce = 256;

const build = () =>
  beatLstm.build(resolveValues(beatLstm.hyperparameters, featureValues), {
    length: beatSamples,
    outputs,
    random: createRandom(seed),
  });

/** Weights of a network that tells the five AAMI classes of a source's other people apart. */
export async function learnedFeatures({ others }: BeatSource): Promise<readonly NamedArray[]> {
  const set = balanced(others, mostOfClass);
  const rows = Array.from({ length: set.count }, (_, row) => row);
  const isValidation = (row: number) => row % validationEvery === 0;
  const network = build();
  await trainNetwork(
    network,
    subset(
      set,
      rows.filter((row) => !isValidation(row)),
    ),
    subset(set, rows.filter(isValidation)),
    trainingPlan(resolveValues(trainingSchema, featureTraining)),
    seed,
    { stopped: () => false },
  );
  const weights = await readWeights(network);
  network.dispose();
  return weights;
}

/** What computes features, and how well its network tells the classes that are generated. */
export interface FeatureReader {
  features(beats: Rows): Promise<Rows>;
  /** Of the five AAMI classes, `[count, 5]`. */
  probabilities(beats: Rows): Promise<Float32Array>;
  /** Share of held-out beats of each class that it calls by their class. */
  recognised(source: BeatSource): Promise<Readonly<Record<string, number>>>;
  dispose(): void;
}

export function featureReader(weights: readonly NamedArray[]): FeatureReader {
  const network = build();
  writeWeights(network, weights);
  const probabilities = async ({ values }: Rows) =>
    (await probabilitiesFor(
      network,
      values,
      { outputs, batchSize: readAtOnce },
      () => false,
    )) as Float32Array;
  return {
    probabilities,
    async features({ values, count, length }) {
      const { parameters, buffers } = network;
      const read = { forward: network.features as ClassifierForward, parameters, buffers };
      const found = await logitsOf(read, { signals: values, count, length }, readAtOnce);
      return { values: found as Float32Array, count, length: size };
    },
    async recognised({ classes }) {
      const shares: Record<string, number> = {};
      for (const beatClass of shownClasses) {
        const called = predictedClasses(await probabilities(classes[beatClass].heldOut));
        const label = beatClasses.indexOf(beatClass);
        shares[beatClass] = called.filter((each) => each === label).length / called.length;
      }
      return shares;
    },
    dispose: () => network.dispose(),
  };
}
