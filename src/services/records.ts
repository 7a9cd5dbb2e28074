import type { Annotation } from "../domain/annotation.ts";
import { Failure } from "../domain/failure.ts";
import type { Recording } from "../domain/recording.ts";
import { type ImportedRecord, importRecords, type SourceFile } from "../records/importFiles.ts";
import { beatSymbols } from "../records/wfdb/annotationCodes.ts";
import { readRecord } from "../records/wfdb/record.ts";
import { filesOfZip } from "../records/zip.ts";
import { beatAround, type BeatWindow } from "../signal/beats.ts";
import type { StoredRecord } from "../storage/database.ts";
import { deleteRecord, filesOfRecord, findRecord, renameRecord, storeRecord } from "../storage/records.ts";
import { writeSetting } from "../storage/settings.ts";

/** A failure as data: instances do not survive being part of a value. */
export type FailureData = Pick<Failure, "code" | "message" | "place" | "remedy">;

export interface ImportReport {
  readonly stored: readonly { readonly hash: string; readonly name: string; readonly lead: string }[];
  readonly duplicates: readonly { readonly hash: string; readonly name: string; readonly lead: string }[];
  readonly failures: readonly FailureData[];
}

/** What a page needs of a record to show it, without its samples. */
export interface OpenedRecord {
  readonly hash: string;
  readonly name: string;
  readonly samplingFrequency: number;
  /** s */
  readonly duration: number;
  readonly leads: StoredRecord["leads"];
  readonly annotations: readonly Annotation[];
  /** Positions of the beats among them, in frames. */
  readonly rPeaks: readonly number[];
  readonly comments: readonly string[];
  readonly warnings: readonly string[];
}

/** Decoded records kept in memory; each half-hour record of two leads takes about 5 MB. */
const keptRecordings = 4;
const recordings = new Map<string, Recording>();

async function recordingOf(hash: string): Promise<Recording> {
  const kept = recordings.get(hash);
  if (kept !== undefined) return kept;
  const stored = await findRecord(hash);
  const files = await filesOfRecord(hash);
  const recording = readRecord(stored?.recordName ?? "", new Map(files.map(({ name, bytes }) => [name, bytes])), hash);
  keep(hash, recording);
  return recording;
}

function keep(hash: string, recording: Recording): void {
  recordings.delete(hash);
  recordings.set(hash, recording);
  const oldest = recordings.keys().next();
  if (recordings.size > keptRecordings && oldest.done !== true) recordings.delete(oldest.value);
}

async function leadOf(hash: string, name: string) {
  const { leads } = await recordingOf(hash);
  const lead = leads.find((candidate) => candidate.name === name);
  if (lead === undefined) {
    throw new Failure("no-such-lead", "The record has no such lead.", name, `Choose ${leads.map((each) => each.name).join(", ")}.`);
  }
  return lead;
}

function summaryOf({ name, hash, files, recording }: ImportedRecord): StoredRecord {
  return {
    hash,
    name,
    recordName: name,
    importedAt: Date.now(),
    samplingFrequency: recording.samplingFrequency,
    length: recording.length,
    leads: recording.leads.map((lead) => ({ name: lead.name, unit: lead.unit, samplingFrequency: lead.samplingFrequency })),
    beatCount: beatsOf(recording.annotations).length,
    annotationCount: recording.annotations.length,
    comments: recording.comments,
    warnings: recording.warnings.map((warning) => warning.describe()),
    byteSize: [...files.values()].reduce((sum, bytes) => sum + bytes.length, 0),
  };
}

const beatsOf = (annotations: readonly Annotation[]) => annotations.filter((annotation) => beatSymbols.has(annotation.symbol));

/** Lead II where there is one, otherwise the first in mV. */
function preferredLead(leads: StoredRecord["leads"]): string {
  const named = leads.find((lead) => /^(ml)?ii$/i.test(lead.name));
  return (named ?? leads.find((lead) => lead.unit === "mV") ?? leads[0]).name;
}

async function sourcesOf(path: string, blob: Blob): Promise<SourceFile[]> {
  if (/\.zip$/i.test(path)) return filesOfZip(path, blob);
  return [{ path, size: blob.size, read: async () => new Uint8Array(await blob.arrayBuffer()) }];
}

/** What the records worker offers; it alone writes to the database. */
export const recordsService = {
  /** Imports every WFDB record among files, folders and zips; a bad one is reported and the others are kept. */
  async importFiles(files: readonly { readonly path: string; readonly blob: Blob }[]): Promise<ImportReport> {
    const report = { stored: [], duplicates: [], failures: [] } as {
      stored: ImportReport["stored"][number][];
      duplicates: ImportReport["duplicates"][number][];
      failures: FailureData[];
    };
    const fail = ({ code, message, place, remedy }: Failure) => report.failures.push({ code, message, place, remedy });
    const sources: SourceFile[] = [];
    for (const { path, blob } of files) {
      try {
        sources.push(...(await sourcesOf(path, blob)));
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        fail(error);
      }
    }
    for await (const outcome of importRecords(sources)) {
      if (outcome.kind === "failure") {
        fail(outcome.failure);
        continue;
      }
      const { record } = outcome;
      const summary = summaryOf(record);
      const brief = { hash: record.hash, name: record.name, lead: preferredLead(summary.leads) };
      try {
        const isNew = await storeRecord(summary, [...record.files].map(([name, bytes]) => ({ name, bytes })));
        (isNew ? report.stored : report.duplicates).push(brief);
        keep(record.hash, record.recording);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        fail(error);
      }
    }
    return report;
  },

  /** @throws Failure `no-such-record` */
  async openRecord(hash: string): Promise<OpenedRecord> {
    const recording = await recordingOf(hash);
    const stored = await findRecord(hash);
    const { samplingFrequency, length, leads, annotations, comments, warnings } = recording;
    return {
      hash,
      name: stored?.name ?? recording.name,
      samplingFrequency,
      duration: length / samplingFrequency,
      leads: leads.map((lead) => ({ name: lead.name, unit: lead.unit, samplingFrequency: lead.samplingFrequency })),
      annotations,
      rPeaks: beatsOf(annotations).map((annotation) => annotation.sample),
      comments,
      warnings: warnings.map((warning) => warning.describe()),
    };
  },

  /** All samples of a lead; a copy, because answers move. */
  async readLead(hash: string, name: string): Promise<{ samples: Float32Array; samplingFrequency: number; unit: string }> {
    const { samples, samplingFrequency, unit } = await leadOf(hash, name);
    return { samples: samples.slice(), samplingFrequency, unit };
  },

  /** The beat with this number, counted over the annotated beats. @throws Failure `no-such-beat` */
  async readBeat(hash: string, name: string, beat: number): Promise<BeatWindow> {
    const lead = await leadOf(hash, name);
    const { annotations, samplingFrequency } = await recordingOf(hash);
    const scale = lead.samplingFrequency / samplingFrequency;
    return beatAround(lead.samples, lead.samplingFrequency, beatsOf(annotations).map(({ sample }) => sample * scale), beat);
  },

  async rename(hash: string, name: string): Promise<void> {
    await renameRecord(hash, name);
  },

  async remove(hash: string): Promise<void> {
    recordings.delete(hash);
    await deleteRecord(hash);
  },

  async writeSetting(key: string, value: number | string | boolean): Promise<void> {
    await writeSetting(key, value);
  },
};

export type RecordsService = typeof recordsService;
