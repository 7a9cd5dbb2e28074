import type { Architecture } from "../../classifiers/architecture.ts";
import { type BeatClass, beatClasses } from "../../domain/libraryRecord.ts";
import { numberAt, resolveValues, type Schema, type Values } from "../../domain/schema.ts";
import { stepsPerEpoch } from "../../neural/training/batches.ts";
import { type TrainingHooks, type TrainingState, trainNetwork } from "../../neural/training/loop.ts";
import { trainingPlan, trainingSchema } from "../../neural/training/schema.ts";
import { type NamedArray, readWeights, writeWeights } from "../../neural/training/weights.ts";
import { createRandom } from "../../signal/random.ts";
import { seedFor } from "../syntheticBeats/addedBeats.ts";
import { type BeatSet, beatSamples, labelled, thinnedBeats } from "../syntheticBeats/beatSets.ts";
import { confidentBeats, leftOut, type WindowChoice } from "../syntheticBeats/patientWindow.ts";
import { probabilitiesFor } from "../syntheticBeats/scores.ts";
import { trainingDefaults } from "../syntheticBeats/specification.ts";

const section = "The patient's beats";

/** How the beats of a patient are found that a personal generator is made for. */
export const patientSearchSchema = {
  labels: {
    kind: "choice",
    label: "Whose word",
    description:
      "A network that has learned from all other patients finds the beats, as in the paper: the patient's labels have no part in it, and the patient is none of those that the generator learns from. The patient's own labels are for teaching: nobody has them for a new patient.",
    section,
    provenance: "paper",
    default: "predicted",
    options: [
      { value: "predicted", label: "A network's (recommended)" },
      { value: "annotated", label: "The patient's own labels" },
    ],
  },
  minutes: {
    kind: "number",
    label: "First minutes",
    description:
      "The beginning of the patient's recording in which beats are looked for: “a few minutes” in the paper, five by AAMI's custom.",
    section,
    provenance: "reconstruction",
    default: 5,
    minimum: 0.5,
    maximum: 30,
    step: 0.5,
    unit: "min",
  },
  confidentBeats: {
    kind: "number",
    label: "Beats",
    description: "Those that are most probably of the class.",
    section,
    provenance: "paper",
    default: 50,
    minimum: 2,
    maximum: 1000,
    step: 1,
    unit: "",
    integer: true,
  },
  recurrentUnits: {
    kind: "choice",
    label: "Units of the network",
    description: "Of each of the LSTM's two layers: 512 in the paper, 32 trains in a tab.",
    section,
    provenance: "reconstruction",
    default: "32",
    options: ["16", "32", "64", "128", "512"].map((value) => ({ value, label: value })),
  },
  epochs: {
    kind: "number",
    label: "Epochs",
    description: "Times that the network sees the beats of the other patients.",
    section,
    provenance: "code",
    default: 5,
    minimum: 1,
    maximum: 50,
    step: 1,
    unit: "",
    integer: true,
  },
  learningRate: {
    kind: "number",
    label: "Learning rate",
    description: "Length of Adam's steps: 0.0002 in the code, for the large network and many more beats.",
    section,
    provenance: "reconstruction",
    advanced: true,
    default: 2e-3,
    minimum: 1e-5,
    maximum: 1e-2,
    step: 1e-5,
    unit: "",
  },
  mostPerRecord: {
    kind: "number",
    label: "Beats of a record and class",
    description: "So many at most: normal beats would drown the others, and training take long.",
    section,
    provenance: "reconstruction",
    advanced: true,
    default: 150,
    minimum: 10,
    maximum: 5000,
    step: 10,
    unit: "",
    integer: true,
  },
} satisfies Schema;

/** Whether a network finds the beats. @param given what differs from the defaults */
export const isPredicted = (given: Values): boolean =>
  resolveValues(patientSearchSchema, given)["labels"] === "predicted";

/** What is looked for. */
export interface PatientSearch {
  readonly patient: string;
  readonly beatClass: BeatClass;
  readonly choice: WindowChoice;
  /** Of `patientSearchSchema`, all of them. */
  readonly values: Values;
  readonly seed: number;
}

/** Share of the other patients that decide when to stop. */
const validationShare = 0.2;

export interface PatientSearchHooks extends Pick<TrainingHooks, "checkpointDue" | "onCheckpoint"> {
  stopped(): boolean;
  /** Told as steps are done. */
  onSteps?(done: number, of: number): void;
}

/** The network that others trained for the same patient, and a place to keep it. */
export interface NetworkShelf {
  find(): Promise<readonly NamedArray[] | null>;
  keep(weights: readonly NamedArray[]): Promise<void>;
}

export type PatientSearchOutcome =
  /** `[any, 216]` in mV, the surest first. */
  | { readonly end: "finished"; readonly beats: Float32Array }
  | { readonly end: "cancelled" }
  | { readonly end: "diverged"; readonly reason: string };

/**
 * Finds beats of a class in a patient's first minutes by a network that has learned from the other patients alone (PGAN
 * paper, section on personalisation). No label of the patient is looked at.
 * @param beats of all patients
 * @param from  where an earlier call stopped; null for the start
 * @throws Failure `no-such-patient` or `too-few-patients`
 */
export async function findPatientBeats(
  { patient, beatClass, choice, values, seed }: PatientSearch,
  beats: BeatSet,
  architecture: Architecture,
  shelf: NetworkShelf,
  hooks: PatientSearchHooks,
  from: TrainingState | null = null,
): Promise<PatientSearchOutcome> {
  const sets = leftOut({ patient, minutes: numberAt(values, "minutes"), validationShare, seed }, beats);
  const schema = { ...architecture.hyperparameters, ...trainingSchema };
  const own = {
    recurrentUnits: String(values["recurrentUnits"]),
    epochs: numberAt(values, "epochs"),
    learningRate: numberAt(values, "learningRate"),
  };
  const network = architecture.build(resolveValues(schema, { ...trainingDefaults.PGAN, ...own }), {
    length: beatSamples,
    outputs: beatClasses.length,
    random: createRandom(seedFor(seed, "weights")),
  });
  const outputOf = (each: BeatClass) => beatClasses.indexOf(each);
  const plan = trainingPlan(resolveValues(schema, { ...trainingDefaults.PGAN, ...own }));
  try {
    const known = await shelf.find();
    if (known !== null) writeWeights(network, known);
    else {
      const most = numberAt(values, "mostPerRecord");
      const few = Object.fromEntries(beatClasses.map((each) => [each, most]));
      const train = labelled(thinnedBeats(sets.train, few), outputOf);
      const total = plan.epochs * stepsPerEpoch(train.count, Math.min(plan.batchSize, train.count));
      hooks.onSteps?.(from?.position ?? 0, total);
      const { outcome, state } = await trainNetwork(
        network,
        train,
        labelled(thinnedBeats(sets.validation, few), outputOf),
        plan,
        seedFor(seed, "baseTraining"),
        { ...hooks, onSteps: (position) => hooks.onSteps?.(position, total) },
        from,
      );
      if (outcome.kind === "cancelled") {
        await hooks.onCheckpoint?.(state);
        return { end: "cancelled" };
      }
      if (outcome.kind === "diverged") return { end: "diverged", reason: outcome.reason };
      await shelf.keep(await readWeights(network));
    }
    const window = sets.window.samples;
    const form = { outputs: beatClasses.length, batchSize: plan.batchSize };
    const probabilities = await probabilitiesFor(network, window, form, hooks.stopped);
    if (probabilities === null) return { end: "cancelled" };
    return {
      end: "finished",
      beats: confidentBeats(window, probabilities, outputOf(beatClass), choice),
    };
  } finally {
    network.dispose();
  }
}
