import type { SignalForm } from "../../domain/experiment.ts";
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
import { openRecording } from "../../records/openRecording.ts";
import { filesOfRecord, findRecord } from "../../storage/records.ts";
import { leadFor } from "./libraryStore.ts";
import type { ClassCount } from "./signalSources.ts";

/** Lead II, or what Holter recorders call MLII. */
const form: SignalForm = { samplingFrequency: 100, duration: 10, lead: "II" };

/** The last source that was searched: its long records have been read for it. */
let kept: { readonly key: string; readonly candidates: readonly Candidate[] } | null = null;

async function candidatesOf(source: GenerationSource): Promise<readonly Candidate[]> {
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

/** A short record as a whole; of a long one the pieces within its annotated rhythms. */
async function candidatesOfRecord(record: LibraryRecord): Promise<Candidate[]> {
  if (leadFor(record, form) === null) return [];
  const patient = record.patient ?? record.hash;
  const seconds = durationOf(record);
  if (isWhole(seconds)) {
    const read = async () => {
      const { lead } = await openLead(record);
      return firstTenSeconds(lead.samples, lead.samplingFrequency);
    };
    return [{ patient, labels: sureLabels(record), read }];
  }
  if (seconds < form.duration || record.labels.length === 0) return [];
  const { recording, lead } = await openLead(record);
  return piecesOfRhythms(recording, lead).map(({ label, samples }) => ({
    patient,
    labels: [label],
    read: async () => samples,
  }));
}

async function openLead({ hash, recordName, leads }: LibraryRecord) {
  const files = await filesOfRecord(hash);
  const named = new Map(files.map(({ name, bytes }) => [name, bytes]));
  const recording = await openRecording(recordName, named, hash);
  const name = leadFor({ leads }, form);
  const lead = recording.leads.find((each) => each.name === name);
  if (lead === undefined) throw new TypeError(`${recordName} has lost its lead ${name}`);
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
