import type { Annotation } from "../../domain/annotation.ts";
import { Failure } from "../../domain/failure.ts";
import type { Lead, Recording } from "../../domain/recording.ts";
import { readAnnotations } from "./annotations.ts";
import { type Header, parseHeader } from "./header.ts";
import { type Files, fileNamed, physicalLead, readSignals } from "./signals.ts";

/** Extensions of files that stand beside a record and are not annotations. */
const otherFiles: ReadonlySet<string> = new Set([
  "hea",
  "dat",
  "mat",
  "edf",
  "csv",
  "txt",
  "json",
  "xml",
  "zip",
  "gz",
  "png",
  "svg",
  "pdf",
  "html",
  "xyz",
  "md",
]);

/** Samples of all leads together that one record may hold; a day of Holter at 250 Hz and three leads is 65 million. */
const mostSamples = 400_000_000;

/** The header of a record among its files. @throws Failure `missing-file`, `header-syntax`, `header-value` */
export function headerOf(files: Files, name: string): Header {
  const fileName = `${name}.hea`;
  return parseHeader(new TextDecoder("utf-8").decode(fileNamed(files, fileName, name)), fileName);
}

/** Extensions of the annotation files of a record, `atr` first. */
export function annotatorsOf(files: Files, name: string): string[] {
  const header = headerOf(files, name);
  const signalFiles = new Set(header.signals.map((signal) => signal.fileName));
  const found = [...files.keys()]
    .filter((file) => file.startsWith(`${name}.`) && !signalFiles.has(file))
    .map((file) => file.slice(name.length + 1))
    .filter(
      (extension) => extension !== "" && !extension.includes(".") && !otherFiles.has(extension.toLowerCase()),
    );
  return found.sort(
    (one, other) => Number(other === "atr") - Number(one === "atr") || one.localeCompare(other),
  );
}

/**
 * Reads a WFDB record whole: leads in mV, annotations in frames.
 * @param hash SHA-256 of the files, for the origin
 * @param annotator extension of the annotation file; the first of `annotatorsOf` where not given
 * @throws Failure naming the file and the place: see `parseHeader`, `readSignals`, `readAnnotations`
 */
export function readRecord(name: string, files: Files, hash: string, annotator?: string): Recording {
  const header = headerOf(files, name);
  const { leads, length, warnings } =
    header.segments === null ? readPiece(header, files) : readSegments(header, files);
  return {
    name,
    samplingFrequency: header.samplingFrequency,
    length,
    leads: distinct(leads),
    annotations: annotationsOf(name, files, header, annotator),
    comments: header.comments,
    warnings,
    origin: { kind: "file", fileNames: [...files.keys()], hash },
  };
}

/** Two leads of the same name would be one to a person who chooses; the second becomes `name (2)`. */
function distinct(leads: readonly Lead[]): Lead[] {
  const seen = new Map<string, number>();
  return leads.map((lead) => {
    const count = (seen.get(lead.name) ?? 0) + 1;
    seen.set(lead.name, count);
    return count === 1 ? lead : { ...lead, name: `${lead.name} (${count})` };
  });
}

interface Piece {
  readonly leads: Lead[];
  readonly length: number;
  readonly warnings: readonly Failure[];
}

function readPiece(header: Header, files: Files): Piece {
  const { signals, length } = readSignals(header, files);
  return {
    leads: signals.map((signal, index) => physicalLead(signal, index, header.samplingFrequency)),
    length,
    warnings: signals.flatMap((signal) => signal.warnings),
  };
}

function annotationsOf(name: string, files: Files, header: Header, annotator?: string): Annotation[] {
  const extension = annotator ?? annotatorsOf(files, name)[0];
  if (extension === undefined) return [];
  const fileName = `${name}.${extension}`;
  const { annotations, frequency } = readAnnotations(fileNamed(files, fileName, name), fileName);
  if (frequency === null || frequency === header.samplingFrequency) return annotations;
  const scale = header.samplingFrequency / frequency;
  return annotations.map((annotation) => ({ ...annotation, sample: Math.round(annotation.sample * scale) }));
}

/** Segments one after the other: signals are matched by name, and what a segment lacks is NaN. */
function readSegments(header: Header, files: Files): Piece {
  const segments = header.segments ?? [];
  const length = segments.reduce((sum, segment) => sum + segment.length, 0);
  const pieces: { readonly start: number; readonly length: number; readonly piece: Piece }[] = [];
  let start = 0;
  for (const segment of segments) {
    if (segment.name !== "~" && segment.length > 0) {
      pieces.push({
        start,
        length: segment.length,
        piece: readSegment(segment.name, segment.length, header, files),
      });
    }
    start += segment.length;
  }
  const described = new Map<string, Lead>();
  for (const { piece } of pieces)
    for (const lead of piece.leads) if (!described.has(lead.name)) described.set(lead.name, lead);
  if (described.size * length > mostSamples) {
    throw new Failure(
      "record-too-long",
      `The record would take ${described.size * length} samples.`,
      `${header.name}.hea`,
      "Open its segments one by one.",
    );
  }
  const leads = [...described.values()].map((lead): Lead => {
    const perFrame = lead.samplingFrequency / header.samplingFrequency;
    const samples = new Float32Array(Math.round(length * perFrame)).fill(Number.NaN);
    for (const { start: from, length: frames, piece } of pieces) {
      const part = piece.leads.find(({ name }) => name === lead.name);
      if (part === undefined) continue;
      if (part.samplingFrequency !== lead.samplingFrequency || part.unit !== lead.unit) {
        throw new Failure(
          "header-value",
          `The signal ${lead.name} changes its unit or frequency between segments.`,
          `${header.name}.hea`,
          "Open the segments one by one.",
        );
      }
      samples.set(part.samples.subarray(0, Math.round(frames * perFrame)), Math.round(from * perFrame));
    }
    return { ...lead, samples };
  });
  return { leads, length, warnings: pieces.flatMap(({ piece }) => piece.warnings) };
}

function readSegment(name: string, length: number, whole: Header, files: Files): Piece {
  const header = headerOf(files, name);
  if (header.segments !== null) {
    throw new Failure(
      "header-value",
      "A segment may not have segments of its own.",
      `${name}.hea`,
      "Correct the header.",
    );
  }
  if (header.samplingFrequency !== whole.samplingFrequency) {
    throw new Failure(
      "header-value",
      `Its frequency is not that of ${whole.name}.`,
      `${name}.hea`,
      "Correct the header.",
    );
  }
  const piece = readPiece(header, files);
  if (piece.length < length) {
    throw new Failure(
      "signal-truncated",
      `The segment has ${piece.length} frames where ${whole.name}.hea promises ${length}.`,
      `${name}.hea`,
      "Get the segment again.",
    );
  }
  return piece;
}
