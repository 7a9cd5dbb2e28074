import { type BeatTarget, beatTargets } from "../../domain/beatTargets.ts";
import { Failure } from "../../domain/failure.ts";
import { type BeatClass, beatClasses } from "../../domain/libraryRecord.ts";
import { seedFor } from "./addedBeats.ts";
import { adaptationSplit, type BeatSet, chosenBeats, countOfClass, patientsOf } from "./beatSets.ts";
import { type Addition, type CellSets, requireBothKinds, requirePatients } from "./protocol.ts";
import { type Adaptation, type PganCell, pganMethods } from "./specification.ts";
import { validationPatients } from "./validationPatients.ts";

/** Index of a class among the five outputs. */
const outputOf = (beatClass: BeatClass): number => beatClasses.indexOf(beatClass);

/** Every record without a pacemaker; the division into halves has no part in leaving one patient out. */
const unpacedBeats = (beats: BeatSet): BeatSet => chosenBeats(beats, ({ paced }) => !paced);

/**
 * The beats of a PGAN cell: all other patients to train and validate on; of the tested patient the beginning without
 * labels, and the rest to test with. The papers do not say that the two are kept apart.
 * @throws Failure `no-such-patient`, `too-few-patients` or `too-few-beats`
 */
export function pganSets(cell: PganCell, beats: BeatSet): CellSets {
  const { patient, target, adaptation, seed, validationShare } = cell;
  const unpaced = unpacedBeats(beats);
  const { window, rest } = adaptationSplit(unpaced, patient, adaptation.minutes);
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
  const train = chosenBeats(others, (origin) => !chosen.includes(origin.patient));
  const validation = chosenBeats(others, (origin) => chosen.includes(origin.patient));
  requireBothKinds("training", train, target, 2);
  requireBothKinds("test", rest, target, 1);
  return {
    outputs: beatClasses.length,
    positive: outputOf(target),
    labelOf: outputOf,
    train,
    validation,
    test: rest,
    window: window.samples,
  };
}

/**
 * What a PGAN cell adds. PGAN follows the most confident beats of the patient. The personalised baselines take all that
 * the network calls the class, made up to as many by the next most probable: the paper's 800 to 1,000 beats of a patient
 * are more than an adaptation window of five minutes holds.
 */
export function pganAddition({ method, count, hyperparameters, iterations, adaptation }: PganCell): Addition {
  if (method === "personalisedLstm") return { kind: "predicted" };
  const { generator, isPersonal } = pganMethods[method];
  if (generator === null || count === 0) return { kind: "nothing" };
  const chosen = { generator, hyperparameters, iterations };
  const fromWindow = isPersonal
    ? { least: adaptation.confidentBeats, takesPredicted: method !== "pgan" }
    : null;
  return { kind: "generated", count, chosen, fromWindow };
}

/**
 * Rows of the window that a personal generator gets: the most probable ones of the class, in the order of their
 * probability; with `takesPredicted` all that are called the class, and no fewer.
 * @param probabilities of all classes, `[any, 5]`
 */
export function confidentRows(
  probabilities: Float32Array,
  positive: number,
  { least, takesPredicted }: { readonly least: number; readonly takesPredicted: boolean },
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

/** Patients with enough beats of a class behind their adaptation window, and something else there to tell them from. */
export function patientsToTest(
  beats: BeatSet,
  target: BeatTarget,
  { minutes }: Pick<Adaptation, "minutes">,
  leastBeats: number,
): string[] {
  const unpaced = unpacedBeats(beats);
  return patientsOf(unpaced).filter((patient) => {
    const { rest } = adaptationSplit(unpaced, patient, minutes);
    const own = countOfClass(rest, target);
    return own >= Math.max(1, leastBeats) && own < rest.count;
  });
}
