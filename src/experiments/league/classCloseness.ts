import { Failure } from "../../domain/failure.ts";
import { closenessMeasures, featureMeasures } from "../../evaluation/closeness/index.ts";
import { type ClosenessReport, closenessReport } from "../../evaluation/closeness/report.ts";
import type { SignalRows } from "../../evaluation/closeness/signalRows.ts";
import { breathe } from "../../neural/training/breathe.ts";
import { type SignalSet, subset } from "../../neural/training/signalSet.ts";
import type { NamedArray } from "../../neural/training/weights.ts";
import { createRandom } from "../../signal/random.ts";
import { restoredSmallNetwork, type SmallNetwork, trainSmallNetwork } from "../closeness/smallNetwork.ts";
import { toldApart } from "../closeness/twoSampleTest.ts";
import { featuresAddress } from "./addresses.ts";
import { beatForm, type LeagueRun, type OwnedBeats } from "./run.ts";
import type { ClassCloseness, Measurement } from "./specification.ts";

/** Channels of the classifier whose features are compared. */
export const featureWidth = 0.25;

const measuredInSamples = ["gaussianDiscrepancy", "energy", "coverage", "density"] as const;

/** Beats of a set as rows. */
export const rowsOf = ({ signals: values, count, length }: SignalSet): SignalRows => ({
  values,
  count,
  length,
});

/** The beats of a class. */
export const ofClass = (set: SignalSet, label: number): SignalSet =>
  subset(
    set,
    Array.from(set.labels.keys()).filter((row) => set.labels[row] === label),
  );

/** The patients of the beats of a class. */
const patientsOfClass = ({ labels, patients }: OwnedBeats, label: number) =>
  patients.filter((_, row) => labels[row] === label);

/**
 * How near the synthetic beats of a class are to those of the tested patients. What too few beats cannot tell is null.
 * @returns null where it was stopped
 */
export async function classCloseness(
  run: LeagueRun,
  beats: SignalSet,
  label: number,
): Promise<ClassCloseness | null> {
  const { cell, hooks, real } = run;
  const [own, training, heldOut] = [beats, real.train, real.test].map((set) => rowsOf(ofClass(set, label)));
  // The same draws for all contestants of a league.
  const seed = createRandom(cell.division.seed, 71 + label).integer(2 ** 31);
  const pace = { stopped: hooks.stopped, pause: breathe };
  const options = {
    samplingFrequency: beatForm.samplingFrequency,
    seed,
    // Where the same patients are on both sides, nothing is told of others.
    ...(cell.division.byPatient && { patients: { real: patientsOfClass(real.test, label) } }),
    ...pace,
  };
  const samples = await unlessTooFew(() =>
    closenessReport(own, heldOut, { ...options, registry: closenessMeasures, measures: measuredInSamples }),
  );
  if (samples?.outcome === "cancelled") return null;
  const features = await featuresOf(run, [own, heldOut]);
  if (features === null) return null;
  const [ownFeatures, realFeatures] = features;
  const frechet = await unlessTooFew(() =>
    closenessReport(ownFeatures, realFeatures, {
      ...options,
      registry: featureMeasures,
      measures: ["frechetOfFeatures"],
    }),
  );
  if (frechet?.outcome === "cancelled") return null;
  const sets = { synthetic: own, training, heldOut };
  const apart = await unlessTooFew(() =>
    toldApart(sets, createRandom(cell.seed, 73).integer(2 ** 31), { stopped: hooks.stopped }),
  );
  if (hooks.stopped()) return null;
  return {
    gaussianDiscrepancy: entryOf(samples, "gaussianDiscrepancy"),
    energy: entryOf(samples, "energy"),
    coverage: entryOf(samples, "coverage"),
    density: entryOf(samples, "density"),
    frechetOfFeatures: entryOf(frechet, "frechetOfFeatures"),
    toldApart:
      apart === null ? null : { value: apart.accuracy, interval: { low: apart.low, high: apart.high } },
  };
}

function entryOf<Key extends string>(report: ClosenessReport<Key> | null, key: Key): Measurement | null {
  const entry = report?.entries.find((each) => each.key === key);
  if (entry === undefined || entry.value === null) return null;
  return { value: entry.value, interval: entry.interval };
}

/** What cannot be told of so few beats is no reason to lose the rest. */
async function unlessTooFew<T>(compute: () => Promise<T>): Promise<T | null> {
  try {
    return await compute();
  } catch (error) {
    if (error instanceof Failure && error.code === "too-few-rows") return null;
    throw error;
  }
}

/** What a classifier of the training patients' classes sees in rows; null where it was stopped. */
async function featuresOf(run: LeagueRun, sets: readonly SignalRows[]): Promise<SignalRows[] | null> {
  const network = await featureNetwork(run);
  if (network === null) return null;
  try {
    const found: SignalRows[] = [];
    for (const rows of sets) {
      const features = await network.features(rows);
      if (features === null) return null;
      found.push(features);
    }
    return found;
  } finally {
    network.dispose();
  }
}

/** The fixed classifier of the league: trained by the first cell that needs it, and then the same for all. */
async function featureNetwork({ cell, environment, hooks, real }: LeagueRun): Promise<SmallNetwork | null> {
  const outputs = cell.classes.length;
  const address = await featuresAddress(cell);
  const own = { stopped: hooks.stopped };
  const restored = (state: readonly NamedArray[]) =>
    restoredSmallNetwork(state, { length: beatForm.length, outputs, width: featureWidth }, own);
  const known = await environment.shared(address);
  if (known !== null) return restored(known);
  const { train } = real;
  const network = await trainSmallNetwork(
    { rows: rowsOf(train), labels: train.labels },
    outputs,
    { seed: createRandom(cell.division.seed, 61).integer(2 ** 31), width: featureWidth },
    own,
  );
  if (network === null) return null;
  const state = await network.state();
  network.dispose();
  await environment.keepShared(address, state);
  // As all other cells see it: a state has single precision.
  return restored(state);
}
