import { Failure } from "../../domain/failure.ts";
import { epochOrder } from "../../neural/training/batches.ts";
import { type SignalSet, subset } from "../../neural/training/signalSet.ts";
import { createRandom } from "../../signal/random.ts";
import { splitRecords } from "../realSynthetic/splits.ts";
import type { SignalDivision } from "./specification.ts";

/** Real signals in mV with their classes and whose they are. */
export interface RealSignals extends SignalSet {
  /** One a row, the same over all databases that are merged. */
  readonly patients: readonly string[];
  /** Published fold of each, from 1, or null; absent where there are none. */
  readonly folds?: readonly (number | null)[];
  /** Hash of the record that each is of, empty where that is not known; absent where none is. */
  readonly records?: readonly string[];
}

export type Side = "train" | "validation" | "test";

/** Rows of real signals on each side. */
export type DividedRows = Readonly<Record<Side, Uint32Array>>;

/** On which side the authors of PTB-XL advise to use each of its ten folds. */
const sideOfFold = (fold: number): Side => (fold === 10 ? "test" : fold === 9 ? "validation" : "train");

/**
 * Divides signals class by class, whole patients where asked for; those of a published fold as published, where asked for.
 * @throws Failure `too-few-signals` where a side lacks a class, or `patient-on-both-sides` where a division leaks
 */
export function divideSignals(
  { labels, patients, folds, count }: Pick<RealSignals, "labels" | "patients" | "folds" | "count">,
  classes: readonly string[],
  division: SignalDivision,
): DividedRows {
  // Rare classes are divided first, for they leave the fewest choices.
  const ranks = ranksByCount(labels, classes.length);
  const digits = String(count).length;
  const records = Array.from({ length: count }, (_, row) => ({
    hash: String(row).padStart(digits, "0"),
    patient: patients[row],
    label: ranks[labels[row]],
    row,
  }));
  const { byPatient, byFolds, testShare, validationShare, seed } = division;
  const publishedSide = (row: number): Side | null => {
    const fold = byFolds === true ? (folds?.[row] ?? null) : null;
    return fold === null ? null : sideOfFold(fold);
  };
  const others = records.filter(({ row }) => publishedSide(row) === null);
  const sides = splitRecords(others, { byPatient, testShare, validationShare, testSeed: seed, split: 1 });
  const rowsOf = (side: Side) => {
    const own = records.filter(({ row }) => publishedSide(row) === side);
    return Uint32Array.from([...own, ...sides[side]], ({ row }) => row).sort();
  };
  const rows = { train: rowsOf("train"), validation: rowsOf("validation"), test: rowsOf("test") };
  const remedy = others.length < count ? ", or do not divide by folds" : "";
  for (const [side, own] of Object.entries(rows)) requireClasses(side, own, labels, classes, remedy);
  return rows;
}

/** Place of each class in the order of their counts, the commonest 0. */
function ranksByCount(labels: Uint8Array, classes: number): number[] {
  const counts = countsOf(labels, classes);
  const order = counts.map((_, at) => at).sort((one, other) => counts[other] - counts[one] || one - other);
  return counts.map((_, at) => order.indexOf(at));
}

/** Rows of each class. */
export function countsOf(labels: ArrayLike<number>, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (let row = 0; row < labels.length; row++) counts[labels[row]]++;
  return counts;
}

/** @param remedy what else can be done @throws Failure `too-few-signals` */
export function requireClasses(
  side: string,
  rows: ArrayLike<number>,
  labels: Uint8Array,
  classes: readonly string[],
  remedy = "",
): void {
  const counts = countsOf(
    Array.from(rows, (row) => labels[row]),
    classes.length,
  );
  const missing = classes.filter((_, at) => counts[at] === 0);
  if (missing.length === 0) return;
  throw new Failure(
    "too-few-signals",
    `The ${side} signals hold none of ${missing.join(", ")}.`,
    `${side} signals`,
    `Choose more records, fewer classes, or a larger share${remedy}.`,
  );
}

/**
 * Refuses signals of a generator that has learned from somebody who is tested.
 * @throws Failure `generator-saw-test`
 */
export function requireUnseen(
  learnedFrom: readonly string[],
  tested: readonly string[],
  generator: string,
): void {
  const known = new Set(learnedFrom);
  const seen = tested.filter((patient) => known.has(patient));
  if (seen.length === 0) return;
  throw new Failure(
    "generator-saw-test",
    `It has learned from ${new Set(seen).size} of the tested patients, ${seen[0]} among them.`,
    generator,
    "Test on patients that no generator has seen: divide by patient, and train it on the training side alone.",
  );
}

/**
 * Some of the rows, drawn without replacement; a row of a class that makes up a share p weighs 1 − p, so that rare classes
 * stay (as the authors' program draws).
 * @returns in the order of `rows`
 */
export function drawnShare(
  rows: Uint32Array,
  labels: Uint8Array,
  classes: number,
  share: number,
  seed: number,
): Uint32Array {
  const wanted = Math.max(1, Math.round(share * rows.length));
  if (wanted >= rows.length) return rows;
  const counts = countsOf(
    Array.from(rows, (row) => labels[row]),
    classes,
  );
  const random = createRandom(seed, 31);
  // The largest of u^(1 / weight) are such a draw (Efraimidis & Spirakis, Inf Process Lett 2006;97:181).
  const keyed = Array.from(rows, (row) => {
    const weight = 1 - counts[labels[row]] / rows.length;
    return { row, key: weight === 0 ? 0 : random.uniform() ** (1 / weight) };
  });
  const kept = new Set(
    keyed
      .sort((one, other) => other.key - one.key)
      .slice(0, wanted)
      .map(({ row }) => row),
  );
  return rows.filter((row) => kept.has(row));
}

/** Real signals once more, of each class so many: what equal numbers of synthetic ones have to beat. @param more one a class */
export function repeatedSignals(set: SignalSet, more: readonly number[], seed: number): SignalSet {
  const rows = more.map((wanted, label) => {
    const own = Array.from(set.labels.keys()).filter((row) => set.labels[row] === label);
    const order = epochOrder(own.length, seed, label);
    return Array.from({ length: own.length === 0 ? 0 : wanted }, (_, at) => own[order[at % own.length]]);
  });
  return subset(set, rows.flat());
}

/** What a signal of each class weighs where so many more of each class are to count: the class counts of `repeatedSignals`. */
export function levellingWeights({ labels }: Pick<SignalSet, "labels">, more: readonly number[]): number[] {
  return countsOf(labels, more.length).map((count, at) => (count === 0 ? 0 : (count + more[at]) / count));
}

/** How many signals of each class are lacking to have as many as the largest one. */
export function lackingToLargest({ labels }: Pick<SignalSet, "labels">, classes: number): number[] {
  const counts = countsOf(labels, classes);
  return counts.map((count) => Math.max(...counts) - count);
}

/** Sets of signals one after the other. */
export function joinedSets(sets: readonly SignalSet[]): SignalSet {
  const count = sets.reduce((sum, set) => sum + set.count, 0);
  const { length } = sets[0];
  const signals = new Float32Array(count * length);
  const labels = new Uint8Array(count);
  let at = 0;
  for (const set of sets) {
    signals.set(set.signals, at * length);
    labels.set(set.labels, at);
    at += set.count;
  }
  return { signals, labels, count, length };
}

/** A set with the same label on every row. */
export const labelledAs = (set: SignalSet, label: number): SignalSet => ({
  ...set,
  labels: new Uint8Array(set.count).fill(label),
});

/** Mean and standard deviation of all samples of a set, mV. */
export interface Scale {
  readonly mean: number;
  readonly deviation: number;
}

export function scaleOf({ signals }: Pick<SignalSet, "signals">): Scale {
  let [sum, squares] = [0, 0];
  for (const value of signals) sum += value;
  const mean = sum / signals.length;
  for (const value of signals) squares += (value - mean) ** 2;
  const deviation = Math.sqrt(squares / signals.length);
  return { mean, deviation: deviation > 0 ? deviation : 1 };
}

/** A set in standard deviations from the mean of the training signals: validation and test by the same numbers. */
export const standardised = (set: SignalSet, { mean, deviation }: Scale): SignalSet => ({
  ...set,
  signals: set.signals.map((value) => (value - mean) / deviation),
});
