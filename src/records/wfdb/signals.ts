import { Failure } from "../../domain/failure.ts";
import { verifySignal } from "./checksum.ts";
import { type Files, fileNamed } from "./files.ts";
import { decodeFlac } from "./formats/flac.ts";
import type { Format } from "./formats/format.ts";
import { compressedFormats, formats } from "./formats/index.ts";
import type { Header, SignalHeader } from "./header.ts";

/** A signal with its samples in the steps of the converter, before gain and baseline. */
export interface DigitalSignal {
  readonly header: SignalHeader;
  /** `[frame × samplesPerFrame]`, skew removed; `invalid` where there is no sample. */
  readonly samples: Int32Array;
  readonly invalid: number;
  /** Checksums and initial values that do not hold. */
  readonly warnings: readonly Failure[];
}

/** Stands for "no valid sample" where a format has no value of its own; no sum of its differences comes here. */
const beyondAnySample = -(2 ** 31);

/**
 * Decodes all signals of a record of one piece, and checks the initial value and checksum of each that states them.
 * @throws Failure `missing-file`, `unsupported-format`, `signal-truncated`
 */
export function readSignals(
  header: Header,
  files: Files,
): { readonly signals: DigitalSignal[]; readonly length: number } {
  const groups = groupByFile(header.signals);
  const decoded = new Map<SignalHeader, DigitalSignal>();
  let length = header.length;
  for (const group of groups) {
    const frames = readGroup(group, header, files, decoded);
    length = length === null ? frames : Math.min(length, frames);
  }
  const frames = length ?? 0;
  const signals = header.signals.flatMap((signal) => {
    const digital = decoded.get(signal);
    return digital === undefined
      ? []
      : [{ ...digital, samples: digital.samples.subarray(0, frames * signal.samplesPerFrame) }];
  });
  return { signals, length: frames };
}

function groupByFile(signals: readonly SignalHeader[]): SignalHeader[][] {
  const groups = new Map<string, SignalHeader[]>();
  for (const signal of signals) {
    if (signal.fileName === "~") continue;
    groups.set(signal.fileName, [...(groups.get(signal.fileName) ?? []), signal]);
  }
  return [...groups.values()];
}

/** Signals of one file, interleaved frame by frame. Returns the number of frames. */
function readGroup(
  group: readonly SignalHeader[],
  header: Header,
  files: Files,
  decoded: Map<SignalHeader, DigitalSignal>,
): number {
  const { fileName, format: formatNumber, byteOffset } = group[0];
  if (group.some((signal) => signal.format !== formatNumber || signal.byteOffset !== byteOffset)) {
    throw new Failure(
      "header-value",
      "Signals of one file state different formats or byte offsets.",
      fileName,
      "Correct the header.",
    );
  }
  const bytes = fileNamed(files, fileName, header.name).subarray(byteOffset);
  if (Object.hasOwn(compressedFormats, formatNumber)) return readCompressed(group, header, bytes, decoded);
  const format = formatOf(formatNumber, fileName);
  const perFrame = group.reduce((sum, signal) => sum + signal.samplesPerFrame, 0);
  const frames = header.length ?? framesIn(bytes.length, format, perFrame);
  const needed = format.byteLength(frames * perFrame);
  if (bytes.length < needed) {
    throw new Failure(
      "signal-truncated",
      `The file has ${bytes.length} bytes of samples where the header promises ${needed}.`,
      fileName,
      "Get the file again: it is cut short, or belongs to another header.",
    );
  }
  const invalid = format.invalid ?? beyondAnySample;
  const interleaved = format.decode(bytes.subarray(0, needed), frames * perFrame);
  let first = 0;
  for (const signal of group) {
    const stored = pick(interleaved, first, signal.samplesPerFrame, perFrame, frames);
    first += signal.samplesPerFrame;
    if (format.differences === true) integrate(stored, signal.initialValue ?? 0);
    const warnings = verifySignal(stored, signal, invalid, header.length !== null);
    decoded.set(signal, {
      header: signal,
      samples: removeSkew(stored, signal, invalid),
      invalid,
      warnings,
    });
  }
  return frames;
}

/** Signals of one FLAC stream, a channel each. Returns the number of frames. */
function readCompressed(
  group: readonly SignalHeader[],
  header: Header,
  bytes: Uint8Array,
  decoded: Map<SignalHeader, DigitalSignal>,
): number {
  const { fileName, samplesPerFrame, format } = group[0];
  if (group.some((signal) => signal.samplesPerFrame !== samplesPerFrame)) {
    throw new Failure(
      "header-value",
      "Signals of one compressed file have different numbers of samples a frame.",
      fileName,
      "Correct the header.",
    );
  }
  const needed = header.length === null ? null : header.length * samplesPerFrame;
  const { channels } = decodeFlac(bytes, fileName, needed);
  if (channels.length !== group.length) {
    throw new Failure(
      "header-value",
      `The file has ${channels.length} channels where the header names ${group.length} signals.`,
      fileName,
      "Correct the header, or get the file that belongs to it.",
    );
  }
  const invalid = compressedFormats[format];
  group.forEach((signal, index) => {
    decoded.set(signal, {
      header: signal,
      samples: removeSkew(channels[index], signal, invalid),
      invalid,
      warnings: verifySignal(channels[index], signal, invalid, header.length !== null),
    });
  });
  return Math.floor(channels[0].length / samplesPerFrame);
}

function formatOf(number: number, fileName: string): Format {
  const format = formats[number];
  if (format === undefined) {
    throw new Failure(
      "unsupported-format",
      `Its signal format ${number} cannot be read.`,
      fileName,
      `Convert it with xform to one of the formats ${Object.keys(formats).join(", ")}.`,
    );
  }
  return format;
}

function framesIn(byteLength: number, format: Format, perFrame: number): number {
  // Packed formats are not proportional to the byte: estimate from a large number, then step down to what fits.
  let frames = Math.floor(byteLength / (format.byteLength(perFrame * 6000) / 6000)) + 1;
  while (frames > 0 && format.byteLength(frames * perFrame) > byteLength) frames--;
  return frames;
}

function pick(
  interleaved: Int32Array,
  first: number,
  samplesPerFrame: number,
  perFrame: number,
  frames: number,
): Int32Array {
  if (samplesPerFrame === perFrame) return interleaved;
  const samples = new Int32Array(frames * samplesPerFrame);
  if (samplesPerFrame === 1) {
    for (let frame = 0, at = first; frame < frames; frame++, at += perFrame) samples[frame] = interleaved[at];
    return samples;
  }
  for (let frame = 0; frame < frames; frame++) {
    for (let part = 0; part < samplesPerFrame; part++) {
      samples[frame * samplesPerFrame + part] = interleaved[frame * perFrame + first + part];
    }
  }
  return samples;
}

function integrate(samples: Int32Array, initial: number): void {
  let value = initial;
  for (let index = 0; index < samples.length; index++) {
    value += samples[index];
    samples[index] = value;
  }
}

/** A skewed signal's sample of frame n is stored in frame n + skew; the frames that are missing at the end are invalid. */
function removeSkew(
  samples: Int32Array,
  { skew, samplesPerFrame }: SignalHeader,
  invalid: number,
): Int32Array {
  if (skew === 0) return samples;
  const moved = new Int32Array(samples.length).fill(invalid);
  moved.set(samples.subarray(Math.min(samples.length, skew * samplesPerFrame)));
  return moved;
}
