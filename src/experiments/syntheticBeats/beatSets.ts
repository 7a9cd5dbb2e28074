import type { BeatFilter } from "../../domain/beatFilters.ts";
import { type BeatClass, beatClasses, type RecordDescription } from "../../domain/libraryRecord.ts";
import type { Lead, Recording } from "../../domain/recording.ts";
import type { SignalSet } from "../../neural/training/signalSet.ts";
import { aamiClassOf } from "../../records/aami.ts";
import { filteredForBeats } from "../../signal/beatFilters.ts";
import { cutBeats, paperSpan } from "../../signal/beatMatrix.ts";
import { ratioOf, resample } from "../../signal/resample.ts";
import type { BeatOrigin, MostPerRecord } from "./specification.ts";

/** Hz, of all beats here. */
export const beatFrequency = 360;
const span = paperSpan(beatFrequency);
/** Samples of a beat: 0.6 s with the R peak at 72. */
export const beatSamples = span.before + span.after;

/** Beats of records, packed record after record. */
export interface BeatSet {
  /** `[count, 216]`, mV */
  readonly samples: Float32Array;
  readonly count: number;
  /** Index of each beat's class in `beatClasses`. */
  readonly classes: Uint8Array;
  /** R peak of each beat, s from the start of its record. */
  readonly times: Float32Array;
  /** Whose the rows are, in their order. */
  readonly origins: readonly BeatOrigin[];
}

/** What is known of a record beside its signal. */
export interface BeatRecordDescription extends Pick<RecordDescription, "patient" | "division" | "paced"> {
  readonly hash?: string;
}

/**
 * The annotated beats of a recording; annotations that are no beats (rhythms, noise, flutter waves) are none of any class.
 * Another sampling frequency is brought to 360 Hz first. A beat that reaches over an end, or into a gap, is left out.
 */
export function beatsOfRecording(
  { name, annotations, samplingFrequency }: Pick<Recording, "name" | "annotations" | "samplingFrequency">,
  lead: Lead,
  { patient, division, paced, hash }: BeatRecordDescription,
  filter: BeatFilter,
): BeatSet {
  const moved =
    lead.samplingFrequency === beatFrequency
      ? lead.samples
      : Float32Array.from(resample(lead.samples, ratioOf(lead.samplingFrequency, beatFrequency)));
  const beats = annotations.flatMap(({ sample, symbol }) => {
    const aami = aamiClassOf(symbol);
    return aami === null ? [] : [{ at: Math.round((sample * beatFrequency) / samplingFrequency), aami }];
  });
  const cut = cutBeats(
    filteredForBeats(moved, beatFrequency, filter),
    beats.map(({ at }) => at),
    span,
  );
  const kept = Array.from(cut.rows, (row) => beats[row]);
  return {
    samples: cut.samples,
    count: kept.length,
    classes: Uint8Array.from(kept, ({ aami }) => beatClasses.indexOf(aami)),
    times: Float32Array.from(kept, ({ at }) => at / beatFrequency),
    origins: [
      {
        ...{ record: name, patient: patient ?? name, division, paced, count: kept.length },
        ...(hash === undefined ? {} : { hash }),
      },
    ],
  };
}

/** Sets one after the other. */
export function joinBeats(sets: readonly BeatSet[]): BeatSet {
  const count = sets.reduce((sum, set) => sum + set.count, 0);
  const samples = new Float32Array(count * beatSamples);
  const classes = new Uint8Array(count);
  const times = new Float32Array(count);
  let at = 0;
  for (const set of sets) {
    samples.set(set.samples, at * beatSamples);
    classes.set(set.classes, at);
    times.set(set.times, at);
    at += set.count;
  }
  return { samples, count, classes, times, origins: sets.flatMap(({ origins }) => origins) };
}

/** Those beats of a set that are wanted, in their order; records without any are left out. */
export function chosenBeats(
  set: BeatSet,
  isWanted: (origin: BeatOrigin, time: number, beatClass: BeatClass) => boolean,
): BeatSet {
  const rows: number[] = [];
  const origins: BeatOrigin[] = [];
  let first = 0;
  for (const origin of set.origins) {
    const before = rows.length;
    for (let row = first; row < first + origin.count; row++) {
      if (isWanted(origin, set.times[row], beatClasses[set.classes[row]])) rows.push(row);
    }
    if (rows.length > before) origins.push({ ...origin, count: rows.length - before });
    first += origin.count;
  }
  const samples = new Float32Array(rows.length * beatSamples);
  rows.forEach((row, place) => {
    samples.set(set.samples.subarray(row * beatSamples, (row + 1) * beatSamples), place * beatSamples);
  });
  return {
    samples,
    count: rows.length,
    classes: Uint8Array.from(rows, (row) => set.classes[row]),
    times: Float32Array.from(rows, (row) => set.times[row]),
    origins,
  };
}

/**
 * A set with no more beats of a class in any record than is said, spread evenly over the record: the middle ones of as many
 * equal parts. Nothing is drawn, so that all runs see the same beats.
 */
export function thinnedBeats(set: BeatSet, most: MostPerRecord | undefined): BeatSet {
  if (most === undefined) return set;
  const total = new Map<BeatOrigin, number[]>();
  let row = 0;
  for (const origin of set.origins) {
    const counts = beatClasses.map(() => 0);
    for (const end = row + origin.count; row < end; row++) counts[set.classes[row]]++;
    total.set(origin, counts);
  }
  const seen = new Map([...total.keys()].map((origin) => [origin, beatClasses.map(() => 0)]));
  return chosenBeats(set, (origin, _, own) => {
    const of = beatClasses.indexOf(own);
    const all = total.get(origin)?.[of] ?? 0;
    const wanted = Math.min(all, most[own] ?? all);
    const counts = seen.get(origin) ?? [];
    const place = counts[of]++;
    // The middle of one of the parts lies between this beat and the next.
    return Math.round(((place + 1) * wanted) / all) > Math.round((place * wanted) / all);
  });
}

/** Beats of a class. */
export function countOfClass({ classes }: Pick<BeatSet, "classes">, beatClass: BeatClass): number {
  const wanted = beatClasses.indexOf(beatClass);
  return classes.reduce((count, each) => count + (each === wanted ? 1 : 0), 0);
}

/** Samples of the beats of a class, `[count, 216]` in mV. */
export function samplesOfClass(set: BeatSet, beatClass: BeatClass): Float32Array {
  return chosenBeats(set, (_, __, own) => own === beatClass).samples;
}

/** The patients of a set, in the order of their first records. */
export function patientsOf({ origins }: Pick<BeatSet, "origins">): string[] {
  return [...new Set(origins.map(({ patient }) => patient))];
}

/** What each beat belongs to, by a name of its origin; empty where that is not known. */
export function perBeat(origins: readonly BeatOrigin[], key: "record" | "patient" | "hash"): string[] {
  return origins.flatMap((origin) => new Array<string>(origin.count).fill(origin[key] ?? ""));
}

/** A set as a network takes it. @param labelOf the label of each class */
export function labelled(set: BeatSet, labelOf: (beatClass: BeatClass) => number): SignalSet {
  const labels = set.classes.map((each) => labelOf(beatClasses[each]));
  return { signals: set.samples, labels, count: set.count, length: beatSamples };
}

/** Patients with records in both halves of the division of de Chazal et al.: 201 in DS1 and 202 in DS2 are one man. */
export function sharedPatients({ origins }: Pick<BeatSet, "origins">): string[] {
  const of = (division: "DS1" | "DS2") =>
    new Set(origins.filter((origin) => origin.division === division).map(({ patient }) => patient));
  const tested = of("DS2");
  return [...of("DS1")].filter((patient) => tested.has(patient));
}

/** The window from the beginning of a patient's first record, and all that comes after it. */
export function adaptationSplit(
  set: BeatSet,
  patient: string,
  minutes: number,
): { readonly window: BeatSet; readonly rest: BeatSet } {
  const first = set.origins.find((origin) => origin.patient === patient)?.record;
  const isInWindow = ({ record }: BeatOrigin, time: number) => record === first && time < 60 * minutes;
  const own = chosenBeats(set, (origin) => origin.patient === patient);
  return {
    window: chosenBeats(own, isInWindow),
    rest: chosenBeats(own, (origin, time) => !isInWindow(origin, time)),
  };
}
