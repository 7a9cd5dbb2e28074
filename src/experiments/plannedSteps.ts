import type { Generator } from "../generators/generator.ts";
import { stepsPerEpoch } from "../neural/training/batches.ts";

/** A forward pass is about a third of a step. */
const shareOfForward = 1 / 3;

/** Forward passes of so many signals, counted as steps. */
export const stepsOfPasses = (signals: number, batchSize: number): number =>
  (shareOfForward * signals) / batchSize;

/** Steps of a classifier's training that never stops early, with its looks at the validation signals. */
export const stepsOfClassifier = (
  { batchSize, epochs }: { readonly batchSize: number; readonly epochs: number },
  train: number,
  validation: number,
): number =>
  epochs * (stepsPerEpoch(train, Math.min(batchSize, train)) + stepsOfPasses(validation, batchSize));

/** Passes through its network in which a generator makes a signal; disposes of it. */
export function passesOf(generator: Generator): number {
  generator.dispose();
  return generator.noise?.taken.length ?? 1;
}
