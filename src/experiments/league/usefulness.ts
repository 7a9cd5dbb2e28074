import { logitsOf } from "../../neural/training/evaluate.ts";
import { trainingPlan } from "../../neural/training/schema.ts";
import { type SignalSet, subset } from "../../neural/training/signalSet.ts";
import { createRandom } from "../../signal/random.ts";
import { augmentationValues } from "../augmentationTransfer/runAugmentationCell.ts";
import { joinedSets, scaleOf, standardised } from "../augmentationTransfer/signals.ts";
import { hooksOfPhase, type TrainingInterruption, trainClassifier } from "../trainClassifier.ts";
import { logitsAddress } from "./addresses.ts";
import { beatForm, type ClassifierPhase, isInterrupted, type LeagueRun } from "./run.ts";
import type { LeagueScores } from "./specification.ts";

/** Every so many synthetic beats one decides when training on synthetic beats alone stops. */
const validationEvery = 5;

const isLearned = (row: number) => row % validationEvery !== 0;

/** The synthetic beats that a classifier learns from when it sees no others. @param count of all */
export const learnedAlone = (count: number): number[] =>
  Array.from({ length: count }, (_, row) => row).filter(isLearned);

/**
 * Three classifiers with the same first weights, on beats of the tested patients: trained on real beats, on real and synthetic
 * ones, both validated on real ones, and on synthetic beats alone, which no real beat validates.
 */
export async function scoresOf(
  run: LeagueRun,
  beats: SignalSet,
): Promise<LeagueScores | TrainingInterruption> {
  const { train, validation, test } = run.real;
  const learned = learnedAlone(beats.count);
  const kept = Array.from({ length: beats.count }, (_, row) => row).filter((row) => !isLearned(row));
  const sets = {
    base: { train, validation },
    added: { train: joinedSets([train, beats]), validation },
    alone: {
      train: subset(beats, learned),
      validation: subset(beats, kept),
    },
  };
  const real = await logitsAfter(run, "base", sets.base);
  if (isInterrupted(real)) return real;
  const both = await logitsAfter(run, "added", sets.added);
  if (isInterrupted(both)) return both;
  const synthetic = await logitsAfter(run, "alone", sets.alone);
  if (isInterrupted(synthetic)) return synthetic;
  return { real, both, synthetic, labels: test.labels, patients: test.patients };
}

/** Logits of the test beats after a training: as it was done before, or now. */
async function logitsAfter(
  { cell, environment, hooks, checkpoint, real }: LeagueRun,
  phase: ClassifierPhase,
  { train, validation }: { readonly train: SignalSet; readonly validation: SignalSet },
): Promise<Float32Array | TrainingInterruption> {
  const address = await logitsAddress(cell, phase);
  const known = await environment.shared(address);
  if (known !== null) return known[0].values;
  const values = augmentationValues(cell, environment.classifier);
  const plan = trainingPlan(values);
  const outputs = cell.classes.length;
  const network = environment.classifier.build(values, {
    length: beatForm.length,
    outputs,
    random: createRandom(cell.seed, 51),
  });
  // What the network sees later is scaled as what it has learned from.
  const scale = scaleOf(train);
  const scaled = (set: SignalSet) => standardised(set, scale);
  try {
    const sets = { train: scaled(train), validation: scaled(validation) };
    const outcome = await trainClassifier(network, sets, plan, {
      seed: createRandom(cell.seed, 53).integer(2 ** 31),
      from: checkpoint?.phase === phase ? checkpoint.state : null,
      hooks: hooksOfPhase(hooks, phase),
    });
    if ("end" in outcome) return outcome;
    hooks.onActivity?.({ phase, doing: "testing" });
    const logits = await logitsOf(network, scaled(real.test), plan.batchSize, hooks.stopped);
    if (logits === null) return { end: "cancelled" };
    const shape = [real.test.count, outputs];
    await environment.keepShared(address, [{ name: "logits", shape, values: logits }]);
    return logits;
  } finally {
    network.dispose();
  }
}
