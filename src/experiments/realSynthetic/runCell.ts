import type { Architecture, Classifier } from "../../classifiers/architecture.ts";
import type { CellResult, CellSpecification, RunEnd } from "../../domain/experiment.ts";
import { resolveValues } from "../../domain/schema.ts";
import { logitsOf, probabilitiesOf } from "../../neural/training/evaluate.ts";
import { type TrainingHooks, type TrainingState, trainNetwork } from "../../neural/training/loop.ts";
import { trainingPlan, trainingSchema } from "../../neural/training/schema.ts";
import { countOf, type SignalSet } from "../../neural/training/signalSet.ts";
import { type NamedArray, readWeights, writeWeights } from "../../neural/training/weights.ts";
import { createRandom } from "../../signal/random.ts";
import { pretrainingValues, syntheticPhaseAddress } from "../cell.ts";
import { type LabelledRecord, limitPositives, requireBothClasses, splitRecords } from "./splits.ts";
import { syntheticSet } from "./synthetic.ts";
import { type Task, tasks } from "./tasks.ts";
import { realTested, type Tested, testSet, withoutPatients } from "./testSet.ts";

/** A real record of a cell, with what names it to a person. */
export interface RealRecord extends LabelledRecord {
  readonly name: string;
}

/** Where a cell gets its recordings and keeps what others can use: the library of a browser, or folders. */
export interface CellEnvironment {
  readonly architecture: Architecture;
  /** Records of the cell's real source that answer the question. @throws Failure where there is none */
  realRecords(task: Task): Promise<readonly RealRecord[]>;
  /** Their samples in the cell's form, standardised, in the same order; null where it was stopped. */
  realSignals(records: readonly RealRecord[], stopped: () => boolean): Promise<SignalSet | null>;
  /** Weights of a synthetic phase that another cell trained, or null. */
  pretrained(address: string): Promise<readonly NamedArray[] | null>;
  keepPretrained(address: string, weights: readonly NamedArray[]): Promise<void>;
}

export type Phase = "synthetic" | "real";

/** Where an interrupted cell stopped. */
export interface CellCheckpoint {
  readonly phase: Phase;
  readonly state: TrainingState;
}

/** What a cell is doing. */
export interface CellActivity {
  readonly phase: Phase;
  readonly doing: "preparing" | "training" | "testing";
}

export interface CellHooks extends Omit<TrainingHooks, "onCheckpoint"> {
  onActivity?(activity: CellActivity): void;
  onCheckpoint?(checkpoint: CellCheckpoint): Promise<void>;
  /** Told before the first step of a phase. */
  onPlan?(phase: Phase, steps: { readonly total: number; readonly perEpoch: number }): void;
}

export type CellOutcome =
  | {
      readonly end: Extract<RunEnd, "finished" | "stoppedEarly">;
      readonly result: CellResult;
      readonly weights: readonly NamedArray[];
    }
  | { readonly end: "cancelled" }
  | { readonly end: "diverged"; readonly reason: string };

interface Prepared {
  readonly train: SignalSet;
  readonly validation: Tested;
}

/** The hyper-parameters of a cell, all of them, checked. */
export function cellValues(cell: CellSpecification, architecture: Pick<Architecture, "hyperparameters">) {
  return resolveValues({ ...architecture.hyperparameters, ...trainingSchema }, cell.hyperparameters);
}

/** How a phase of a cell is trained. */
function phasePlan(cell: CellSpecification, architecture: Architecture, phase: Phase) {
  const hyperparameters = phase === "synthetic" ? pretrainingValues(cell) : cell.hyperparameters;
  return trainingPlan(cellValues({ ...cell, hyperparameters }, architecture));
}

/** Samples of a recording of a cell. */
export const cellLength = ({ form }: Pick<CellSpecification, "form">): number =>
  Math.round(form.duration * form.samplingFrequency);

/** The network of a cell with its first weights. */
export function cellNetwork(cell: CellSpecification, architecture: Architecture): Classifier {
  return architecture.build(cellValues(cell, architecture), {
    length: cellLength(cell),
    outputs: 1,
    random: createRandom(cell.seed, cell.split),
  });
}

/**
 * Trains and tests one cell: on synthetic recordings, on real ones, or on the one after the other (Nonaka & Seita 2026,
 * section "Experiments"). All weights are kept from one phase to the next, the head's too (our reading).
 * @throws Failure for recordings or hyper-parameters that do not fit
 */
export async function runCell(
  cell: CellSpecification,
  environment: CellEnvironment,
  hooks: CellHooks,
  checkpoint: CellCheckpoint | null = null,
): Promise<CellOutcome> {
  const task = tasks[cell.task];
  const { architecture } = environment;
  const network = cellNetwork(cell, architecture);
  const records =
    cell.real === null ? null : await dividedRecords(cell, task, await environment.realRecords(task));
  const needed: Phase[] =
    cell.setting === "real" ? ["real"] : cell.setting === "synthetic" ? ["synthetic"] : ["synthetic", "real"];
  const sharedAddress = await syntheticPhaseAddress(cell);

  const prepare = async (phase: Phase): Promise<Prepared | null> => {
    hooks.onActivity?.({ phase, doing: "preparing" });
    if (phase === "real") {
      if (records === null) throw new TypeError("a real phase needs a real source");
      const train = await environment.realSignals(records.train, hooks.stopped);
      const validation = await realTested(records.validation, environment, hooks.stopped);
      return train === null || validation === null ? null : { train, validation };
    }
    const { preset, perClass, validationPerClass } = cell.synthetic;
    const request = { task, preset, form: cell.form, seed: cell.seed + cell.split };
    const quiet = () => {};
    const train = await syntheticSet({ ...request, side: "train", perClass }, hooks.stopped, quiet);
    const validation = await syntheticSet(
      { ...request, side: "validation", perClass: validationPerClass },
      hooks.stopped,
      quiet,
    );
    return train === null || validation === null
      ? null
      : { train: train.set, validation: withoutPatients(validation) };
  };

  try {
    let last: { state: TrainingState | null; prepared: Prepared; stoppedEarly: boolean } | null = null;
    for (const phase of needed) {
      const from = checkpoint?.phase === phase ? checkpoint.state : null;
      // A checkpoint of the real phase holds what the synthetic one gave.
      if (phase === "synthetic" && checkpoint?.phase === "real") continue;
      const known =
        phase === "synthetic" && from === null ? await environment.pretrained(sharedAddress) : null;
      if (known !== null && needed.length === 2) {
        writeWeights(network, known);
        continue;
      }
      const prepared = await prepare(phase);
      if (prepared === null) return { end: "cancelled" };
      const plan = phasePlan(cell, architecture, phase);
      const perEpoch = Math.max(
        1,
        Math.floor(prepared.train.count / Math.min(plan.batchSize, prepared.train.count)),
      );
      hooks.onPlan?.(phase, { total: perEpoch * plan.epochs, perEpoch });
      hooks.onActivity?.({ phase, doing: "training" });
      const { outcome, state } = await trainNetwork(
        network,
        prepared.train,
        prepared.validation.set,
        plan,
        cell.seed + cell.split,
        {
          ...hooks,
          onCheckpoint: async (each) => hooks.onCheckpoint?.({ phase, state: each }),
        },
        from,
      );
      if (outcome.kind === "cancelled") {
        await hooks.onCheckpoint?.({ phase, state });
        return { end: "cancelled" };
      }
      if (outcome.kind === "diverged") return { end: "diverged", reason: outcome.reason };
      // No cell goes on from a trial.
      const isShared = cell.purpose !== "search" || needed.length === 2;
      if (phase === "synthetic" && isShared)
        await environment.keepPretrained(sharedAddress, await readWeights(network));
      last = { state, prepared, stoppedEarly: outcome.kind === "stoppedEarly" };
    }
    if (last === null) throw new TypeError("no phase was trained");

    hooks.onActivity?.({ phase: needed[needed.length - 1], doing: "testing" });
    const tested =
      cell.purpose === "search"
        ? last.prepared.validation
        : await testSet(cell, task, records?.test ?? null, environment, hooks.stopped);
    if (tested === null) return { end: "cancelled" };
    const { batchSize } = trainingPlan(cellValues(cell, architecture));
    const logits = await logitsOf(network, tested.set, batchSize, hooks.stopped);
    if (logits === null) return { end: "cancelled" };
    const { train, validation } = last.prepared;
    return {
      end: last.stoppedEarly ? "stoppedEarly" : "finished",
      weights: await readWeights(network),
      result: {
        probabilities: probabilitiesOf(logits),
        labels: tested.set.labels,
        examples: tested.examples,
        patients: tested.patients,
        counts: {
          train: countsOf(train),
          validation: countsOf(validation.set),
          test: countsOf(tested.set),
        },
        bestEpoch: last.state?.best?.epoch ?? 0,
        bestLoss: last.state?.best?.loss ?? Number.NaN,
      },
    };
  } finally {
    network.dispose();
  }
}

/**
 * The decisions of a network that is trained already on the test set of its cell; null where it was stopped.
 * @throws Failure where the test set's recordings are not there
 */
export async function testCell(
  cell: CellSpecification,
  environment: CellEnvironment,
  weights: readonly NamedArray[],
  stopped: () => boolean,
): Promise<Pick<CellResult, "probabilities" | "labels" | "examples" | "patients" | "counts"> | null> {
  const task = tasks[cell.task];
  const records =
    cell.real === null ? null : await dividedRecords(cell, task, await environment.realRecords(task));
  const tested = await testSet(cell, task, records?.test ?? null, environment, stopped);
  if (tested === null) return null;
  const network = cellNetwork(cell, environment.architecture);
  try {
    writeWeights(network, weights);
    const { batchSize } = trainingPlan(cellValues(cell, environment.architecture));
    const logits = await logitsOf(network, tested.set, batchSize, stopped);
    if (logits === null) return null;
    const unknown = { positive: 0, negative: 0 };
    return {
      probabilities: probabilitiesOf(logits),
      labels: tested.set.labels,
      examples: tested.examples,
      patients: tested.patients,
      counts: { train: unknown, validation: unknown, test: countsOf(tested.set) },
    };
  } finally {
    network.dispose();
  }
}

const countsOf = (set: SignalSet) => ({ positive: countOf(set, 1), negative: countOf(set, 0) });

async function dividedRecords(cell: CellSpecification, task: Task, records: readonly RealRecord[]) {
  if (cell.real === null) throw new TypeError("there are no real records");
  const { byPatient, testShare, validationShare } = cell.real;
  const divided = splitRecords(records, {
    byPatient,
    testShare,
    validationShare,
    testSeed: cell.seed,
    split: cell.split,
  });
  const train = limitPositives(divided.train, cell.positives, cell.split);
  requireBothClasses("test", divided.test, task.title);
  if (cell.setting !== "synthetic") {
    requireBothClasses("training", train, task.title);
    requireBothClasses("validation", divided.validation, task.title);
  }
  return { ...divided, train };
}
