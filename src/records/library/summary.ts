import { type Cohort, type CohortSummary, type Side, type SideSummary, sides } from "../../domain/cohort.ts";
import { beatClasses, type LibraryRecord, mayStandForReal } from "../../domain/libraryRecord.ts";
import { assignSides } from "./split.ts";

/** A cohort in numbers. @param library the records of this browser, by hash */
export function summariseCohort(
  cohort: Pick<Cohort, "members" | "split">,
  library: ReadonlyMap<string, LibraryRecord>,
): CohortSummary {
  const records = cohort.members.flatMap((hash) => library.get(hash) ?? []);
  const assigned = assignSides(records, cohort.split);
  const on = (side: Side) => records.filter((record) => assigned.get(record.hash) === side);
  const ages = records.flatMap((record) => record.age ?? []);
  const mean = ages.reduce((sum, age) => sum + age, 0) / ages.length;
  const squares = ages.reduce((sum, age) => sum + (age - mean) ** 2, 0);
  const count = (sex: LibraryRecord["sex"]) => records.filter((record) => record.sex === sex).length;
  return {
    whole: summariseSide(records),
    sides: {
      train: summariseSide(on("train")),
      validation: summariseSide(on("validation")),
      test: summariseSide(on("test")),
    },
    leftOut: records.length - assigned.size,
    missing: cohort.members.length - records.length,
    leakingPatients: leakingPatients(records, assigned),
    age:
      ages.length === 0
        ? null
        : { mean, standardDeviation: ages.length < 2 ? 0 : Math.sqrt(squares / (ages.length - 1)) },
    sexes: { female: count("female"), male: count("male"), unknown: count(null) },
  };
}

/** Hashes of the members of a cohort that its split trains on, in their order. @param library as in `summariseCohort` */
export function trainingMembers(
  { members, split }: Pick<Cohort, "members" | "split">,
  library: ReadonlyMap<string, LibraryRecord>,
): string[] {
  const assigned = assignSides(
    members.flatMap((hash) => library.get(hash) ?? []),
    split,
  );
  return members.filter((hash) => assigned.get(hash) === "train");
}

/** Records, patients, beats and labels. */
export function summariseSide(records: readonly LibraryRecord[]): SideSummary {
  const beats = { N: 0, S: 0, V: 0, F: 0, Q: 0 };
  const labels: Record<string, number> = {};
  for (const record of records) {
    for (const beatClass of beatClasses) beats[beatClass] += record.beatCounts[beatClass];
    for (const label of record.labels) labels[label] = (labels[label] ?? 0) + 1;
  }
  return { records: records.length, patients: patientsOf(records), beats, labels };
}

/** Number of patients; those of whom nothing is known count by their records, and what is synthetic is of none. */
export const patientsOf = (records: readonly LibraryRecord[]): number =>
  new Set(records.filter(mayStandForReal).map(patientOf)).size;

/** The patient of a record, or the record itself where nothing is known. */
export function patientOf(record: Pick<LibraryRecord, "patient" | "hash">): string {
  return record.patient ?? record.hash;
}

/** Patients with records on more than one side: what a test then measures is partly memory. */
function leakingPatients(records: readonly LibraryRecord[], assigned: ReadonlyMap<string, Side>): string[] {
  const found = new Map<string, Set<Side>>();
  for (const record of records) {
    const side = assigned.get(record.hash);
    if (side === undefined || record.patient === null) continue;
    const seen = found.get(record.patient) ?? new Set();
    found.set(record.patient, seen.add(side));
  }
  return [...found].filter(([, seen]) => seen.size > 1).map(([patient]) => patient);
}

/** What two cohorts share. */
export interface CohortOverlap {
  readonly records: number;
  readonly patients: number;
  /** Patients who are trained on in one and tested in the other. */
  readonly crossing: number;
}

/** Compares the members of two cohorts. */
export function overlapOf(
  one: Pick<Cohort, "members" | "split">,
  other: Pick<Cohort, "members" | "split">,
  library: ReadonlyMap<string, LibraryRecord>,
): CohortOverlap {
  const recordsOf = (cohort: Pick<Cohort, "members">) =>
    cohort.members.flatMap((hash) => library.get(hash) ?? []);
  const [first, second] = [recordsOf(one), recordsOf(other)];
  const hashes = new Set(other.members);
  const patients = new Set(second.map(patientOf));
  const onSide = (records: readonly LibraryRecord[], split: Cohort["split"], side: Side) => {
    const assigned = assignSides(records, split);
    return new Set(records.filter(({ hash }) => assigned.get(hash) === side).map(patientOf));
  };
  const [train, test] = [sides[0], sides[2]];
  const crossing = new Set<string>();
  for (const [trainRecords, trainSplit, testRecords, testSplit] of [
    [first, one.split, second, other.split],
    [second, other.split, first, one.split],
  ] as const) {
    const tested = onSide(testRecords, testSplit, test);
    for (const patient of onSide(trainRecords, trainSplit, train)) {
      if (tested.has(patient)) crossing.add(patient);
    }
  }
  return {
    records: one.members.filter((hash) => hashes.has(hash)).length,
    patients: new Set(first.map(patientOf).filter((patient) => patients.has(patient))).size,
    crossing: crossing.size,
  };
}
