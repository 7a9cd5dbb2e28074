import { existsSync } from "node:fs";
import { join } from "node:path";
import { readRecordAt } from "../../commandLine/recordFiles.ts";
import { type BeatClass, beatClasses } from "../../domain/libraryRecord.ts";
import type { SignalRows } from "../../evaluation/closeness/signalRows.ts";
import {
  adaptationSplit,
  type BeatSet,
  beatSamples,
  beatsOfRecording,
  joinBeats,
  samplesOfClass,
} from "../../experiments/syntheticBeats/beatSets.ts";
import { mitBihRecords } from "../../records/mitBih.ts";
import { createRandom, type Random } from "../../signal/random.ts";
import { simulateHolter } from "../../simulators/cohort/holter.ts";
import { virtualPatient } from "../../simulators/cohort/patient.ts";

/** Classes whose beats are generated here. */
export const shownClasses = ["N", "V"] as const satisfies readonly BeatClass[];
export type ShownClass = (typeof shownClasses)[number];

/** Beats, `[count, 216]` in mV. */
export type Rows = SignalRows;

/** The beats of a class that generators are trained on and measured against. */
export interface ClassBeats {
  readonly training: Rows;
  /** Of the same people, not trained on. */
  readonly heldOut: Rows;
  /** Beats of one person who is not among the others, behind the first minutes. */
  readonly later: Rows;
}

/** Where beats come from. */
export interface BeatSource {
  readonly key: "real" | "simulated";
  readonly title: string;
  /** Who they are of, in a sentence. */
  readonly words: string;
  readonly classes: Readonly<Record<ShownClass, ClassBeats>>;
  /** The first minutes of that person. */
  readonly window: BeatSet;
  /** Beats of other people, of all classes: what features are learned from. */
  readonly others: BeatSet;
}

const trainingBeats = 2000;
/** Most beats of a group that is compared. */
export const comparedBeats = 500;
/** Of what generated beats that are compared are drawn from. */
export const comparedSeed = 4242;
/** min that personal generators see of their patient */
export const windowMinutes = 5;
/** Of the order of the beats. */
const seed = 2026;

/** The person for personal generators, in DS2. */
const realPatient = "200";

/**
 * Beats of the MIT-BIH Arrhythmia Database: generators see the records of DS1, features are learned from those of DS2.
 * @param folder of the records
 */
export async function realSource(folder: string): Promise<BeatSource> {
  const read = async (names: readonly string[]) => {
    const sets: BeatSet[] = [];
    for (const name of names) {
      if (!existsSync(join(folder, `${name}.hea`))) continue;
      const recording = await readRecordAt(join(folder, name), "atr");
      const lead = recording.leads.find((each) => each.name === "MLII");
      if (lead === undefined) continue;
      const description = { patient: `mitdb/${name}`, division: null, paced: false };
      sets.push(beatsOfRecording(recording, lead, description, "bandPass"));
    }
    return joinBeats(sets);
  };
  const own = await read(mitBihRecords.DS1);
  const others = await read(mitBihRecords.DS2.filter((name) => name !== realPatient));
  return {
    key: "real",
    title: "MIT-BIH",
    words: `${own.origins.length} records of DS1 of the MIT-BIH Arrhythmia Database; the patient is record ${realPatient}; features are learned from ${others.origins.length} other records of DS2`,
    ...splitBeats(own, await read([realPatient])),
    others,
  };
}

/** Virtual patients by number; each lives half an hour. */
const simulatedPeople = { own: 24, others: 12, patient: 52 } as const;

/** Beats of the simulated cohort. */
export function simulatedSource(): BeatSource {
  const made = (numbers: readonly number[]) =>
    joinBeats(
      numbers.map((number) => {
        const { recording } = simulateHolter(virtualPatient(seed, number), `sim${number + 1}`);
        const description = { patient: `sim${number + 1}`, division: null, paced: false };
        return beatsOfRecording(recording, recording.leads[0], description, "bandPass");
      }),
    );
  const { own, others, patient } = simulatedPeople;
  const range = (first: number, count: number) => Array.from({ length: count }, (_, index) => first + index);
  return {
    key: "simulated",
    title: "Simulated cohort",
    words: `${own} virtual patients of half an hour; the patient is another one; features are learned from ${others} more`,
    ...splitBeats(made(range(0, own)), made([patient])),
    others: made(range(own, others)),
  };
}

function splitBeats(own: BeatSet, person: BeatSet): Pick<BeatSource, "classes" | "window"> {
  const { window, rest } = adaptationSplit(person, person.origins[0].patient, windowMinutes);
  const of = (beatClass: ShownClass): ClassBeats => {
    const random = createRandom(seed, shownClasses.indexOf(beatClass));
    const all = inRandomOrder(samplesOfClass(own, beatClass), random);
    return {
      training: taken(all, 0, trainingBeats),
      heldOut: taken(all, trainingBeats, comparedBeats),
      later: taken(rowsOf(samplesOfClass(rest, beatClass)), 0, comparedBeats),
    };
  };
  return { classes: { N: of("N"), V: of("V") }, window };
}

/** Beats of a packed matrix. */
export const rowsOf = (values: Float32Array): Rows => ({
  values,
  count: values.length / beatSamples,
  length: beatSamples,
});

/** So many rows from the first on, or what there is of them. */
export function taken({ values, count, length }: Rows, first: number, most: number): Rows {
  const end = Math.min(count, first + most);
  return { values: values.slice(first * length, end * length), count: end - first, length };
}

function inRandomOrder(values: Float32Array, random: Random): Rows {
  const { count, length } = rowsOf(values);
  const order = Array.from({ length: count }, (_, row) => ({ row, key: random.uniform() })).sort(
    (one, other) => one.key - other.key,
  );
  const mixed = new Float32Array(values.length);
  order.forEach(({ row }, place) => {
    mixed.set(values.subarray(row * length, (row + 1) * length), place * length);
  });
  return rowsOf(mixed);
}

/** Rows of each class, at most so many of one, as `[samples, labels]` for a network: the label is the place in `beatClasses`. */
export function balanced(set: BeatSet, mostOfClass: number) {
  const random = createRandom(seed, 10);
  const parts = beatClasses.map((beatClass) =>
    taken(inRandomOrder(samplesOfClass(set, beatClass), random), 0, mostOfClass),
  );
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const signals = new Float32Array(count * beatSamples);
  const labels = new Uint8Array(count);
  let row = 0;
  parts.forEach((part, label) => {
    signals.set(part.values, row * beatSamples);
    labels.fill(label, row, row + part.count);
    row += part.count;
  });
  return { signals, labels, count, length: beatSamples };
}
