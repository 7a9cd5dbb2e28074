import type { BeatFilter } from "../../domain/beatFilters.ts";
import {
  filterOf,
  type GenerationSource,
  type GenerationSpecification,
  type LabelledSignals,
} from "../../domain/generation.ts";
import { type BeatClass, beatClasses } from "../../domain/libraryRecord.ts";
import {
  beatForm,
  beatsOfClasses,
  inBeatForm,
  type SymbolledBeats,
  simulatedBeats,
  symbolledBeats,
} from "../../experiments/generation/beatRows.ts";
import { isPredicted } from "../../experiments/generation/patientSearch.ts";
import { beatsOfRecording } from "../../experiments/syntheticBeats/beatSets.ts";
import { breathe } from "../../neural/training/breathe.ts";
import { aamiClassOf } from "../../records/aami.ts";
import { findAnalysis, findBeats } from "../../storage/analyses.ts";
import { findRecord } from "../../storage/records.ts";
import type { ClassCount } from "./signalSources.ts";
import { storedRecording } from "./storedRecordings.ts";

const generatedClasses = beatClasses.filter((name) => name !== "Q");

/** The last source that was read: a person looks at several classes of it in turn. */
let kept: { readonly key: string; readonly beats: readonly SymbolledBeats[] } | null = null;

/**
 * All beats of a source, a patient or record after the other. Only annotated beats have a class.
 * @param filter what leads are put through before
 */
export async function readSource(
  source: GenerationSource,
  filter: BeatFilter,
): Promise<readonly SymbolledBeats[]> {
  const key = JSON.stringify([source, filter]);
  if (kept?.key === key) return kept.beats;
  const beats: SymbolledBeats[] = [];
  if (source.kind === "simulated") {
    for (let patient = 0; patient < source.patients; patient++) {
      beats.push(simulatedBeats(source.seed, patient, source.minutes, filter));
      await breathe();
    }
  } else {
    for (const hash of source.members) {
      const found = await recordBeats(hash, filter);
      if (found !== null) beats.push(found);
      await breathe();
    }
  }
  kept = { key, beats };
  return beats;
}

/** The annotated beats of a stored record, or null. */
async function recordBeats(hash: string, filter: BeatFilter): Promise<SymbolledBeats | null> {
  const [record, rows, analysis] = await Promise.all([findRecord(hash), findBeats(hash), findAnalysis(hash)]);
  if (record === null || rows === null || analysis?.annotated !== true) return null;
  const { name, paced } = record;
  const patient = record.patient ?? hash;
  if (filter !== "none") {
    // What was cut at the import is too short to be filtered.
    const recording = await storedRecording(record.recordName, hash);
    const lead = recording.leads.find((each) => each.name === rows.lead);
    if (lead === undefined) throw new TypeError(`${name} has lost its lead ${rows.lead}`);
    return symbolledBeats(beatsOfRecording(recording, lead, record, filter), { name, patient, paced });
  }
  const { samples, length, before, samplingFrequency } = rows;
  return {
    record: name,
    patient,
    paced,
    beats: inBeatForm(samples, length, before, samplingFrequency),
    symbols: Array.from(rows.rows, (row) => analysis.symbols[row]).join(""),
    times: Float32Array.from(rows.rows, (row) => analysis.beats[row] / analysis.samplingFrequency),
  };
}

/** Beats of each class in a source. Those of unknown class are none that anybody wants to generate. */
export async function countBeats(source: GenerationSource): Promise<ClassCount[]> {
  const counts = new Map<string, number>(generatedClasses.map((name) => [name, 0]));
  for (const { symbols } of await readSource(source, "none")) {
    for (const symbol of symbols) {
      const known = counts.get(aamiClassOf(symbol) ?? "");
      if (known !== undefined) counts.set(aamiClassOf(symbol) as BeatClass, known + 1);
    }
  }
  return [...counts].map(([name, count]) => ({ name, count }));
}

/** The beats that a generator learns from. */
export async function beatsFor(specification: GenerationSpecification): Promise<LabelledSignals> {
  const { source, classes, mostSignals, seed, patient, patientSearch } = specification;
  const all = await readSource(source, filterOf(specification));
  // Where the patient's labels have no part in it, the patient is none of those that are learned from.
  const isLeftOut = patientSearch !== undefined && isPredicted(patientSearch);
  const learned = isLeftOut ? all.filter((each) => each.patient !== patient) : all;
  return beatsOfClasses(learned, classes, mostSignals, seed);
}

/** The first annotated beats of the class of the patient whom a personal generator is made for. */
export async function annotatedPatientBeats(
  specification: GenerationSpecification,
  count: number,
): Promise<Float32Array> {
  const { source, patient, classes } = specification;
  const all = await readSource(source, filterOf(specification));
  const own = all.filter((each) => each.patient === patient);
  const { signals } = beatsOfClasses(own, [classes[0]], Number.MAX_SAFE_INTEGER, 0);
  return signals.slice(0, count * beatForm.length);
}

/** Patients of a source with how many beats of a class each has, the most first. */
export async function patientsWith(
  source: GenerationSource,
  beatClass: string,
): Promise<readonly { readonly patient: string; readonly count: number }[]> {
  const counts = new Map<string, number>();
  for (const { patient, symbols } of await readSource(source, "none")) {
    const own = Array.from(symbols).filter((symbol) => aamiClassOf(symbol) === beatClass).length;
    counts.set(patient, (counts.get(patient) ?? 0) + own);
  }
  return [...counts]
    .filter(([, count]) => count > 0)
    .map(([patient, count]) => ({ patient, count }))
    .sort((one, other) => other.count - one.count);
}
