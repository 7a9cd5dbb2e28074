import type { BeatClass, BeatCounts, LeadSummary, LibraryRecord } from "../domain/libraryRecord.ts";
import type { Lead, Recording } from "../domain/recording.ts";
import { aamiClassOf } from "../records/aami.ts";
import { cutBeats, paperSpan } from "../signal/beatMatrix.ts";
import { delineate } from "../signal/delineation/index.ts";
import { judgeQuality } from "../signal/quality.ts";
import { defaultDetector, rPeakDetectors } from "../signal/rPeaks/index.ts";
import type { StoredAnalysis, StoredBeats } from "../storage/database.ts";

/** What is found in the signal of a record. */
export interface Analysis {
  readonly analysis: StoredAnalysis | null;
  readonly beats: StoredBeats | null;
  readonly found: Pick<
    LibraryRecord,
    "analysedLead" | "beatCount" | "beatCounts" | "heartRate" | "quality" | "annotationCount"
  >;
}

/** Waves of longer records are found when somebody asks for them, s. */
const longestDelineated = 3600;

/** Lead II where there is one, otherwise the first in mV, otherwise the first. */
export function preferredLead<L extends Pick<LeadSummary, "name" | "unit">>(
  leads: readonly L[],
): L | undefined {
  return (
    leads.find((lead) => /^(ml)?ii$/i.test(lead.name)) ?? leads.find((lead) => lead.unit === "mV") ?? leads[0]
  );
}

/** Symbol of a beat of which only the place is known. */
const undetermined = "?";

/**
 * Finds R peaks in the preferred lead, takes the annotated beats or, where there are none, the detected ones, cuts them
 * out, and judges the signal.
 */
export function analyse(hash: string, recording: Recording): Analysis {
  const lead = preferredLead(recording.leads.filter(({ unit }) => unit === "mV"));
  const annotationCount = recording.annotations.length;
  if (lead === undefined) return { analysis: null, beats: null, found: { ...nothing, annotationCount } };
  const { name, samplingFrequency, samples } = lead;
  const rPeaks = rPeakDetectors[defaultDetector].detect(samples, samplingFrequency);
  const annotated = beatsOf(recording, lead);
  const beats = annotated?.positions ?? rPeaks;
  const symbols = annotated?.symbols ?? undetermined.repeat(rPeaks.length);
  const span = paperSpan(samplingFrequency);
  const matrix = cutBeats(samples, beats, span);
  const isShort = samples.length / samplingFrequency <= longestDelineated;
  return {
    analysis: {
      hash,
      lead: name,
      samplingFrequency,
      detector: defaultDetector,
      rPeaks,
      annotated: annotated !== null,
      beats,
      symbols,
      ...(isShort ? { waves: wavesAt(samples, samplingFrequency, beats) } : {}),
    },
    beats: { hash, lead: name, samplingFrequency, before: span.before, ...matrix },
    found: {
      analysedLead: name,
      beatCount: beats.length,
      beatCounts: annotated === null ? noBeats : countsOf(symbols),
      annotationCount,
      heartRate: medianRate(rPeaks, samplingFrequency),
      quality: judgeQuality(samples, samplingFrequency, rPeaks).quality,
    },
  };
}

const noBeats: BeatCounts = { N: 0, S: 0, V: 0, F: 0, Q: 0 };

const nothing = {
  analysedLead: null,
  beatCount: 0,
  beatCounts: noBeats,
  heartRate: null,
  quality: "poor",
} as const;

/** `[beat, 9]`: onset, peak, offset of P, QRS, T around each beat; −1 where a wave was not found. */
export function wavesAt(
  samples: Float32Array,
  samplingFrequency: number,
  beats: ArrayLike<number>,
): Int32Array {
  const waves = new Int32Array(beats.length * 9).fill(-1);
  delineate(samples, samplingFrequency, beats).forEach(({ p, qrs, t }, beat) => {
    [p, qrs, t].forEach((wave, index) => {
      if (wave === null) return;
      waves.set([wave.onset, wave.peak, wave.offset].map(Math.round), beat * 9 + index * 3);
    });
  });
  return waves;
}

/** Annotated beats in samples of a lead, or null where the record has none. */
function beatsOf(
  { annotations, samplingFrequency }: Recording,
  lead: Lead,
): { readonly positions: Int32Array; readonly symbols: string } | null {
  const beats = annotations.filter(({ symbol }) => aamiClassOf(symbol) !== null);
  if (beats.length === 0) return null;
  const scale = lead.samplingFrequency / samplingFrequency;
  return {
    positions: Int32Array.from(beats, ({ sample }) => Math.round(sample * scale)),
    symbols: beats.map(({ symbol }) => symbol).join(""),
  };
}

function countsOf(symbols: string): BeatCounts {
  const counts: Record<BeatClass, number> = { ...noBeats };
  for (const symbol of symbols) {
    const beatClass = aamiClassOf(symbol);
    if (beatClass !== null) counts[beatClass]++;
  }
  return counts;
}

function medianRate(rPeaks: Int32Array, samplingFrequency: number): number | null {
  if (rPeaks.length < 2) return null;
  const intervals = rPeaks
    .slice(1)
    .map((peak, index) => peak - rPeaks[index])
    .sort();
  return (60 * samplingFrequency) / intervals[intervals.length >> 1];
}
