import { resolveValues, type Values } from "../../domain/schema.ts";
import { beatFrequency, beatSamples } from "../../experiments/syntheticBeats/beatSets.ts";
import {
  type GeneratorHooks,
  type GeneratorState,
  trainGenerator,
} from "../../experiments/syntheticBeats/trainGenerator.ts";
import type { Generator } from "../../generators/generator.ts";
import { generators } from "../../generators/index.ts";
import type { Measure } from "../../neural/training/measures.ts";
import {
  type BeatSource,
  type Rows,
  type ShownClass,
  shownClasses,
  taken,
} from "../generatedBeats/sources.ts";
import { hashOf, type ResultFolder } from "../resultFolder.ts";
import { curveOf } from "../trainingCurves.ts";
import type { SignalCell } from "./plan.ts";

/** Beats of each class that a model learns from. */
export const learnedBeats = 1000;
/** Beats of each class that are made and compared. */
export const comparedBeats = 500;
/** Of the first noise or the tokens of the beats that are compared. */
const samplingSeed = 4242;
/** ms of training after which it can be gone on with. */
const checkpointEvery = 60_000;

/** What came of a training. */
export interface SignalOutcome {
  /** Beats that were made, `[comparedBeats, 216]` in mV. */
  readonly made: Readonly<Record<ShownClass, Float32Array>>;
  /** Beats that were not learned from after they were coded and decoded, in mV; null for models without codes. */
  readonly back: Readonly<Record<ShownClass, Float32Array>> | null;
  /** Means of what was told over a fiftieth of the iterations each. */
  readonly curves: Readonly<Partial<Record<Measure, readonly number[]>>>;
}

/** How far a training is: to its end where no iteration is left. */
interface Progress {
  readonly state: GeneratorState;
  readonly told: readonly Partial<Record<Measure, number>>[];
}

export const learnedRows = (source: BeatSource, beatClass: ShownClass): Rows =>
  taken(source.classes[beatClass].training, 0, learnedBeats);
export const heldOutRows = (source: BeatSource, beatClass: ShownClass): Rows =>
  taken(source.classes[beatClass].heldOut, 0, comparedBeats);

/** Values of a model, those of the sampling left at their defaults or not. */
async function valuesOf(
  { model, hyperparameters, sampling }: SignalCell,
  isSampled: boolean,
): Promise<Values> {
  const { hyperparameters: schema } = await generators[model]();
  return resolveValues(schema, { ...hyperparameters, ...(isSampled ? sampling : {}) });
}

const hashesOf = (source: BeatSource, rows: typeof learnedRows) =>
  Promise.all(shownClasses.map((beatClass) => hashOf(rows(source, beatClass).values)));

/** All that the course of a training depends on. */
async function trainingDependencies(cell: SignalCell, source: BeatSource): Promise<unknown> {
  const { model, seed } = cell;
  return {
    model,
    seed,
    // What an iteration does depends on how many are planned: a longer training begins anew.
    stages: cell.iterations,
    hyperparameters: await valuesOf(cell, false),
    learned: await hashesOf(source, learnedRows),
  };
}

/** All that the outcome of a training depends on. */
export const outcomeDependencies = async (cell: SignalCell, source: BeatSource): Promise<unknown> => ({
  training: await trainingDependencies(cell, source),
  iterations: cell.iterations,
  hyperparameters: await valuesOf(cell, true),
  heldOut: await hashesOf(source, heldOutRows),
  comparedBeats,
});

/**
 * Trains a model on both classes, or goes on where an earlier call stopped, and makes beats. The trained weights stay in the
 * folder, so that another sampling needs no other training.
 * @param mayTrain asked before every iteration; null is returned where it ends the training early
 * @param progress told of the seconds of a step
 * @throws Error where it diverges: these settings must not
 */
export async function trainedModel(
  cell: SignalCell,
  source: BeatSource,
  folder: ResultFolder,
  mayTrain: () => boolean,
  progress: (line: string) => void,
): Promise<SignalOutcome | null> {
  const dependencies = await trainingDependencies(cell, source);
  const left = await folder.left<Progress>("training", dependencies);
  // What went further than is asked for begins anew.
  const known = left !== null && left.state.position <= cell.iterations ? left : null;
  if (!mayTrain() && known?.state.position !== cell.iterations) return null;
  const generator = await untrainedModel(cell, source);
  try {
    const told = [...(known?.told ?? [])];
    const [began, first] = [performance.now(), known?.state.position ?? 0];
    let lastKept = began;
    const keep = async (state: GeneratorState) => {
      lastKept = performance.now();
      await folder.leave("training", dependencies, { state, told } satisfies Progress);
      const seconds = (lastKept - began) / 1000 / Math.max(1, state.position - first);
      progress(
        `${source.title} ${cell.model}: ${state.position} of ${cell.iterations}, ${seconds.toFixed(2)} s a step`,
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
    return {
      made: await ofClasses((_, label) => generator.sample(comparedBeats, samplingSeed + label, label)),
      back:
        generator.reconstruct === undefined
          ? null
          : await ofClasses((beatClass) => codedAndBack(generator, heldOutRows(source, beatClass))),
      curves: Object.fromEntries(generator.measures.map((measure) => [measure, curveOf(told, measure)])),
    };
  } finally {
    generator.dispose();
  }
}

async function untrainedModel(cell: SignalCell, source: BeatSource): Promise<Generator> {
  const learned = shownClasses.map((beatClass) => learnedRows(source, beatClass));
  const model = await generators[cell.model]();
  return model.build(await valuesOf(cell, true), {
    signals: Float32Array.from(learned.flatMap(({ values }) => Array.from(values))),
    count: learned.reduce((sum, rows) => sum + rows.count, 0),
    length: beatSamples,
    samplingFrequency: beatFrequency,
    classes: shownClasses,
    labels: Uint8Array.from(learned.flatMap((rows, label) => new Array<number>(rows.count).fill(label))),
    iterations: cell.iterations,
    seed: cell.seed,
  });
}

async function codedAndBack(generator: Generator, { values }: Rows): Promise<Float32Array> {
  const back = await generator.reconstruct?.(generator.scaled?.(values) ?? values);
  return generator.inMillivolt(back ?? values, samplingSeed);
}

async function ofClasses(
  make: (beatClass: ShownClass, label: number) => Promise<Float32Array>,
): Promise<Record<ShownClass, Float32Array>> {
  const found: [ShownClass, Float32Array][] = [];
  for (const [label, beatClass] of shownClasses.entries())
    found.push([beatClass, await make(beatClass, label)]);
  return Object.fromEntries(found) as Record<ShownClass, Float32Array>;
}
