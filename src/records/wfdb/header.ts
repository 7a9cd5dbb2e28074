import { Failure } from "../../domain/failure.ts";
import { recordLine, segmentLine, signalLine } from "./headerGrammar.ts";

export interface SignalHeader {
  /** `~` where a layout names a signal that has no file. */
  readonly fileName: string;
  readonly format: number;
  readonly samplesPerFrame: number;
  /** Frames by which this signal's samples come late in the file. */
  readonly skew: number;
  readonly byteOffset: number;
  /** Steps a unit. */
  readonly gain: number;
  /** Step that stands for 0. */
  readonly baseline: number;
  readonly unit: string;
  /** Null where the header does not state them. */
  readonly initialValue: number | null;
  readonly checksum: number | null;
  readonly description: string;
}

export interface SegmentHeader {
  /** `~` for a gap. */
  readonly name: string;
  /** Frames. */
  readonly length: number;
}

export interface Header {
  readonly name: string;
  /** Frames a second, Hz. */
  readonly samplingFrequency: number;
  /** Frames; null where the header leaves it to the size of the files. */
  readonly length: number | null;
  readonly signals: readonly SignalHeader[];
  /** Null for a record of one piece. */
  readonly segments: readonly SegmentHeader[] | null;
  readonly comments: readonly string[];
}

const defaultFrequency = 250;
const defaultGain = 200;
/** Far above any real record; a corrupt header must not make the reader reserve memory for it. */
const limits = {
  signals: 1024,
  segments: 200_000,
  samplesPerFrame: 10_000,
  lowestFrequency: 1e-6,
  frequency: 10_000_000,
  length: 2 ** 40,
  /** Below it samples could leave the range of single precision. */
  smallestGain: 1e-24,
  gain: 1e12,
} as const;

/** The text of a header: UTF-8, or Latin-1 as older recorders write it (`µV` in one byte). */
export function decodeHeader(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return new TextDecoder("latin1").decode(bytes);
  }
}

/**
 * Reads a WFDB header.
 * @param fileName names the place in failures
 * @throws Failure `header-syntax` with the line, or `header-value`
 */
export function parseHeader(text: string, fileName: string): Header {
  const comments: string[] = [];
  const lines: { readonly text: string; readonly number: number }[] = [];
  text.split(/\r?\n|\r/).forEach((raw, index) => {
    const content = raw.trim();
    // A comment is a whole line: a description may hold a # of its own.
    if (content.startsWith("#")) comments.push(content.slice(1).trim());
    else if (content !== "") lines.push({ text: content, number: index + 1 });
  });
  const first = lines[0];
  if (first === undefined) throw syntax(fileName, 1, "there is no record line");
  const record = recordLine.exec(first.text)?.groups;
  if (record === undefined) throw syntax(fileName, first.number, "this is not a record line");
  const place = `${fileName}, line ${first.number}`;
  const count = inRange(Number(record["signals"]), 0, limits.signals, "the number of signals", place);
  const samplingFrequency = inRange(
    Number(record["frequency"] ?? defaultFrequency),
    limits.lowestFrequency,
    limits.frequency,
    "the sampling frequency",
    place,
  );
  const length =
    record["length"] === undefined
      ? 0
      : inRange(Number(record["length"]), 0, limits.length, "the length", place);
  const common = { name: record["name"], samplingFrequency, length: length === 0 ? null : length, comments };
  if (record["segments"] !== undefined) {
    const segmentCount = inRange(
      Number(record["segments"]),
      1,
      limits.segments,
      "the number of segments",
      place,
    );
    expectLines(lines.length - 1, segmentCount, "segment", fileName);
    const segments = lines.slice(1).map((line) => parseSegment(line, fileName));
    const sum = segments.reduce((frames, segment) => frames + segment.length, 0);
    if (common.length !== null && sum !== common.length) {
      throw new Failure(
        "header-value",
        `Its segments have ${sum} frames together where its first line states ${common.length}.`,
        place,
        "Get the header again or correct it.",
      );
    }
    return { ...common, signals: [], segments };
  }
  expectLines(lines.length - 1, count, "signal", fileName);
  return { ...common, signals: lines.slice(1).map((line) => parseSignal(line, fileName)), segments: null };
}

function parseSignal(line: { text: string; number: number }, fileName: string): SignalHeader {
  const fields = signalLine.exec(line.text)?.groups;
  if (fields === undefined) throw syntax(fileName, line.number, "this is not a signal line");
  const place = `${fileName}, line ${line.number}`;
  const whole = (name: string, fallback: number, from = -(2 ** 31), to = 2 ** 32) =>
    fields[name] === undefined
      ? fallback
      : inRange(Number(fields[name]), from, to, `the field ${name}`, place);
  const zero = whole("zero", 0);
  const gain = Number(fields["gain"] ?? 0);
  if (gain !== 0) inRange(Math.abs(gain), limits.smallestGain, limits.gain, "the size of the gain", place);
  return {
    fileName: fields["file"],
    format: Number(fields["format"]),
    samplesPerFrame: whole("samplesPerFrame", 1, 1, limits.samplesPerFrame),
    skew: whole("skew", 0, 0, 1_000_000),
    byteOffset: whole("byteOffset", 0, 0, 2 ** 40),
    gain: gain === 0 ? defaultGain : gain,
    baseline: whole("baseline", zero),
    unit: fields["unit"] ?? "mV",
    initialValue: fields["initial"] === undefined ? null : whole("initial", 0),
    checksum: fields["checksum"] === undefined ? null : whole("checksum", 0),
    description: fields["description"] ?? "",
  };
}

function parseSegment(line: { text: string; number: number }, fileName: string): SegmentHeader {
  const fields = segmentLine.exec(line.text)?.groups;
  if (fields === undefined) throw syntax(fileName, line.number, "this is not a segment line");
  return {
    name: fields["name"],
    length: inRange(
      Number(fields["length"]),
      0,
      limits.length,
      "the segment's length",
      `${fileName}, line ${line.number}`,
    ),
  };
}

function expectLines(found: number, stated: number, what: string, fileName: string): void {
  if (found === stated) return;
  throw new Failure(
    "header-syntax",
    `The header states ${stated} ${what}s and describes ${found}.`,
    fileName,
    `Get the header again: ${found < stated ? "it is cut short" : "it holds lines of another"}.`,
  );
}

function inRange(value: number, from: number, to: number, what: string, place: string): number {
  if (value >= from && value <= to) return value;
  throw new Failure(
    "header-value",
    `It gives ${value} for ${what}, which cannot be.`,
    place,
    "Get the header again or correct it.",
  );
}

function syntax(fileName: string, line: number, what: string): Failure {
  return new Failure(
    "header-syntax",
    `In a WFDB header ${what}.`,
    `${fileName}, line ${line}`,
    "Check that this is the .hea file of a WFDB record.",
  );
}
