import { architectureNamed } from "../../classifiers/architectureNamed.ts";
import { probedNetwork } from "../../classifiers/probedNetwork.ts";
import { resolveValues } from "../../domain/schema.ts";
import type { GeneratorModel } from "../../generators/generator.ts";
import { generatorNamed } from "../../generators/generatorNamed.ts";
import { generatorProbe } from "../../generators/generatorProbe.ts";
import type { ProbedNetwork } from "../../neural/backend/probe.ts";
import { stepsPerEpoch } from "../../neural/training/batches.ts";
import { breathe } from "../../neural/training/breathe.ts";
import { trainingPlan } from "../../neural/training/schema.ts";
import { createRandom } from "../../signal/random.ts";
import { canonicalJson } from "../canonical.ts";
import type { CellStore } from "../cellStore.ts";
import type { CellTraining, PlannedTraining } from "../protocol.ts";
import { addsNothing, baseAddress, beatCellAddress, generatorAddress, generatorNameOf } from "./addresses.ts";
import { beatSamples, countOfClass, samplesOfClass } from "./beatSets.ts";
import { cellGenerator } from "./makeAdded.ts";
import type { CellSets } from "./protocol.ts";
import {
  type BeatCheckpoint,
  type BeatEnvironment,
  beatCellValues,
  runBeatCell,
  setsOf,
} from "./runBeatCell.ts";
import type { BeatCell, BeatCellResult, PganCell, SimGanCell } from "./specification.ts";

/** What a cell needs, from a store. */
async function beatEnvironment(cell: BeatCell, store: CellStore): Promise<BeatEnvironment> {
  const generator = generatorNameOf(cell);
  return {
    classifier: await architectureNamed(cell.classifier.architecture),
    generator: generator === null ? null : await generatorNamed(generator),
    beats: (stopped) => store.beats(cell.source, stopped),
    shared: (address) => store.shared(address),
    keepShared: (address, arrays) => store.keepShared(address, arrays),
  };
}

/** The generator's hyper-parameters as they differ from its defaults, and its iterations. */
const trainingOf = (cell: BeatCell) => (cell.kind === "SimGAN" ? cell.added : cell);

const training: CellTraining<BeatCell, BeatCellResult> = {
  async check(cell) {
    beatCellValues(cell, await architectureNamed(cell.classifier.architecture));
    const generator = generatorNameOf(cell);
    if (generator === null) return;
    resolveValues((await generatorNamed(generator)).hyperparameters, trainingOf(cell).hyperparameters);
  },
  async probe(cell) {
    return classifierProbe(cell, cell.kind === "SimGAN" ? 2 : 5);
  },
  async planned(cells, data) {
    const planned: PlannedTraining[] = [];
    // Seeds and patients change which beats are trained on, but little how many: one of each class stands for all.
    const sets = new Map<string, CellSets>();
    for (const cell of cells) {
      const like = `${cell.kind} ${cell.target}`;
      if (!sets.has(like)) {
        const beats = await data.beats(cell.source, () => false);
        if (beats !== null) sets.set(like, setsOf(cell, beats));
      }
      const found = sets.get(like);
      if (found !== undefined) planned.push(...(await plannedTrainings(cell, found)));
      await breathe();
    }
    return planned;
  },
  async run(cell, store, hooks, checkpoint) {
    return runBeatCell(cell, await beatEnvironment(cell, store), hooks, checkpoint as BeatCheckpoint | null);
  },
};

/** Trains the cells of SimGAN's experiment. */
export const simGanTraining: CellTraining<SimGanCell, BeatCellResult> = training;
/** Trains the cells of PGAN's experiment. */
export const pganTraining: CellTraining<PganCell, BeatCellResult> = training;

/** Opens the classifier of a cell with a batch of noise. */
async function classifierProbe(cell: BeatCell, outputs: number): Promise<() => ProbedNetwork> {
  const classifier = await architectureNamed(cell.classifier.architecture);
  const values = beatCellValues(cell, classifier);
  const { batchSize } = trainingPlan(values);
  return () =>
    probedNetwork(
      classifier.build(values, { length: beatSamples, outputs, random: createRandom(cell.seed) }),
      batchSize,
      beatSamples,
    );
}

/** What a cell trains at most; nothing is known of early stopping before. */
async function plannedTrainings(cell: BeatCell, sets: CellSets): Promise<PlannedTraining[]> {
  const classifier = await architectureNamed(cell.classifier.architecture);
  const { batchSize, epochs } = trainingPlan(beatCellValues(cell, classifier));
  // A forward pass is about a third of a step.
  const looked = (count: number) => count / batchSize / 3;
  const stepsFor = (count: number) =>
    epochs * (stepsPerEpoch(count, Math.min(batchSize, count)) + looked(sets.validation.count));
  const testing = looked(sets.test.count + sets.validation.count);
  const open = await classifierProbe(cell, sets.outputs);
  const ofClassifier = { key: canonicalJson(cell.classifier), open };
  const own = countOfClass(sets.train, cell.target);
  const added = cell.kind === "SimGAN" ? Math.round(cell.ratio * own) : cell.count;
  const isUnion = cell.kind === "SimGAN" && cell.order === "union" && !addsNothing(cell);
  const planned: PlannedTraining[] = [];
  if (!isUnion) {
    planned.push({ ...ofClassifier, address: await baseAddress(cell), steps: stepsFor(sets.train.count) });
  }
  if (addsNothing(cell)) {
    const address = await beatCellAddress(cell);
    return [...planned, { ...ofClassifier, address, steps: testing }];
  }
  const name = generatorNameOf(cell);
  const model = name === null ? null : await generatorNamed(name);
  if (model?.isTrained === true) {
    const { hyperparameters, iterations } = trainingOf(cell);
    planned.push({
      address: await generatorAddress(cell),
      steps: iterations,
      key: canonicalJson({ name, hyperparameters }),
      open: () => probeOf(model, cell, sets),
    });
  }
  const steps = stepsFor(sets.train.count + added) + testing;
  return [...planned, { ...ofClassifier, address: await beatCellAddress(cell), steps }];
}

/** A generator with the beats of the class; a personal one takes some of them for the patient's. */
function probeOf(model: GeneratorModel, cell: BeatCell, sets: CellSets): ProbedNetwork {
  const some = samplesOfClass(sets.train, cell.target).slice(0, 50 * beatSamples);
  return generatorProbe(cellGenerator(model, cell, sets, trainingOf(cell), model.isPersonal ? some : null));
}
