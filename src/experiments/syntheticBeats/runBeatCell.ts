import type { Architecture, Classifier } from "../../classifiers/architecture.ts";
import { resolveValues } from "../../domain/schema.ts";
import type { GeneratorModel } from "../../generators/generator.ts";
import { stepsPerEpoch } from "../../neural/training/batches.ts";
import { type TrainingHooks, type TrainingState, trainNetwork } from "../../neural/training/loop.ts";
import { type TrainingPlan, trainingPlan, trainingSchema } from "../../neural/training/schema.ts";
import type { SignalSet } from "../../neural/training/signalSet.ts";
import { type NamedArray, readWeights, writeWeights } from "../../neural/training/weights.ts";
import { createRandom } from "../../signal/random.ts";
import { seedFor, withAdded } from "./addedBeats.ts";
import { baseAddress } from "./addresses.ts";
import { type BeatSet, beatSamples, labelled } from "./beatSets.ts";
import { type Added, makeAdded } from "./makeAdded.ts";
import { pganAddition, pganSets } from "./pganProtocol.ts";
import { type CellSets, countsFor } from "./protocol.ts";
import { scoredBeats } from "./scores.ts";
import { simGanAddition, simGanSets } from "./simGanProtocol.ts";
import {
  type BeatCell,
  type BeatCellEnd,
  type BeatCellResult,
  type BeatPhase,
  trainingDefaults,
} from "./specification.ts";
import type { GeneratorHooks, GeneratorState } from "./trainGenerator.ts";

/** Where a cell gets its beats and keeps what others can use: the library of a browser, or folders. */
export interface BeatEnvironment {
  readonly classifier: Architecture;
  /** What the cell's beats are generated with; null where it generates none. */
  readonly generator: GeneratorModel | null;
  /** All beats of the cell's source, cut as it says; null where it was stopped. @throws Failure */
  beats(stopped: () => boolean): Promise<BeatSet | null>;
  /** What another cell trained: weights of a classifier or the state of a generator; null where there is none. */
  shared(address: string): Promise<readonly NamedArray[] | null>;
  keepShared(address: string, arrays: readonly NamedArray[]): Promise<void>;
}

/** Where an interrupted cell stopped. */
export type BeatCheckpoint =
  | { readonly phase: "base" | "added"; readonly state: TrainingState }
  | { readonly phase: "generator"; readonly state: GeneratorState };

export interface BeatCellHooks
  extends Omit<TrainingHooks, "onCheckpoint">,
    Pick<GeneratorHooks, "onMeasures"> {
  onActivity?(activity: {
    readonly phase: BeatPhase;
    readonly doing: "preparing" | "training" | "testing";
  }): void;
  onCheckpoint?(checkpoint: BeatCheckpoint): Promise<void>;
  /** Told before the first step of a phase; an epoch of a generator is all its iterations. */
  onPlan?(phase: BeatPhase, steps: { readonly total: number; readonly perEpoch: number }): void;
}

/** How a cell ends without a result. */
export type BeatCellInterruption =
  | { readonly end: "cancelled" }
  | { readonly end: "diverged"; readonly reason: string };

export type BeatCellOutcome =
  | {
      readonly end: BeatCellEnd;
      readonly result: BeatCellResult;
      readonly weights: readonly NamedArray[];
    }
  | BeatCellInterruption;

/** A cell that is being computed. */
export interface BeatCellRun {
  readonly cell: BeatCell;
  readonly environment: BeatEnvironment;
  readonly hooks: BeatCellHooks;
  readonly checkpoint: BeatCheckpoint | null;
  readonly sets: CellSets;
  readonly network: Classifier;
  readonly plan: TrainingPlan;
}

/** The hyper-parameters of a cell's classifier and of its training, all of them, checked. */
export function beatCellValues(cell: BeatCell, architecture: Pick<Architecture, "hyperparameters">) {
  const schema = { ...architecture.hyperparameters, ...trainingSchema };
  return resolveValues(schema, { ...trainingDefaults[cell.kind], ...cell.classifier.hyperparameters });
}

/** The beats of a cell by its protocol. @throws Failure where there are too few */
export const setsOf = (cell: BeatCell, beats: BeatSet): CellSets =>
  cell.kind === "SimGAN" ? simGanSets(cell, beats) : pganSets(cell, beats);

/**
 * Trains and tests one cell of SimGAN's or PGAN's experiment: a classifier on real beats, a generator on those of the class,
 * and the classifier on both. Only the test looks at the tested beats.
 * @throws Failure for beats or hyper-parameters that do not fit
 */
export async function runBeatCell(
  cell: BeatCell,
  environment: BeatEnvironment,
  hooks: BeatCellHooks,
  checkpoint: BeatCheckpoint | null = null,
): Promise<BeatCellOutcome> {
  hooks.onActivity?.({ phase: "base", doing: "preparing" });
  const beats = await environment.beats(hooks.stopped);
  if (beats === null) return { end: "cancelled" };
  const sets = setsOf(cell, beats);
  const values = beatCellValues(cell, environment.classifier);
  const network = environment.classifier.build(values, {
    length: beatSamples,
    outputs: sets.outputs,
    random: createRandom(seedFor(cell.seed, "weights")),
  });
  try {
    return await compute({
      cell,
      environment,
      hooks,
      checkpoint,
      sets,
      network,
      plan: trainingPlan(values),
    });
  } finally {
    network.dispose();
  }
}

async function compute(run: BeatCellRun): Promise<BeatCellOutcome> {
  const { cell, hooks, sets, network, plan } = run;
  const train = labelled(sets.train, sets.labelOf);
  const validation = labelled(sets.validation, sets.labelOf);
  const addition = cell.kind === "SimGAN" ? simGanAddition(cell, sets) : pganAddition(cell);
  const isUnion = cell.kind === "SimGAN" && cell.order === "union" && addition.kind !== "nothing";

  let trained: Trained = { stoppedEarly: false, best: null };
  if (!isUnion) {
    const base = await trainBase(run, train, validation);
    if ("end" in base) return base;
    trained = base;
  }
  let added: Added | null = null;
  if (addition.kind === "again") {
    const further = await trainOn(run, "added", train, validation);
    if ("end" in further) return further;
    trained = further;
  } else if (addition.kind !== "nothing") {
    const made = await makeAdded(run, addition);
    if ("end" in made) return made;
    added = made;
    const both = await trainOn(run, "added", withAdded(train, made.beats, made.labels), validation);
    if ("end" in both) return both;
    trained = both;
  }

  hooks.onActivity?.({ phase: addition.kind === "nothing" ? "base" : "added", doing: "testing" });
  const tested = await scoredBeats(network, sets.test, sets, plan.batchSize, hooks.stopped);
  const validated = await scoredBeats(network, sets.validation, sets, plan.batchSize, hooks.stopped);
  if (tested === null || validated === null) return { end: "cancelled" };
  return {
    end: trained.stoppedEarly ? "stoppedEarly" : "finished",
    weights: await readWeights(network),
    result: {
      tested,
      validated,
      counts: {
        train: countsFor(train, sets.positive),
        validation: countsFor(validation, sets.positive),
        test: countsFor(labelled(sets.test, sets.labelOf), sets.positive),
      },
      added: added?.labels.length ?? 0,
      diversity: added?.diversity ?? null,
      adaptation: { window: (sets.window?.length ?? 0) / beatSamples, used: added?.fromWindow ?? 0 },
      best: trained.best,
    },
  };
}

interface Trained {
  readonly stoppedEarly: boolean;
  readonly best: BeatCellResult["best"];
}

/** The classifier of the real beats alone: another cell's, or trained here and kept for others. */
async function trainBase(
  run: BeatCellRun,
  train: SignalSet,
  validation: SignalSet,
): Promise<Trained | BeatCellInterruption> {
  const { cell, environment, network } = run;
  const address = await baseAddress(cell);
  const known = await environment.shared(address);
  if (known !== null) {
    writeWeights(network, known);
    return { stoppedEarly: false, best: null };
  }
  const trained = await trainOn(run, "base", train, validation);
  if (!("end" in trained)) await environment.keepShared(address, await readWeights(network));
  return trained;
}

/** Trains the classifier on a set, from its present weights or from the checkpoint of the phase. */
async function trainOn(
  { cell, hooks, checkpoint, network, plan }: BeatCellRun,
  phase: "base" | "added",
  set: SignalSet,
  validation: SignalSet,
): Promise<Trained | BeatCellInterruption> {
  const perEpoch = stepsPerEpoch(set.count, Math.min(plan.batchSize, set.count));
  hooks.onPlan?.(phase, { total: perEpoch * plan.epochs, perEpoch });
  hooks.onActivity?.({ phase, doing: "training" });
  const { outcome, state } = await trainNetwork(
    network,
    set,
    validation,
    plan,
    seedFor(cell.seed, phase === "base" ? "baseTraining" : "addedTraining"),
    { ...hooks, onCheckpoint: async (each) => hooks.onCheckpoint?.({ phase, state: each }) },
    checkpoint?.phase === phase ? checkpoint.state : null,
  );
  if (outcome.kind === "cancelled") {
    await hooks.onCheckpoint?.({ phase, state });
    return { end: "cancelled" };
  }
  if (outcome.kind === "diverged") return { end: "diverged", reason: outcome.reason };
  const { best } = state;
  return {
    stoppedEarly: outcome.kind === "stoppedEarly",
    best: best === null ? null : { epoch: best.epoch, loss: best.loss },
  };
}
