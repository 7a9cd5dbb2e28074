import { beatTargets } from "../../domain/beatTargets.ts";
import { Failure } from "../../domain/failure.ts";
import { beatClasses } from "../../domain/libraryRecord.ts";
import { rowsOf } from "../../neural/adversarial/realBatches.ts";
import { seedFor } from "./addedBeats.ts";
import { adaptationSplit, type BeatSet, beatSamples, chosenBeats, patientsOf } from "./beatSets.ts";
import { requirePatients } from "./protocol.ts";
import { validationPatients } from "./validationPatients.ts";

/** Whose beats are found, and what is taken for the beginning. */
export interface PatientQuestion {
  readonly patient: string;
  /** min */
  readonly minutes: number;
  /** Share of the other patients that decide when to stop. */
  readonly validationShare: number;
  readonly seed: number;
}

/** Beats of one patient left out, and of the others. */
export interface PatientSets {
  /** Of the other patients. */
  readonly train: BeatSet;
  readonly validation: BeatSet;
  /** The beginning of the patient's first record, and what comes after it. */
  readonly window: BeatSet;
  readonly rest: BeatSet;
}

/** Every record without a pacemaker; the division into halves has no part in leaving one patient out. */
export const unpacedBeats = (beats: BeatSet): BeatSet => chosenBeats(beats, ({ paced }) => !paced);

/**
 * Leaves one patient out. The papers do not say that the patient's beginning and rest are kept apart.
 * @throws Failure `no-such-patient` or `too-few-patients`
 */
export function leftOut(
  { patient, minutes, validationShare, seed }: PatientQuestion,
  beats: BeatSet,
): PatientSets {
  const unpaced = unpacedBeats(beats);
  const { window, rest } = adaptationSplit(unpaced, patient, minutes);
  if (window.count + rest.count === 0) {
    throw new Failure(
      "no-such-patient",
      "There are no beats of this patient.",
      patient,
      `Choose one of ${patientsOf(unpaced).join(", ")}.`,
    );
  }
  const others = chosenBeats(unpaced, (origin) => origin.patient !== patient);
  requirePatients(patientsOf(others));
  const chosen = validationPatients(
    others,
    beatTargets,
    validationShare,
    seedFor(seed, "validationPatients"),
  );
  return {
    train: chosenBeats(others, (origin) => !chosen.includes(origin.patient)),
    validation: chosenBeats(others, (origin) => chosen.includes(origin.patient)),
    window,
    rest,
  };
}

/** How many beats of a window a personal generator gets. */
export interface WindowChoice {
  readonly least: number;
  /** All that the network calls the class, and no fewer. */
  readonly takesPredicted: boolean;
}

/**
 * PGAN follows the most confident beats of the patient. The personalised baselines take all that the network calls the
 * class, made up to as many by the next most probable: the paper's 800 to 1,000 beats of a patient are more than a window
 * of five minutes holds.
 * @param generator in the registry
 */
export const windowChoice = (generator: string, least: number): WindowChoice => ({
  least,
  takesPredicted: generator !== "pgan",
});

/**
 * Beats of a window that are most probably of a class, the surest first.
 * @param window        `[any, 216]`
 * @param probabilities of all classes, `[any, 5]`
 */
export function confidentBeats(
  window: Float32Array,
  probabilities: Float32Array,
  positive: number,
  choice: WindowChoice,
): Float32Array {
  const pool = { samples: window, count: window.length / beatSamples, length: beatSamples };
  return rowsOf(pool, confidentRows(probabilities, positive, choice));
}

/**
 * Rows of the window that a personal generator gets: the most probable ones of the class, in the order of their
 * probability; with `takesPredicted` all that are called the class, and no fewer.
 * @param probabilities of all classes, `[any, 5]`
 */
export function confidentRows(
  probabilities: Float32Array,
  positive: number,
  { least, takesPredicted }: WindowChoice,
): number[] {
  const rows = predictedClasses(probabilities);
  const of = (row: number) => probabilities[row * beatClasses.length + positive];
  const predicted = takesPredicted ? rows.filter((each) => each === positive).length : 0;
  const order = Array.from(rows, (_, row) => row).sort((one, other) => of(other) - of(one));
  if (!takesPredicted || predicted <= least) return order.slice(0, least);
  return order.filter((row) => rows[row] === positive);
}

/** The most probable class of each row; of equals the first. @param probabilities `[any, 5]` */
export function predictedClasses(probabilities: Float32Array): Uint8Array {
  const classes = beatClasses.length;
  return Uint8Array.from({ length: probabilities.length / classes }, (_, row) => {
    const own = probabilities.subarray(row * classes, (row + 1) * classes);
    return own.indexOf(Math.max(...own));
  });
}
