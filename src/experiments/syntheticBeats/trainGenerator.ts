import type * as tf from "@tensorflow/tfjs-core";
import type { Generator } from "../../generators/generator.ts";
import { breathe } from "../../neural/training/breathe.ts";
import { type Measure, readMeasures } from "../../neural/training/measures.ts";
import type { NamedArray } from "../../neural/training/weights.ts";

/** Where the training of a generator stopped. */
export interface GeneratorState {
  /** Iterations that are done. */
  readonly position: number;
  readonly arrays: readonly NamedArray[];
}

export interface GeneratorHooks {
  /** Asked before every iteration. */
  stopped(): boolean;
  /** Told of measures as they are read, a few iterations at a time. */
  onMeasures?(position: number, measures: readonly Partial<Record<Measure, number>>[]): void;
  onCheckpoint?(state: GeneratorState): Promise<void>;
  /** Whether it is time for a checkpoint. */
  checkpointDue?(): boolean;
}

export type GeneratorOutcome =
  | { readonly kind: "finished" | "cancelled" }
  | { readonly kind: "diverged"; readonly reason: string };

/** Iterations that may wait on the device before their measures are read: reading waits for it. */
const readEvery = 16;

/**
 * Trains a generator for a number of iterations. Stopped and resumed it takes the same course, on wasm and cpu to the last
 * bit. Nothing is chosen by looking at beats that the generator was not trained on: it ends where the plan says.
 * @param from where an earlier call stopped; null for the start
 */
export async function trainGenerator(
  generator: Generator,
  iterations: number,
  hooks: GeneratorHooks,
  from: GeneratorState | null = null,
): Promise<GeneratorOutcome> {
  let position = from?.position ?? 0;
  if (from !== null) generator.restore(from.arrays);
  const waiting: tf.Tensor1D[] = [];
  const keep = async () => hooks.onCheckpoint?.({ position, arrays: await generator.state() });
  /** Reads what waits; the first iteration with a measure that is no number, or null. */
  const read = async (): Promise<number | null> => {
    const first = position - waiting.length;
    const told = await readMeasures(generator.measures, waiting.splice(0));
    const lost = told.findIndex((each) => Object.values(each).some((value) => !Number.isFinite(value)));
    const sound = lost < 0 ? told : told.slice(0, lost);
    if (sound.length > 0) hooks.onMeasures?.(first + sound.length, sound);
    return lost < 0 ? null : first + lost;
  };
  const diverged = (at: number): GeneratorOutcome => ({
    kind: "diverged",
    reason: `Iteration ${at + 1} of the generator gives what is no number. A lower learning rate or gradient clipping helps.`,
  });

  while (position < iterations) {
    const isStopped = hooks.stopped();
    const isDue = hooks.checkpointDue?.() === true && position > (from?.position ?? 0);
    if (isStopped || isDue || waiting.length >= readEvery) {
      const lost = await read();
      if (lost !== null) return diverged(lost);
    }
    if (isStopped || isDue) await keep();
    if (isStopped) return { kind: "cancelled" };
    waiting.push(generator.trainStep(position));
    position++;
    await breathe();
  }
  const lost = await read();
  return lost === null ? { kind: "finished" } : diverged(lost);
}
