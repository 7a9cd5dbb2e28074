import { Failure } from "../../domain/failure.ts";
import { createRandom, type Random } from "../../signal/random.ts";

/** A recording with its label, before its samples are read. */
export interface LabelledRecord {
  readonly hash: string;
  readonly patient: string | null;
  /** 1 is the positive one where there are two. */
  readonly label: number;
}

export interface SplitOptions {
  readonly byPatient: boolean;
  readonly testShare: number;
  /** Share of validation in what is left after the test. */
  readonly validationShare: number;
  /** Of the one test set that all splits share. */
  readonly testSeed: number;
  /** Which division of the rest, from 1. */
  readonly split: number;
}

export interface SplitRecords<R extends LabelledRecord> {
  readonly train: readonly R[];
  readonly validation: readonly R[];
  readonly test: readonly R[];
}

/**
 * One test set, and the rest divided into training and validation, class by class: as the paper does, 20 % and then 20 %
 * of what is left. By patient, all records of a patient go where the first goes.
 */
export function splitRecords<R extends LabelledRecord>(
  records: readonly R[],
  { byPatient, testShare, validationShare, testSeed, split }: SplitOptions,
): SplitRecords<R> {
  const sorted = [...records].sort((one, other) => (one.hash < other.hash ? -1 : 1));
  const [test, rest] = take(sorted, testShare, byPatient, createRandom(testSeed, 0));
  const [validation, train] = take(rest, validationShare, byPatient, createRandom(testSeed, split));
  return { train, validation, test };
}

/** Takes ⌈share · n⌉ records of each class, whole patients where asked for; the last class first, as it is the rarest. */
function take<R extends LabelledRecord>(
  records: readonly R[],
  share: number,
  byPatient: boolean,
  random: Random,
): [R[], R[]] {
  const keyOf = ({ patient, hash }: R) => (byPatient ? (patient ?? hash) : hash);
  const groups = new Map<string, R[]>();
  for (const record of records) {
    const group = groups.get(keyOf(record));
    if (group === undefined) groups.set(keyOf(record), [record]);
    else group.push(record);
  }
  const order = shuffled([...groups.keys()], random);
  const taken = new Set<string>();
  const labels = [...new Set(records.map(({ label }) => label))].sort((one, other) => other - one);
  for (const label of labels) {
    const wanted = Math.ceil(share * records.filter((record) => record.label === label).length);
    const count = () =>
      records.reduce((sum, each) => sum + (each.label === label && taken.has(keyOf(each)) ? 1 : 0), 0);
    let have = count();
    const ownOf = (key: string) => (groups.get(key) as R[]).filter((record) => record.label === label).length;
    const open = order.filter((key) => !taken.has(key) && ownOf(key) > 0);
    for (const key of open) {
      if (have >= wanted) break;
      // Whole patients of many records must not overfill a small side.
      if (have + ownOf(key) > Math.max(wanted, 1) * 1.5) continue;
      taken.add(key);
      have += ownOf(key);
    }
    // A class of few patients with many records each: the smallest, as long as another one is left for the rest.
    if (have === 0 && wanted > 0 && open.length > 1) {
      taken.add(open.reduce((least, key) => (ownOf(key) < ownOf(least) ? key : least)));
    }
  }
  return [
    records.filter((each) => taken.has(keyOf(each))),
    records.filter((each) => !taken.has(keyOf(each))),
  ];
}

function shuffled<T>(values: T[], random: Random): T[] {
  for (let index = values.length - 1; index > 0; index--) {
    const other = random.integer(index + 1);
    [values[index], values[other]] = [values[other], values[index]];
  }
  return values;
}

/** At most so many positives, drawn without replacement; all negatives stay. Fewer at hand: all are used. */
export function limitPositives<R extends LabelledRecord>(
  records: readonly R[],
  most: number | null,
  seed: number,
): readonly R[] {
  if (most === null) return records;
  const positives = records.filter(({ label }) => label === 1);
  const kept = new Set(shuffled([...positives], createRandom(seed, 101)).slice(0, most));
  return records.filter((record) => record.label === 0 || kept.has(record));
}

/** @throws Failure `too-few-records`, saying what is missing */
export function requireBothClasses(side: string, records: readonly LabelledRecord[], task: string): void {
  for (const label of [1, 0] as const) {
    if (records.some((record) => record.label === label)) continue;
    throw new Failure(
      "too-few-records",
      `The ${side} records hold no ${label === 1 ? task : "normal recording"}.`,
      `${side} set`,
      "Choose a cohort with more records of both classes, or another question.",
    );
  }
}
