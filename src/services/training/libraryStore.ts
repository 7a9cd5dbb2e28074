import type { SignalForm } from "../../domain/experiment.ts";
import { Failure } from "../../domain/failure.ts";
import { durationOf, type LibraryRecord } from "../../domain/libraryRecord.ts";
import { signalsOfBeats, signalsOfRecordings } from "../../experiments/augmentationTransfer/realSignals.ts";
import { canonicalJson } from "../../experiments/canonical.ts";
import type { CellStore } from "../../experiments/cellStore.ts";
import type { Candidate } from "../../experiments/generation/recordingRows.ts";
import type { RealRecord } from "../../experiments/realSynthetic/runCell.ts";
import { formSignal } from "../../experiments/realSynthetic/signals.ts";
import { labelOf, tasks } from "../../experiments/realSynthetic/tasks.ts";
import { type BeatSet, beatsOfRecording, joinBeats } from "../../experiments/syntheticBeats/beatSets.ts";
import type { BeatSource } from "../../experiments/syntheticBeats/specification.ts";
import { breathe } from "../../neural/training/breathe.ts";
import { findRecord } from "../../storage/records.ts";
import { findPretraining, keepPretraining } from "../../storage/runs.ts";
import { refuseSynthetic } from "../realOnly.ts";
import { candidatesOfRecord } from "./recordingSources.ts";
import { leadFor, storedRecording } from "./storedRecordings.ts";

/** The samples of a stored record in a form, standardised. */
export async function storedSignal(hash: string, form: SignalForm): Promise<Float32Array> {
  const record = await findRecord(hash);
  const recording = await storedRecording(record?.recordName ?? "", hash);
  const lead = recording.leads.find(({ name }) => name === leadFor(recording, form));
  if (lead === undefined) {
    throw new Failure(
      "no-such-lead",
      `The record has no lead ${form.lead}.`,
      record?.name ?? hash,
      "Leave it out of the cohort.",
    );
  }
  return formSignal(lead.samples, lead.samplingFrequency, form);
}

/** The source of beats that was read last: all cells of an experiment share it. */
let kept: { readonly key: string; readonly beats: BeatSet } | null = null;

async function storedBeats(source: BeatSource, stopped: () => boolean): Promise<BeatSet | null> {
  const key = canonicalJson({ ...source, name: "" });
  if (kept?.key === key) return kept.beats;
  const sets: BeatSet[] = [];
  for (const hash of source.members) {
    if (stopped()) return null;
    sets.push(await beatsOfRecord(hash, source));
    await breathe();
  }
  const beats = joinBeats(sets);
  if (beats.count === 0) {
    throw new Failure(
      "no-beats",
      `No annotated record has the lead ${source.lead}.`,
      source.name,
      "Choose records whose beats are annotated, such as MIT-BIH's or the simulated stand-in.",
    );
  }
  kept = { key, beats };
  return beats;
}

/** @throws Failure `missing-records`, and `synthetic-records` for one that cannot stand for a real one */
async function wantedRecord(hash: string): Promise<LibraryRecord> {
  const record = await findRecord(hash);
  if (record !== null) {
    refuseSynthetic(record);
    return record;
  }
  throw new Failure(
    "missing-records",
    "A record of the experiment is not in the library of this browser.",
    hash.slice(0, 12),
    "Import the records that it was set up with, or choose others.",
  );
}

/** Annotated beats of a stored record; none where it lacks the lead. @throws Failure as `wantedRecord` */
async function beatsOfRecord(hash: string, { lead, filter }: BeatSource): Promise<BeatSet> {
  const record = await wantedRecord(hash);
  const recording = await storedRecording(record?.recordName ?? "", hash);
  const found = recording.leads.find(({ name }) => name === lead);
  return found === undefined ? joinBeats([]) : beatsOfRecording(recording, found, record, filter);
}

/** The library of this browser, as cells ask it. */
export const libraryStore: CellStore = {
  async recordings({ source, task, form }) {
    const records = await Promise.all(source.members.map(findRecord));
    return records.flatMap((record): RealRecord[] => {
      if (record !== null) refuseSynthetic(record);
      if (record === null || durationOf(record) < form.duration - 1e-6) return [];
      const label = labelOf(record, tasks[task]);
      if (label === null || leadFor(record, form) === null) return [];
      return [{ hash: record.hash, name: record.name, patient: record.patient, label }];
    });
  },
  async signals(records, form, stopped) {
    const length = Math.round(form.duration * form.samplingFrequency);
    const signals = new Float32Array(records.length * length);
    for (const [row, { hash }] of records.entries()) {
      if (stopped()) return null;
      signals.set(await storedSignal(hash, form), row * length);
      await breathe();
    }
    const labels = Uint8Array.from(records, ({ label }) => label);
    return { signals, labels, count: records.length, length };
  },
  beats: storedBeats,
  async labelledSignals(wanted, stopped) {
    const { source, form, lead } = wanted;
    if (form === "beats") {
      const beats = await storedBeats({ ...source, lead, filter: "none" }, stopped);
      return beats === null ? null : signalsOfBeats(beats, wanted);
    }
    const candidates: Candidate[] = [];
    for (const hash of source.members) {
      if (stopped()) return null;
      candidates.push(...(await candidatesOfRecord(await wantedRecord(hash), lead)));
      await breathe();
    }
    return signalsOfRecordings(candidates, wanted, breathe);
  },
  shared: async (address) => (await findPretraining(address))?.weights ?? null,
  keepShared: (id, weights) => keepPretraining({ id, weights }),
};
