import type { GenerationSource, GenerationSpecification, LabelledSignals } from "../../domain/generation.ts";
import { durationOf, type LibraryRecord } from "../../domain/libraryRecord.ts";
import {
  type Candidate,
  firstTenSeconds,
  isWhole,
  piecesOfRhythms,
  recordingsOfLabels,
  simulatedCandidates,
  sureLabels,
} from "../../experiments/generation/recordingRows.ts";
import { breathe } from "../../neural/training/breathe.ts";
import { findRecord } from "../../storage/records.ts";

import type { ClassCount } from "./signalSources.ts";
import { leadFor, storedRecording } from "./storedRecordings.ts";

/** What generators learn from where nothing else is said: lead II, or what Holter recorders call MLII. */
const usualLead = "II";

/** The last source that was searched: its long records have been read for it. */
let kept: { readonly key: string; readonly candidates: readonly Candidate[] } | null = null;

/** All ten seconds of a source that may be read. */
export async function candidatesOf(source: GenerationSource): Promise<readonly Candidate[]> {
  const key = JSON.stringify(source);
  if (kept?.key === key) return kept.candidates;
  const candidates: Candidate[] = [];
  if (source.kind === "simulated") candidates.push(...simulatedCandidates(source.patients, source.seed));
  else {
    for (const hash of source.members) {
      const record = await findRecord(hash);
      if (record !== null) candidates.push(...(await candidatesOfRecord(record)));
      await breathe();
    }
  }
  kept = { key, candidates };
  return candidates;
}

/** A short record as a whole; of a long one the pieces within its annotated rhythms; nothing where it lacks the lead. */
export async function candidatesOfRecord(record: LibraryRecord, lead = usualLead): Promise<Candidate[]> {
  if (leadFor(record, { lead }) === null) return [];
  const { fold, hash } = record;
  const patient = record.patient ?? record.hash;
  const seconds = durationOf(record);
  if (isWhole(seconds)) {
    const read = async () => {
      const { samples, samplingFrequency } = (await openLead(record, lead)).lead;
      return firstTenSeconds(samples, samplingFrequency);
    };
    return [{ record: hash, patient, labels: sureLabels(record), fold, read }];
  }
  if (record.labels.length === 0) return [];
  const opened = await openLead(record, lead);
  return piecesOfRhythms(opened.recording, opened.lead).map(({ label, samples }) => ({
    record: hash,
    patient,
    labels: [label],
    fold,
    read: async () => samples,
  }));
}

async function openLead({ hash, recordName }: LibraryRecord, wanted: string) {
  const recording = await storedRecording(recordName, hash);
  const name = leadFor(recording, { lead: wanted });
  const lead = recording.leads.find((each) => each.name === name);
  if (lead === undefined) throw new TypeError(`${recordName} has lost its lead ${wanted}`);
  return { recording, lead };
}

/** Recordings of each label, those of which there are most first. */
export async function countRecordings(source: GenerationSource): Promise<ClassCount[]> {
  const counts = new Map<string, number>();
  for (const { labels } of await candidatesOf(source)) {
    for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((one, other) => other.count - one.count || one.name.localeCompare(other.name, "en"));
}

/** The recordings that a generator learns from. */
export async function recordingsFor({
  source,
  classes,
  mostSignals,
  seed,
}: GenerationSpecification): Promise<LabelledSignals> {
  return recordingsOfLabels(await candidatesOf(source), classes, mostSignals, seed, breathe);
}
