import { parseArgs } from "node:util";
import { Failure } from "../domain/failure.ts";
import type { Recording } from "../domain/recording.ts";
import { type Command, numberOf, print, UsageError } from "./command.ts";
import { readRecordAt } from "./recordFiles.ts";

const options = {
  json: { type: "boolean", default: false },
  from: { type: "string" },
  to: { type: "string" },
  annotator: { type: "string" },
} as const;

/** Prints a WFDB record: header, leads, annotation counts, and samples where a range is asked for. */
export const read: Command = {
  summary: "print a WFDB record",
  help: `npm run ecg -- read RECORD [options]

Prints the header, the leads and how many annotations of each kind there are; with --from or --to also the samples of
that range, in physical units. Checksums that do not hold are printed as warnings.

  RECORD             path of a record, with or without .hea
  --from S, --to S   range in seconds
  --annotator EXT    extension of the annotation file (atr, or the only one there)
  --json             one JSON object

Examples
  npm run ecg -- read mitdb/100
  npm run ecg -- read mitdb/100 --from 0 --to 1 --json`,
  async run(words) {
    const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true });
    if (positionals.length !== 1) throw new UsageError("Give one RECORD.");
    const recording = await readRecordAt(positionals[0], values.annotator);
    const summary = summaryOf(recording);
    const range =
      values.from === undefined && values.to === undefined
        ? null
        : samplesOf(
            recording,
            numberOf("from", values.from, 0),
            numberOf("to", values.to, recording.length / recording.samplingFrequency),
          );
    if (values.json) print(JSON.stringify(range === null ? summary : { ...summary, samples: range }));
    else printText(summary, range);
  },
};

function summaryOf(recording: Recording) {
  const counts: Record<string, number> = {};
  for (const { symbol } of recording.annotations) counts[symbol] = (counts[symbol] ?? 0) + 1;
  return {
    name: recording.name,
    samplingFrequency: recording.samplingFrequency,
    length: recording.length,
    duration: recording.length / recording.samplingFrequency,
    leads: recording.leads.map(({ name, unit, samplingFrequency, samples }) => ({
      name,
      unit,
      samplingFrequency,
      samples: samples.length,
    })),
    annotations: { total: recording.annotations.length, bySymbol: counts },
    comments: recording.comments,
    warnings: recording.warnings.map((warning) => warning.describe()),
    sha256: recording.origin.kind === "file" ? recording.origin.hash : null,
  };
}

function samplesOf(recording: Recording, from: number, to: number): Record<string, (number | null)[]> {
  const duration = recording.length / recording.samplingFrequency;
  if (!(from >= 0 && from < to && to <= duration)) {
    throw new Failure(
      "range",
      `There is nothing from ${from} to ${to} s.`,
      recording.name,
      `Choose a range inside 0 to ${duration} s.`,
    );
  }
  return Object.fromEntries(
    recording.leads.map(({ name, samplingFrequency, samples }) => [
      name,
      Array.from(
        samples.subarray(Math.round(from * samplingFrequency), Math.round(to * samplingFrequency)),
        (value) => (Number.isNaN(value) ? null : Number(value.toFixed(6))),
      ),
    ]),
  );
}

function printText(summary: ReturnType<typeof summaryOf>, range: ReturnType<typeof samplesOf> | null): void {
  print(
    `${summary.name}: ${summary.duration.toFixed(3)} s, ${summary.length} frames at ${summary.samplingFrequency} Hz`,
  );
  for (const lead of summary.leads)
    print(`  ${lead.name}  ${lead.samples} samples at ${lead.samplingFrequency} Hz, ${lead.unit}`);
  const counts = Object.entries(summary.annotations.bySymbol).map(([symbol, count]) => `${symbol} ${count}`);
  print(`  ${summary.annotations.total} annotations${counts.length === 0 ? "" : `: ${counts.join(", ")}`}`);
  for (const comment of summary.comments) print(`  # ${comment}`);
  for (const warning of summary.warnings) print(`  warning: ${warning}`);
  if (range === null) return;
  const names = Object.keys(range);
  print(names.join("\t"));
  const rows = Math.max(...names.map((name) => range[name].length));
  for (let row = 0; row < rows; row++) print(names.map((name) => range[name][row] ?? "").join("\t"));
}
