import type { ClosenessParts, HeldOutAccuracy } from "../../domain/closeness.ts";
import { featureMeasures } from "../../evaluation/closeness/index.ts";
import { closenessReport } from "../../evaluation/closeness/report.ts";
import { spectralNoise, whiteNoise } from "../../evaluation/closeness/spectralNoise.ts";
import { breathe } from "../../neural/training/breathe.ts";
import type { ClosenessSets } from "./closenessSets.ts";
import { type Context, missing, ownersOf, tried } from "./partContext.ts";
import { macroF1 } from "./predictiveScores.ts";
import { decisionsOf, type NetworkHooks, type SmallNetwork, trainSmallNetwork } from "./smallNetwork.ts";

/** Channels of the classifier whose features are compared: twice those of the others. */
const featureWidth = 0.5;

/** Compares what a classifier of real beats, trained on the training patients and then fixed, sees in the sets. */
export async function featurePart({
  sets,
  specification: { seed },
  stopped,
  onShare,
}: Context): Promise<NonNullable<ClosenessParts["features"]> | null> {
  const { classes, synthetic, training, heldOut } = sets;
  if (classes === null) return missing("The real set has fewer than two classes for a classifier to learn.");
  const hooks: NetworkHooks = { stopped, onShare };
  const network = await tried(() =>
    trainSmallNetwork(classes.training, classes.classes.length, { seed, width: featureWidth }, hooks),
  );
  if (network === null) return null;
  if (network.value === null) return network;
  try {
    const far = spectralNoise(heldOut.rows, seed);
    const [own, real, near, noise, white] = await Promise.all(
      [synthetic, heldOut.rows, training.rows, far, whiteNoise(heldOut.rows, seed)].map((rows) =>
        network.value.features(rows),
      ),
    );
    if (own === null || real === null || near === null || noise === null || white === null) return null;
    const accuracy = await heldOutAccuracy(network.value, classes);
    if (accuracy === null) return null;
    const report = await closenessReport(own, real, {
      registry: featureMeasures,
      samplingFrequency: sets.compared.samplingFrequency,
      seed,
      anchors: { near, far: noise, white },
      patients: ownersOf(sets),
      stopped,
      pause: breathe,
    });
    if (report.outcome === "cancelled") return null;
    return {
      value: { entries: report.entries, classes: classes.classes, width: own.length, heldOut: accuracy },
      reason: null,
    };
  } finally {
    network.value.dispose();
  }
}

/** What the network tells of real rows of patients that it has not learned from; null where it was stopped. */
async function heldOutAccuracy(
  network: SmallNetwork,
  { classes, heldOut: { rows, labels } }: NonNullable<ClosenessSets["classes"]>,
): Promise<HeldOutAccuracy | null> {
  const logits = await network.logits(rows);
  if (logits === null) return null;
  const decisions = decisionsOf(logits, classes.length);
  const right = decisions.filter((decision, row) => decision === labels[row]).length;
  const counts = classes.map((_, label) => labels.filter((each) => each === label).length);
  return {
    accuracy: right / rows.count,
    macroF1: macroF1(decisions, labels, classes.length),
    rows: rows.count,
    commonest: Math.max(...counts) / rows.count,
  };
}
