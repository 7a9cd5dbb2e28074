import type { BeatClass } from "../../domain/libraryRecord.ts";
import { epochOrder } from "../../neural/training/batches.ts";
import { type BeatSet, chosenBeats, countOfClass, patientsOf } from "./beatSets.ts";

/**
 * Patients that are taken out of the training ones for validation: a share of them, drawn at random, but so that every
 * class of interest that two patients have stands on both sides, and that no more than half of its beats are taken. A
 * class that only one patient has stays in training.
 * @param classes of interest, among the others
 */
export function validationPatients(
  set: BeatSet,
  classes: readonly BeatClass[],
  share: number,
  seed: number,
): string[] {
  const patients = patientsOf(set).sort();
  const order = Array.from(epochOrder(patients.length, seed, 0), (index) => patients[index]);
  const counts = new Map(
    order.map((patient) => {
      const own = chosenBeats(set, (origin) => origin.patient === patient);
      return [patient, new Map(classes.map((each) => [each, countOfClass(own, each)]))];
    }),
  );
  const countFor = (patient: string, each: BeatClass) => counts.get(patient)?.get(each) ?? 0;
  const taken = new Set<string>();
  const takenOf = (each: BeatClass) => [...taken].reduce((sum, patient) => sum + countFor(patient, each), 0);
  const totalOf = (each: BeatClass) => order.reduce((sum, patient) => sum + countFor(patient, each), 0);
  const mayGo = (patient: string) =>
    !taken.has(patient) &&
    taken.size + 1 < order.length &&
    classes.every((each) => {
      const own = countFor(patient, each);
      return own === 0 || 2 * (takenOf(each) + own) <= totalOf(each);
    });
  const having = (each: BeatClass) => order.filter((patient) => countFor(patient, each) > 0);
  // The rarest first: the fewer patients have a class, the fewer choices it leaves.
  for (const each of [...classes].sort((one, other) => having(one).length - having(other).length)) {
    if (takenOf(each) > 0) continue;
    const found = having(each).find(mayGo);
    if (found !== undefined) taken.add(found);
  }
  const wanted = Math.max(1, Math.round(share * order.length));
  for (const patient of order) if (taken.size < wanted && mayGo(patient)) taken.add(patient);
  return [...taken].sort();
}
