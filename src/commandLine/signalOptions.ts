import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { Annotation } from "../domain/annotation.ts";
import { Failure } from "../domain/failure.ts";
import type { Lead, Recording } from "../domain/recording.ts";
import { writeAnnotations } from "../records/wfdb/annotations.ts";
import { preferredLead } from "../services/analysis.ts";
import { defaultDetector, rPeakDetectors } from "../signal/rPeaks/index.ts";
import { pathOf, UsageError } from "./command.ts";
import { readRecordAt } from "./recordFiles.ts";

/** Options that all commands on the signal of a record share. */
export const signalOptions = {
  json: { type: "boolean", default: false },
  lead: { type: "string" },
  detector: { type: "string", default: defaultDetector },
  write: { type: "string" },
} as const;

/** What `--help` says of them. */
export const signalHelp = `  RECORD             path of a record, with or without .hea
  --lead NAME        lead to look at (MLII or II where there is one, otherwise the first in mV)
  --detector NAME    ${Object.keys(rPeakDetectors).join(", ")} (${defaultDetector})
  --json             one JSON object`;

export const writeHelp = "  --write FILE       writes them as a WFDB annotation file, such as 100.qrs";

/** A lead with its R peaks, in samples of the lead. */
export interface FoundPeaks {
  readonly recording: Recording;
  readonly lead: Lead;
  readonly detector: string;
  readonly rPeaks: Int32Array;
  readonly json: boolean;
  /** File for annotations, or null. */
  readonly write: string | null;
}

/** Reads the words of a command, the record that they name, and finds its R peaks. @throws UsageError or Failure */
export async function findPeaks(words: readonly string[]): Promise<FoundPeaks> {
  const { values, positionals } = parseArgs({
    args: [...words],
    options: signalOptions,
    allowPositionals: true,
  });
  if (positionals.length !== 1) throw new UsageError("Give one RECORD.");
  const { detector } = values;
  if (!Object.hasOwn(rPeakDetectors, detector)) {
    throw new UsageError(
      `There is no detector ${detector}; there are ${Object.keys(rPeakDetectors).join(", ")}.`,
    );
  }
  const recording = await readRecordAt(positionals[0]);
  const lead = leadOf(recording, values.lead);
  const rPeaks = rPeakDetectors[detector].detect(lead.samples, lead.samplingFrequency);
  return { recording, lead, detector, rPeaks, json: values.json, write: values.write ?? null };
}

function leadOf({ leads, name }: Recording, wanted: string | undefined): Lead {
  const lead =
    wanted === undefined
      ? preferredLead(leads.filter(({ unit }) => unit === "mV"))
      : leads.find((each) => each.name === wanted);
  if (lead !== undefined) return lead;
  throw new Failure(
    "no-such-lead",
    wanted === undefined ? "The record has no lead in mV." : `The record has no lead ${wanted}.`,
    name,
    `Choose ${leads.map((each) => each.name).join(", ")} with --lead.`,
  );
}

/** Samples of a lead as frames of its record, in which annotations count. */
export function inFrames(sample: number, { recording, lead }: FoundPeaks): number {
  return Math.round((sample * recording.samplingFrequency) / lead.samplingFrequency);
}

/** One annotation of a beat or wave. */
export function annotationAt(sample: number, symbol: string, number = 0): Annotation {
  return { sample, symbol, subtype: 0, channel: 0, number, text: "" };
}

/** Writes an annotation file where one was asked for. */
export async function writeIfAsked(found: FoundPeaks, annotations: readonly Annotation[]): Promise<void> {
  if (found.write !== null) await writeFile(pathOf(found.write), writeAnnotations(annotations));
}
