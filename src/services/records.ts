import { move } from "../boundary/move.ts";
import type { Annotation } from "../domain/annotation.ts";
import { Failure } from "../domain/failure.ts";
import { type ImportedRecord, importRecords, type SourceFile } from "../records/importFiles.ts";
import { beatSymbols } from "../records/wfdb/annotationCodes.ts";
import { filesOfZip } from "../records/zip.ts";
import { type BeatWindow, beatAround } from "../signal/beats.ts";
import { type Envelope, envelope } from "../signal/envelope.ts";
import type { StoredFiles, StoredRecord } from "../storage/database.ts";
import { deleteRecord, filesOfRecord, findRecord, renameRecord, storeRecord } from "../storage/records.ts";
import { writeSetting } from "../storage/settings.ts";
import { forgetDecoded, keepDecoded, leadOf, recordingOf } from "./decoded.ts";

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

function summaryOf({ name, hash, files, recording }: ImportedRecord): StoredRecord {
  return {
    hash,
    name,
    recordName: name,
    importedAt: Date.now(),
    samplingFrequency: recording.samplingFrequency,
    length: recording.length,
    leads: recording.leads.map((lead) => ({
      name: lead.name,
      unit: lead.unit,
      samplingFrequency: lead.samplingFrequency,
    })),
    beatCount: beatsOf(recording.annotations).length,
    annotationCount: recording.annotations.length,
    comments: recording.comments,
    warnings: recording.warnings.map((warning) => warning.describe()),
    byteSize: [...files.values()].reduce((sum, bytes) => sum + bytes.length, 0),
  };
}

const beatsOf = (annotations: readonly Annotation[]) =>
  annotations.filter((annotation) => beatSymbols.has(annotation.symbol));

/** Lead II where there is one, otherwise the first in mV. */
function preferredLead(leads: StoredRecord["leads"]): string {
  const named = leads.find((lead) => /^(ml)?ii$/i.test(lead.name));
  return (named ?? leads.find((lead) => lead.unit === "mV") ?? leads[0]).name;
}

async function sourcesOf(path: string, blob: Blob): Promise<SourceFile[]> {
  if (/\.zip$/i.test(path)) {
    const files = await filesOfZip(path, blob);
    // Two archives may hold files of the same name.
    return files.map((file) => ({ ...file, path: `${path}/${file.path}` }));
  }
  return [{ path, size: blob.size, read: () => bytesOf(path, blob) }];
}

/** A file may be gone or changed since it was picked. @throws Failure `unreadable-file` */
async function bytesOf(path: string, blob: Blob): Promise<Uint8Array> {
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    throw new Failure(
      "unreadable-file",
      `The browser could not read it (${error.message}).`,
      path,
      "Check that it is still there and try again.",
    );
  }
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
    const fail = ({ code, message, place, remedy }: Failure) =>
      report.failures.push({ code, message, place, remedy });
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
        const isNew = await storeRecord(
          summary,
          [...record.files].map(([name, bytes]) => ({ name, bytes })),
        );
        (isNew ? report.stored : report.duplicates).push(brief);
        keepDecoded(record.hash, record.recording);
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
      leads: leads.map((lead) => ({
        name: lead.name,
        unit: lead.unit,
        samplingFrequency: lead.samplingFrequency,
      })),
      annotations,
      rPeaks: beatsOf(annotations).map((annotation) => annotation.sample),
      comments,
      warnings: warnings.map((warning) => warning.describe()),
    };
  },

  /** All samples of a lead. @throws Failure `no-such-lead` */
  async readLead(
    hash: string,
    name: string,
  ): Promise<{ samples: Float32Array; samplingFrequency: number; unit: string }> {
    const { samples, samplingFrequency, unit } = await leadOf(hash, name);
    return move({ samples: samples.slice(), samplingFrequency, unit });
  },

  /** Lowest and highest sample of a whole lead in equal parts: its picture at a glance. */
  async overview(hash: string, name: string, buckets: number): Promise<Envelope> {
    const { samples } = await leadOf(hash, name);
    return move(envelope(samples, 0, samples.length, buckets));
  },

  /** The beat with this number, counted over the annotated beats. @throws Failure `no-such-beat` */
  async readBeat(hash: string, name: string, beat: number): Promise<BeatWindow> {
    const lead = await leadOf(hash, name);
    const { annotations, samplingFrequency } = await recordingOf(hash);
    const scale = lead.samplingFrequency / samplingFrequency;
    const rPeaks = beatsOf(annotations).map(({ sample }) => sample * scale);
    return move(beatAround(lead.samples, lead.samplingFrequency, rPeaks, beat));
  },

  /** The files as they were imported. @throws Failure `no-such-record` */
  async exportRecord(hash: string): Promise<StoredFiles["files"]> {
    return move(await filesOfRecord(hash));
  },

  async rename(hash: string, name: string): Promise<void> {
    await renameRecord(hash, name);
  },

  async remove(hash: string): Promise<void> {
    forgetDecoded(hash);
    await deleteRecord(hash);
  },

  async writeSetting(key: string, value: number | string | boolean): Promise<void> {
    await writeSetting(key, value);
  },
};

export type RecordsService = typeof recordsService;
