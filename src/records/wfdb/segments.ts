import { Failure } from "../../domain/failure.ts";
import type { Lead } from "../../domain/recording.ts";
import { type Files, headerOf } from "./files.ts";
import type { Header, SegmentHeader } from "./header.ts";
import { emptyLead, type Piece, readPiece } from "./piece.ts";

/** Samples of all leads together that one record may hold; a day of Holter at 250 Hz and three leads is 65 million. */
const mostSamples = 400_000_000;
/** A record may be mostly gap; what it takes in memory stays in proportion to what its files hold. */
const [samplesWithoutFiles, samplesPerByte] = [2 ** 24, 64];

interface PlacedPiece {
  /** Frames from the start of the record. */
  readonly start: number;
  readonly frames: number;
  readonly piece: Piece;
}

/**
 * Reads a record of segments: one after the other, signals matched by name; what a segment lacks, and gaps, are NaN.
 * Where the first segment is a layout, its signals come first, in its order.
 * @throws Failure `missing-file`, `header-value`, `record-too-long`, `signal-truncated`
 */
export function readSegments(header: Header, segments: readonly SegmentHeader[], files: Files): Piece {
  const length = segments.reduce((sum, segment) => sum + segment.length, 0);
  const described = new Map<string, Lead>();
  const note = (leads: readonly Lead[]) => {
    for (const lead of leads) if (!described.has(lead.name)) described.set(lead.name, lead);
  };
  const pieces: PlacedPiece[] = [];
  let start = 0;
  for (const [index, segment] of segments.entries()) {
    const isLayout = index === 0 && segment.length === 0;
    if (segment.name !== "~" && (segment.length > 0 || isLayout)) {
      const own = segmentHeader(segment.name, header, files);
      if (isLayout) note(own.signals.map((signal, lead) => emptyLead(signal, lead, own.samplingFrequency)));
      else pieces.push({ start, frames: segment.length, piece: readSegment(own, segment, header, files) });
    }
    start += segment.length;
  }
  for (const { piece } of pieces) note(piece.leads);
  checkSize(header, [...described.values()], length, files);
  return {
    leads: [...described.values()].map((lead) => joined(lead, pieces, length, header)),
    length,
    warnings: pieces.flatMap(({ piece }) => piece.warnings),
  };
}

/** Refuses what a corrupt length would reserve, before it is reserved. */
function checkSize(header: Header, leads: readonly Lead[], length: number, files: Files): void {
  let bytes = 0;
  for (const file of files.values()) bytes += file.length;
  let samples = 0;
  for (const lead of leads) samples += (length * lead.samplingFrequency) / header.samplingFrequency;
  if (samples <= Math.min(mostSamples, samplesWithoutFiles + samplesPerByte * bytes)) return;
  throw new Failure(
    "record-too-long",
    `The record would take ${Math.round(samples)} samples, of which its files hold few or this page can keep few.`,
    `${header.name}.hea`,
    "Check the lengths in the header, or open the segments one by one.",
  );
}

function joined(lead: Lead, pieces: readonly PlacedPiece[], length: number, header: Header): Lead {
  const perFrame = lead.samplingFrequency / header.samplingFrequency;
  const samples = new Float32Array(Math.round(length * perFrame)).fill(Number.NaN);
  for (const { start, frames, piece } of pieces) {
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
    samples.set(part.samples.subarray(0, Math.round(frames * perFrame)), Math.round(start * perFrame));
  }
  return { ...lead, samples };
}

function segmentHeader(name: string, whole: Header, files: Files): Header {
  const header = headerOf(files, name);
  const wrong =
    header.segments !== null
      ? "A segment may not have segments of its own."
      : header.samplingFrequency !== whole.samplingFrequency
        ? `Its frequency is not that of ${whole.name}.`
        : null;
  if (wrong === null) return header;
  throw new Failure("header-value", wrong, `${name}.hea`, "Correct the header.");
}

function readSegment(own: Header, { name, length }: SegmentHeader, whole: Header, files: Files): Piece {
  const piece = readPiece(own, files);
  if (piece.length >= length) return piece;
  throw new Failure(
    "signal-truncated",
    `The segment has ${piece.length} frames where ${whole.name}.hea promises ${length}.`,
    `${name}.hea`,
    "Get the segment again.",
  );
}
