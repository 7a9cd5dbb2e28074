import { move } from "../boundary/move.ts";
import type { Annotation } from "../domain/annotation.ts";
import { type LeadSummary, type LibraryRecord, type Nature, natureOf } from "../domain/libraryRecord.ts";
import { aamiClassOf } from "../records/aami.ts";
import { type BeatWindow, beatAround } from "../signal/beats.ts";
import { type Envelope, envelope } from "../signal/envelope.ts";
import { findAnalysis, keepWaves } from "../storage/analyses.ts";
import type { StoredFiles } from "../storage/database.ts";
import { deleteRecords, filesOfRecord, findRecord, renameRecord } from "../storage/records.ts";
import { writeSetting } from "../storage/settings.ts";
import { wavesAt } from "./analysis.ts";
import { refreshCatalogue } from "./catalogue.ts";
import { forgetDecoded, leadOf, recordingOf } from "./decoded.ts";
import { detectionFindings, type FindingGroup, intervalFindings, variabilityFindings } from "./findings.ts";

/** What a page needs of a record to show it, without its samples. */
export interface OpenedRecord {
  readonly hash: string;
  readonly name: string;
  readonly samplingFrequency: number;
  /** s */
  readonly duration: number;
  readonly leads: readonly LeadSummary[];
  readonly annotations: readonly Annotation[];
  /** Positions of the annotated beats, in frames. */
  readonly rPeaks: readonly number[];
  readonly comments: readonly string[];
  readonly warnings: readonly string[];
  /** The stand-in and what is synthetic are never to be shown as real. */
  readonly nature: Nature;
}

/** Samples of a lead, or of a part of it. */
export interface LeadSamples {
  readonly name: string;
  readonly samples: Float32Array;
  readonly samplingFrequency: number;
  readonly unit: string;
}

/** What was found in the signal, in samples of the analysed lead. */
export interface FoundBeats {
  readonly lead: string;
  readonly samplingFrequency: number;
  readonly detector: string;
  readonly annotated: boolean;
  readonly rPeaks: Int32Array;
  readonly beats: Int32Array;
  readonly symbols: string;
  /** `[beat, 9]`: onset, peak, offset of P, QRS, T; −1 where a wave was not found. */
  readonly waves: Int32Array;
}

/** What the records worker offers of single records; it alone writes to the database. */
export const recordFunctions = {
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
      rPeaks: annotations.filter(({ symbol }) => aamiClassOf(symbol) !== null).map(({ sample }) => sample),
      comments,
      warnings: warnings.map((warning) => warning.describe()),
      nature: stored === null ? "recorded" : natureOf(stored),
    };
  },

  /** What the library knows of a record, or null. */
  async describeRecord(hash: string): Promise<LibraryRecord | null> {
    return findRecord(hash);
  },

  /** All samples of a lead. @throws Failure `no-such-lead` */
  async readLead(hash: string, name: string): Promise<LeadSamples> {
    const { samples, samplingFrequency, unit } = await leadOf(hash, name);
    return move({ name, samples: samples.slice(), samplingFrequency, unit });
  },

  /** All leads from one time to another, s. @throws Failure `no-such-record` */
  async readLeads(hash: string, from: number, to: number): Promise<LeadSamples[]> {
    const { leads } = await recordingOf(hash);
    return move(
      leads.map(({ name, samples, samplingFrequency, unit }) => ({
        name,
        unit,
        samplingFrequency,
        samples: samples.slice(Math.round(from * samplingFrequency), Math.round(to * samplingFrequency)),
      })),
    );
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
    const rPeaks = annotations
      .filter(({ symbol }) => aamiClassOf(symbol) !== null)
      .map(({ sample }) => sample * scale);
    return move(beatAround(lead.samples, lead.samplingFrequency, rPeaks, beat));
  },

  /** R peaks, beats and waves; the waves of a long record are found now and kept. Null where no lead is in mV. */
  async readFound(hash: string): Promise<FoundBeats | null> {
    const stored = await findAnalysis(hash);
    if (stored === null) return null;
    let { waves } = stored;
    if (waves === undefined) {
      const { samples, samplingFrequency } = await leadOf(hash, stored.lead);
      waves = wavesAt(samples, samplingFrequency, stored.beats);
      await keepWaves(hash, waves);
    }
    const { lead, samplingFrequency, detector, annotated, rPeaks, beats, symbols } = stored;
    return move({ lead, samplingFrequency, detector, annotated, rPeaks, beats, symbols, waves });
  },

  /** Intervals and what else can be measured, in groups. */
  async readFindings(hash: string): Promise<FindingGroup[]> {
    const [stored, found] = [await findAnalysis(hash), await recordFunctions.readFound(hash)];
    if (stored === null || found === null) return [];
    return [
      intervalFindings(stored, found.waves),
      variabilityFindings(stored),
      detectionFindings(stored, await recordingOf(hash)),
    ].filter((group) => group !== null);
  },

  /** The files as they were kept. @throws Failure `no-such-record` */
  async exportRecord(hash: string): Promise<StoredFiles["files"]> {
    return move(await filesOfRecord(hash));
  },

  async rename(hash: string, name: string): Promise<void> {
    await renameRecord(hash, name);
    await refreshCatalogue([hash]);
  },

  async remove(hashes: readonly string[]): Promise<void> {
    for (const hash of hashes) forgetDecoded(hash);
    await deleteRecords(hashes);
    await refreshCatalogue(hashes);
  },

  async writeSetting(key: string, value: number | string | boolean): Promise<void> {
    await writeSetting(key, value);
  },
};
