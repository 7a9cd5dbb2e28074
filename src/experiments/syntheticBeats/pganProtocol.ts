import type { BeatTarget } from "../../domain/beatTargets.ts";
import { type BeatClass, beatClasses } from "../../domain/libraryRecord.ts";
import { adaptationSplit, type BeatSet, countOfClass, patientsOf, thinnedBeats } from "./beatSets.ts";
import { leftOut, unpacedBeats, windowChoice } from "./patientWindow.ts";
import { type Addition, type CellSets, requireBothKinds } from "./protocol.ts";
import { type Adaptation, type PganCell, pganMethods } from "./specification.ts";

/** Index of a class among the five outputs. */
const outputOf = (beatClass: BeatClass): number => beatClasses.indexOf(beatClass);

/**
 * The beats of a PGAN cell: all other patients to train and validate on; of the tested patient the beginning without
 * labels, and the rest to test with.
 * @throws Failure `no-such-patient`, `too-few-patients` or `too-few-beats`
 */
export function pganSets(cell: PganCell, beats: BeatSet): CellSets {
  const { patient, target, adaptation, seed, validationShare, source } = cell;
  // The window stays whole: thinning looks at labels, and a patient's own are not there.
  const { window, ...labelled } = leftOut(
    { patient, minutes: adaptation.minutes, validationShare, seed },
    beats,
  );
  const most = source.mostPerRecord;
  const [train, validation, rest] = [labelled.train, labelled.validation, labelled.rest].map((set) =>
    thinnedBeats(set, most),
  );
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

/** What a PGAN cell adds. */
export function pganAddition({ method, count, hyperparameters, iterations, adaptation }: PganCell): Addition {
  if (method === "continued") return { kind: "again" };
  if (method === "personalisedLstm") return { kind: "predicted" };
  const { generator, isPersonal } = pganMethods[method];
  if (generator === null || count === 0) return { kind: "nothing" };
  const chosen = { generator, hyperparameters, iterations };
  const fromWindow = isPersonal ? windowChoice(generator, adaptation.confidentBeats) : null;
  return { kind: "generated", count, chosen, fromWindow };
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
