import { resolveValues, type Values } from "../../domain/schema.ts";
import {
  type GeneratorHooks,
  type GeneratorState,
  trainGenerator,
} from "../../experiments/syntheticBeats/trainGenerator.ts";
import type { Generator } from "../../generators/generator.ts";
import { generators } from "../../generators/index.ts";
import type { Measure } from "../../neural/training/measures.ts";
import type { Rows } from "../generatedBeats/sources.ts";
import { hashOf, type ResultFolder } from "../resultFolder.ts";
import { curveOf } from "../trainingCurves.ts";
import type { SignalCell } from "./plan.ts";

/** Signals of some classes that models learn from, and others to hold what they make against. */
export interface LearnedSignals<Class extends string> {
  readonly title: string;
  readonly classes: readonly Class[];
  /** Hz */
  readonly samplingFrequency: number;
  readonly learned: Readonly<Record<Class, Rows>>;
  /** Not learned from. */
  readonly heldOut: Readonly<Record<Class, Rows>>;
  /** Signals of each class that are made and compared. */
  readonly compared: number;
}

/** What came of a training. */
export interface SignalOutcome<Class extends string> {
  /** Signals that were made, `[compared, length]` in mV. */
  readonly made: Readonly<Record<Class, Float32Array>>;
  /** Signals that were not learned from after they were coded and decoded, in mV; null for models without codes. */
  readonly back: Readonly<Record<Class, Float32Array>> | null;
  /** Means of what was told over a fiftieth of the iterations each. */
  readonly curves: Readonly<Partial<Record<Measure, readonly number[]>>>;
}

/** Where trainings are kept, and how they are watched. */
export interface TrainingRun {
  readonly folder: ResultFolder;
  /** Asked before every iteration: false ends a training early. */
  mayTrain(): boolean;
  /** Told of the seconds of a step. */
  progress(line: string): void;
}

/** How far a training is: to its end where no iteration is left. */
interface Progress {
  readonly state: GeneratorState;
  readonly told: readonly Partial<Record<Measure, number>>[];
}

/** Of the first noise or the tokens of the signals that are compared. */
const samplingSeed = 4242;
/** ms of training after which it can be gone on with. */
const checkpointEvery = 60_000;

/** Values of a model, those of the sampling left at their defaults or not. */
async function valuesOf(
  { model, hyperparameters, sampling }: SignalCell,
  isSampled: boolean,
): Promise<Values> {
  const { hyperparameters: schema } = await generators[model]();
  return resolveValues(schema, { ...hyperparameters, ...(isSampled ? sampling : {}) });
}

const hashesOf = <Class extends string>(
  { classes }: LearnedSignals<Class>,
  rows: Readonly<Record<Class, Rows>>,
) => Promise.all(classes.map((name) => hashOf(rows[name].values)));

/** All that the course of a training depends on. */
async function trainingDependencies<Class extends string>(
  cell: SignalCell,
  signals: LearnedSignals<Class>,
): Promise<unknown> {
  const { model, seed } = cell;
  return {
    model,
    seed,
    // What an iteration does depends on how many are planned: a longer training begins anew.
    stages: cell.iterations,
    hyperparameters: await valuesOf(cell, false),
    learned: await hashesOf(signals, signals.learned),
  };
}

/** All that the outcome of a training depends on. */
const outcomeDependencies = async <Class extends string>(
  cell: SignalCell,
  signals: LearnedSignals<Class>,
): Promise<unknown> => ({
  training: await trainingDependencies(cell, signals),
  iterations: cell.iterations,
  hyperparameters: await valuesOf(cell, true),
  heldOut: await hashesOf(signals, signals.heldOut),
  compared: signals.compared,
});

/**
 * Trains a model on all classes, or goes on where an earlier call stopped, and makes signals. The trained weights stay in the
 * folder, so that another sampling needs no other training.
 * @returns null where it was ended early
 * @throws Error where it diverges: these settings must not
 */
async function trainedModel<Class extends string>(
  cell: SignalCell,
  signals: LearnedSignals<Class>,
  run: TrainingRun,
): Promise<SignalOutcome<Class> | null> {
  const { folder, mayTrain, progress } = run;
  const dependencies = await trainingDependencies(cell, signals);
  const left = await folder.left<Progress>("training", dependencies);
  // What went further than is asked for begins anew.
  const known = left !== null && left.state.position <= cell.iterations ? left : null;
  if (!mayTrain() && known?.state.position !== cell.iterations) return null;
  const generator = await untrainedModel(cell, signals);
  try {
    const told = [...(known?.told ?? [])];
    const [began, first] = [performance.now(), known?.state.position ?? 0];
    let lastKept = began;
    const keep = async (state: GeneratorState) => {
      lastKept = performance.now();
      await folder.leave("training", dependencies, { state, told } satisfies Progress);
      const seconds = (lastKept - began) / 1000 / Math.max(1, state.position - first);
      progress(
        `${signals.title} ${cell.model}: ${state.position} of ${cell.iterations}, ${seconds.toFixed(2)} s a step`,
      );
    };
    const hooks: GeneratorHooks = {
      stopped: () => !mayTrain(),
      onMeasures: (_position, measures) => told.push(...measures),
      checkpointDue: () => performance.now() - lastKept > checkpointEvery,
      onCheckpoint: keep,
    };
    const outcome = await trainGenerator(generator, cell.iterations, hooks, known?.state ?? null);
    if (outcome.kind === "cancelled") return null;
    if (outcome.kind === "diverged") throw new Error(`${cell.model}: ${outcome.reason}`);
    if (first < cell.iterations) {
      await keep({ position: cell.iterations, arrays: await generator.state() });
    }
    const { classes, heldOut, compared } = signals;
    return {
      made: await ofClasses(classes, (_, label) => generator.sample(compared, samplingSeed + label, label)),
      back:
        generator.reconstruct === undefined
          ? null
          : await ofClasses(classes, (name) => codedAndBack(generator, heldOut[name])),
      curves: Object.fromEntries(generator.measures.map((measure) => [measure, curveOf(told, measure)])),
    };
  } finally {
    generator.dispose();
  }
}

/**
 * What came of a training, from the folder where it is there; otherwise as `trainedModel`, and then kept.
 * @param kind of the results in the folder
 */
export async function outcomeOf<Class extends string>(
  kind: string,
  cell: SignalCell,
  signals: LearnedSignals<Class>,
  run: TrainingRun,
): Promise<SignalOutcome<Class> | null> {
  const dependencies = await outcomeDependencies(cell, signals);
  const left = await run.folder.left<SignalOutcome<Class>>(kind, dependencies);
  if (left !== null) return left;
  const outcome = await trainedModel(cell, signals, run);
  if (outcome !== null) await run.folder.leave(kind, dependencies, outcome);
  return outcome;
}

async function untrainedModel<Class extends string>(
  cell: SignalCell,
  { classes, learned: rowsOfClass, samplingFrequency }: LearnedSignals<Class>,
): Promise<Generator> {
  const learned = classes.map((name) => rowsOfClass[name]);
  const model = await generators[cell.model]();
  return model.build(await valuesOf(cell, true), {
    signals: Float32Array.from(learned.flatMap(({ values }) => Array.from(values))),
    count: learned.reduce((sum, rows) => sum + rows.count, 0),
    length: learned[0].length,
    samplingFrequency,
    classes,
    labels: Uint8Array.from(learned.flatMap((rows, label) => new Array<number>(rows.count).fill(label))),
    iterations: cell.iterations,
    seed: cell.seed,
  });
}

async function codedAndBack(generator: Generator, { values }: Rows): Promise<Float32Array> {
  const back = await generator.reconstruct?.(generator.scaled?.(values) ?? values);
  return generator.inMillivolt(back ?? values, samplingSeed);
}

/** Something of every class, one after the other. */
export async function ofClasses<Class extends string, T>(
  classes: readonly Class[],
  make: (name: Class, label: number) => Promise<T>,
): Promise<Record<Class, T>> {
  const found: [Class, T][] = [];
  for (const [label, name] of classes.entries()) found.push([name, await make(name, label)]);
  return Object.fromEntries(found) as Record<Class, T>;
}
