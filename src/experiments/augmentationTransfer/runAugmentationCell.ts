import type { Architecture, Classifier } from "../../classifiers/architecture.ts";
import { generatedForms } from "../../domain/generation.ts";
import { resolveValues } from "../../domain/schema.ts";
import type { GeneratorModel } from "../../generators/generator.ts";
import { logitsOf } from "../../neural/training/evaluate.ts";
import type { TrainingHooks, TrainingState } from "../../neural/training/loop.ts";
import type { TrainableNetwork } from "../../neural/training/network.ts";
import { type TrainingPlan, trainingPlan, trainingSchema } from "../../neural/training/schema.ts";
import type { SignalSet } from "../../neural/training/signalSet.ts";
import { type NamedArray, readWeights, writeWeights } from "../../neural/training/weights.ts";
import { createRandom } from "../../signal/random.ts";
import type { GeneratorState } from "../syntheticBeats/trainGenerator.ts";
import {
  hooksOfPhase,
  type TrainedClassifier,
  type TrainingInterruption,
  trainClassifier,
} from "../trainClassifier.ts";
import { pretrainedAddress } from "./addresses.ts";
import { type CellSets, type SideSet, setsOf } from "./cellSets.ts";
import { withoutConvolutions } from "./frozenConvolutions.ts";
import { makeSynthetic } from "./makeSynthetic.ts";
import { settingNamed, usesSynthetic } from "./settings.ts";
import {
  countsOf,
  type DividedRows,
  divideSignals,
  type RealSignals,
  scaleOf,
  standardised,
} from "./signals.ts";
import {
  type AugmentationCell,
  type AugmentationEnd,
  type AugmentationResult,
  type SignalSource,
  trainingDefaults,
} from "./specification.ts";
import { recordPlaces } from "./testedDatabase.ts";

/** Where a cell gets its signals and keeps what others can use: the library of a browser, or folders. */
export interface AugmentationEnvironment {
  readonly classifier: Architecture;
  generator(name: string): Promise<GeneratorModel>;
  /** All signals of a source and the cell's classes, in its form; null where it was stopped. @throws Failure */
  signals(source: SignalSource, stopped: () => boolean): Promise<RealSignals | null>;
  /** What another cell made: synthetic signals, or weights of a classifier; null where there is nothing. */
  shared(address: string): Promise<readonly NamedArray[] | null>;
  keepShared(address: string, arrays: readonly NamedArray[]): Promise<void>;
}

/** What a cell does one after the other. */
export type AugmentationPhase = "generator" | "before" | "training";

/** Where an interrupted cell stopped. */
export type AugmentationCheckpoint =
  | { readonly phase: "before" | "training"; readonly state: TrainingState }
  /** `place`: of which generator and classes. */
  | { readonly phase: "generator"; readonly place: string; readonly state: GeneratorState };

export interface AugmentationHooks extends Omit<TrainingHooks, "onCheckpoint"> {
  onActivity?(activity: {
    readonly phase: AugmentationPhase;
    readonly doing: "preparing" | "training" | "sampling" | "testing";
  }): void;
  onCheckpoint?(checkpoint: AugmentationCheckpoint): Promise<void>;
  /** Told before the first step of a phase; an epoch of a generator is all its iterations. */
  onPlan?(phase: AugmentationPhase, steps: { readonly total: number; readonly perEpoch: number }): void;
}

/** How a cell ends without a result. */
export type AugmentationInterruption = TrainingInterruption;

export type AugmentationOutcome =
  | {
      readonly end: AugmentationEnd;
      readonly result: AugmentationResult;
      readonly weights: readonly NamedArray[];
    }
  | AugmentationInterruption;

/** A cell that is being computed. */
export interface AugmentationRun {
  readonly cell: AugmentationCell;
  readonly environment: AugmentationEnvironment;
  readonly hooks: AugmentationHooks;
  readonly checkpoint: AugmentationCheckpoint | null;
  readonly real: RealSignals;
  readonly rows: DividedRows;
  /** The same where generators learn from another source; null where they learn from this one. */
  readonly elsewhere: { readonly real: RealSignals; readonly rows: DividedRows } | null;
}

/** The hyper-parameters of a cell's classifier and of its training, all of them, checked. */
export function augmentationValues(
  cell: Pick<AugmentationCell, "classifier">,
  architecture: Pick<Architecture, "hyperparameters">,
) {
  const schema = { ...architecture.hyperparameters, ...trainingSchema };
  return resolveValues(schema, { ...trainingDefaults, ...cell.classifier.hyperparameters });
}

/**
 * Trains and tests one cell of the augmentation and transfer experiments (Núñez et al. 2024): generators on the training
 * side alone, the classifier as the setting says. Training, validation and test signals are standardised by the same
 * numbers, weights of the best validation are tested, and a test on real signals is validated on real ones where there
 * are any to train on: the released program fails in all three.
 * @throws Failure for signals or hyper-parameters that do not fit
 */
export async function runAugmentationCell(
  cell: AugmentationCell,
  environment: AugmentationEnvironment,
  hooks: AugmentationHooks,
  checkpoint: AugmentationCheckpoint | null = null,
): Promise<AugmentationOutcome> {
  hooks.onActivity?.({ phase: usesSynthetic(cell.setting) ? "generator" : "training", doing: "preparing" });
  const values = augmentationValues(cell, environment.classifier);
  const dividedOf = async (source: SignalSource) => {
    const real = await environment.signals(source, hooks.stopped);
    return real && { real, rows: divideSignals(real, cell.classes, cell.division) };
  };
  const own = await dividedOf(cell.source);
  if (own === null) return { end: "cancelled" };
  const { real, rows } = own;
  const { syntheticSource } = cell;
  const isElsewhere = syntheticSource !== undefined && usesSynthetic(cell.setting);
  const elsewhere = isElsewhere ? await dividedOf(syntheticSource) : null;
  if (isElsewhere && elsewhere === null) return { end: "cancelled" };
  const run = { cell, environment, hooks, checkpoint, real, rows, elsewhere };
  const synthetic = usesSynthetic(cell.setting) ? await makeSynthetic(run) : null;
  if (synthetic !== null && "end" in synthetic) return synthetic;
  const sets = setsOf(cell, real, rows, synthetic);
  const network = environment.classifier.build(values, {
    length: generatedForms[cell.form].length,
    outputs: sets.outputs,
    random: createRandom(cell.seed, 51),
  });
  try {
    return await learn(run, sets, network, trainingPlan(values));
  } finally {
    network.dispose();
  }
}

async function learn(
  run: AugmentationRun,
  sets: CellSets,
  network: Classifier,
  plan: TrainingPlan,
): Promise<AugmentationOutcome> {
  const { cell, hooks } = run;
  // One scale for all that the network ever sees: that of what it learns from first.
  const scale = scaleOf((sets.before?.train ?? sets.train).set);
  const scaled = ({ set }: SideSet) => standardised(set, scale);
  if (sets.before !== null) {
    const ended = await learnBefore(
      run,
      network,
      plan,
      scaled(sets.before.train),
      scaled(sets.before.validation),
    );
    if (ended !== null) return ended;
  }
  const trained = cell.freezesConvolutions && sets.before !== null ? withoutConvolutions(network) : network;
  const train = scaled(sets.train);
  const weighted = sets.classWeights === null ? plan : { ...plan, classWeights: sets.classWeights };
  const outcome = await trainOn(run, "training", trained, weighted, train, scaled(sets.validation));
  if ("end" in outcome) return outcome;

  hooks.onActivity?.({ phase: "training", doing: "testing" });
  const logits = await logitsOf(network, scaled(sets.test), plan.batchSize, hooks.stopped);
  if (logits === null) return { end: "cancelled" };
  const { best } = outcome.state;
  const isOnReal = settingNamed(cell.setting).test === "real";
  const records = isOnReal ? recordPlaces(cell.source, run.real, run.rows.test) : undefined;
  return {
    end: outcome.stoppedEarly ? "stoppedEarly" : "finished",
    weights: await readWeights(network),
    result: {
      logits,
      labels: sets.test.set.labels,
      patients: sets.test.patients,
      ...(records === undefined ? {} : { records }),
      train: countsOf(sets.train.set.labels, sets.outputs),
      validation: countsOf(sets.validation.set.labels, sets.outputs),
      synthetic: sets.synthetic,
      best: best === null ? null : { epoch: best.epoch, loss: best.loss },
    },
  };
}

/** Learns from synthetic signals: as another cell did, or here, kept for others. @returns how it ended before its end, or null */
async function learnBefore(
  run: AugmentationRun,
  network: Classifier,
  plan: TrainingPlan,
  train: SignalSet,
  validation: SignalSet,
): Promise<AugmentationInterruption | null> {
  const { cell, environment, checkpoint } = run;
  // A checkpoint of the training holds what went before.
  if (checkpoint?.phase === "training") return null;
  const address = await pretrainedAddress(cell);
  const known = await environment.shared(address);
  if (known !== null) {
    writeWeights(network, known);
    return null;
  }
  const outcome = await trainOn(run, "before", network, plan, train, validation);
  if ("end" in outcome) return outcome;
  await environment.keepShared(address, await readWeights(network));
  return null;
}

/** A phase of a cell, with its checkpoints. */
function trainOn(
  { cell, hooks, checkpoint }: AugmentationRun,
  phase: "before" | "training",
  network: TrainableNetwork,
  plan: TrainingPlan,
  train: SignalSet,
  validation: SignalSet,
): Promise<TrainedClassifier | AugmentationInterruption> {
  return trainClassifier(network, { train, validation }, plan, {
    seed: createRandom(cell.seed, phase === "before" ? 52 : 53).integer(2 ** 31),
    from: checkpoint?.phase === phase ? checkpoint.state : null,
    hooks: hooksOfPhase<"before" | "training">(hooks, phase),
  });
}
