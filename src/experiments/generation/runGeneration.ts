import type * as tf from "@tensorflow/tfjs-core";
import type { GenerationSnapshot } from "../../domain/generation.ts";
import type { LabelledRows } from "../../domain/labelledRows.ts";
import { type Generator, labelsOf } from "../../generators/generator.ts";
import {
  collapseAdvice,
  discriminatorSaturation,
  divergence,
  gradientExplosion,
  modeCollapse,
} from "../../neural/adversarial/stability.ts";
import { breathe } from "../../neural/training/breathe.ts";
import { type Measure, readMeasures } from "../../neural/training/measures.ts";
import type { NamedArray } from "../../neural/training/weights.ts";
import { classDistances } from "./diversity.ts";
import { lookPositions } from "./lookPositions.ts";

/** Signals that are drawn again and again from the same latent vectors, to be watched; the classes come in turn. */
const watched = 16;
/** Latent vectors by which diversity is judged. */
const judged = 64;
/** Fewer of a generator that makes signals in many steps. */
const judgedInSteps = 32;
/** Steps whose gradients are left out, and those after them that later ones are compared with. */
const skipped = 20;
const compared = 50;
/** Steps whose measures wait on the device before they are read: reading waits for it. */
const readEvery = 10;

/** Where a training of a generator stopped. */
export interface GenerationCheckpoint {
  /** Iterations that are done. */
  readonly position: number;
  readonly state: readonly NamedArray[];
  /** Diversity at every look so far. */
  readonly diversities: readonly number[];
}

export interface GenerationHooks {
  /** Asked before every iteration. */
  stopped(): boolean;
  /** Told of measures as they are read: a row for each iteration since the last call. */
  onMeasures?(position: number, rows: readonly Partial<Record<Measure, number>>[]): void;
  /**
   * A look at the watched signals, with their diversity beside that of real ones (1: as different) within a class: that of
   * the least diverse, which others must not hide.
   */
  onSnapshot?(snapshot: GenerationSnapshot, diversity: number): void;
  /** Something that a person should know: a collapse, a discriminator that teaches nothing. */
  onWarning?(warning: string): void;
  /** Given at the end and whenever `checkpointDue` says so. */
  onCheckpoint?(checkpoint: GenerationCheckpoint): Promise<void>;
  checkpointDue?(): boolean;
}

export type GenerationOutcome =
  | { readonly end: "finished" | "cancelled" }
  | { readonly end: "diverged"; readonly reason: string };

export interface GenerationPlan {
  readonly iterations: number;
  readonly seed: number;
  /** Number of classes. */
  readonly classes: number;
  /** Real signals of each class, scaled as the generator's: what diversity is measured against. */
  readonly real: LabelledRows;
  /** Samples of a signal. */
  readonly length: number;
}

/**
 * Trains a generator and looks at it many times on the way, always through the same latent vectors. It depends on the
 * seed and the iteration alone: stopped and resumed it takes the same course.
 * @param from where an earlier call stopped; null for the start
 */
export async function runGeneration(
  generator: Generator,
  { iterations, seed, classes, real, length }: GenerationPlan,
  hooks: GenerationHooks,
  from: GenerationCheckpoint | null = null,
): Promise<GenerationOutcome> {
  const isStepwise = generator.watchSampling !== undefined;
  const count = isStepwise ? judgedInSteps : judged;
  const looked = lookPositions(iterations, isStepwise);
  const latents = generator.drawLatents(count, seed);
  const labels = labelsOf(count, classes);
  const realDistances = classDistances(real, classes, length);
  const early: Partial<Record<Measure, number>>[] = [];
  const recent: Partial<Record<Measure, number>>[] = [];
  const advice = collapseAdvice[generator.measures.includes("discriminatorLoss") ? "adversarial" : "other"];
  const diversities = [...(from?.diversities ?? [])];
  const told = new Set<string>();
  let position = from?.position ?? 0;
  if (from !== null) generator.restore(from.state);

  // Before they have learned anything generators give nearly one beat, and discriminators nearly one answer.
  const begin = generator.beginsAt ?? 0;
  const isSettled = () => position > begin + 0.3 * (iterations - begin);
  const warn = (warning: string | null) => {
    // A warning with other numbers in it is the same one.
    const kind = warning?.replaceAll(/\d+/g, "") ?? "";
    if (warning === null || told.has(kind)) return;
    told.add(kind);
    hooks.onWarning?.(warning);
  };
  const look = async () => {
    const signals = await (generator.previewScaled ?? generator.sampleScaled)(latents, labels);
    const distances = classDistances({ signals, labels }, classes, length);
    const diversity = Math.min(...distances.map((distance, label) => distance / realDistances[label]));
    diversities.push(diversity);
    const shown = { signals: signals.slice(0, watched * length), labels: labels.slice(0, watched) };
    hooks.onSnapshot?.({ position, ...shown }, diversity);
    if (isSettled()) warn(modeCollapse(diversities, { advice }));
  };
  const capture = async (): Promise<GenerationCheckpoint> => ({
    position,
    state: await generator.state(),
    diversities: [...diversities],
  });

  const waiting: tf.Tensor1D[] = [];
  /** Reads what waits; why it diverged, or null. */
  const read = async (): Promise<string | null> => {
    const rows = await readMeasures(generator.measures, waiting.splice(0));
    const reason = divergence(rows, position - rows.length);
    if (reason !== null) return reason;
    if (position > skipped) early.push(...rows.slice(0, Math.max(0, compared - early.length)));
    recent.push(...rows);
    recent.splice(0, Math.max(0, recent.length - 100));
    if (rows.length > 0) hooks.onMeasures?.(position, rows);
    if (isSettled()) warn(discriminatorSaturation(recent));
    warn(gradientExplosion(early, recent));
    return null;
  };

  if (position === 0 && diversities.length === 0) await look();
  while (position < iterations) {
    if (hooks.stopped()) {
      const reason = await read();
      if (reason !== null) return { end: "diverged", reason };
      await hooks.onCheckpoint?.(await capture());
      return { end: "cancelled" };
    }
    waiting.push(generator.trainStep(position));
    position++;
    const isLook = looked.has(position);
    const isDue = hooks.checkpointDue?.() === true;
    if (waiting.length >= readEvery || isLook || isDue) {
      const reason = await read();
      if (reason !== null) return { end: "diverged", reason };
    }
    if (isLook) await look();
    if (isDue) await hooks.onCheckpoint?.(await capture());
    await breathe();
  }
  await hooks.onCheckpoint?.(await capture());
  return { end: "finished" };
}
