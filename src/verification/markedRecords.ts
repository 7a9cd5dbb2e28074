import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readRecordAt } from "../commandLine/recordFiles.ts";
import type { MarkedBeat } from "../domain/delineation.ts";
import type { Lead } from "../domain/recording.ts";
import { type BeatOutcome, betterLead, delineationOutcomes } from "../evaluation/metrics/delineationError.ts";
import { markedBeats, wavesOf } from "../records/waveAnnotations.ts";
import { readAnnotations } from "../records/wfdb/annotations.ts";
import { delineate } from "../signal/delineation/index.ts";

/** Names of the records in a folder that have a file with this extension, in the order of their characters. */
export function recordsWith(folder: string, extension: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(extension))
    .map((name) => name.slice(0, -extension.length))
    .sort();
}

/** Outcomes of every marked beat in every lead of a record of LUDB, each lead against its own marks. */
export async function ludbOutcomes(folder: string, name: string): Promise<BeatOutcome[]> {
  const { leads } = await readRecordAt(join(folder, name), "ii");
  return leads.flatMap((lead) => outcomesOf(lead, marksOf(join(folder, `${name}.${lead.name}`)), []));
}

/** Outcomes of the marked beats of a record of the QT database: lead by lead, and of the nearer lead. */
export async function qtOutcomes(
  folder: string,
  name: string,
): Promise<{ single: BeatOutcome[]; better: BeatOutcome[] }> {
  const { leads } = await readRecordAt(join(folder, name), "q1c");
  const marked = marksOf(join(folder, `${name}.q1c`));
  const reference = join(folder, `${name}.atr`);
  // Beats between the marked ones: without them a record's intervals would be wrong where marks are spread over it.
  const others = existsSync(reference) ? marksOf(reference).map((beat) => beat.qrs.peak) : [];
  const [first, second] = leads.map((lead) => outcomesOf(lead, marked, others));
  return { single: [...first, ...second], better: betterLead(first, second) };
}

function marksOf(path: string): MarkedBeat[] {
  return markedBeats(wavesOf(readAnnotations(new Uint8Array(readFileSync(path)), path).annotations));
}

/** @param others R peaks of beats that are not marked, some perhaps those of marked ones, nearly */
function outcomesOf(
  { samples, samplingFrequency }: Lead,
  marked: readonly MarkedBeat[],
  others: readonly number[],
): BeatOutcome[] {
  const peaks = marked.map((beat) => beat.qrs.peak);
  const refractory = 0.25 * samplingFrequency;
  const between = others.filter((other) => peaks.every((peak) => Math.abs(peak - other) > refractory));
  const rPeaks = [...peaks, ...between].sort((one, other) => one - other);
  return delineationOutcomes(marked, delineate(samples, samplingFrequency, rPeaks), samplingFrequency);
}
