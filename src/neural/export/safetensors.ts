import { Failure } from "../../domain/failure.ts";

/** A tensor in a file: values row by row, the last axis fastest. */
export interface StoredTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** What a file holds. */
export interface Safetensors {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Bytes of the number that gives the header's length. */
const prefix = 8;
const alignment = 8;
const metadataKey = "__metadata__";
/** As in the reference implementation: no header of a sound file is longer. */
const longestHeader = 100_000_000;

/** How numbers are stored, by the names of the format: the bytes of one, and what it reads as in single precision. */
const numberTypes: Readonly<
  Record<string, { readonly bytes: number; readonly read: (view: DataView, at: number) => number }>
> = {
  F64: { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
  F32: { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  F16: { bytes: 2, read: (view, at) => halfPrecision(view.getUint16(at, true)) },
  BF16: { bytes: 2, read: (view, at) => brainFloat(view.getUint16(at, true)) },
  I64: { bytes: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
  I32: { bytes: 4, read: (view, at) => view.getInt32(at, true) },
};

/** Sign, 5 bits of exponent, 10 of fraction (IEEE 754 binary16). */
function halfPrecision(bits: number): number {
  const sign = bits >> 15 === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const scratch = new DataView(new ArrayBuffer(4));

/** The upper half of a number in single precision. */
function brainFloat(bits: number): number {
  scratch.setUint32(0, bits << 16);
  return scratch.getFloat32(0);
}

const countOf = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1);

/**
 * A file in the safetensors format (https://github.com/huggingface/safetensors), all numbers as F32, in the order of the
 * map: length of the header, header in JSON with spaces up to a multiple of 8 bytes, values.
 * @throws RangeError where the values do not fill the shape, or a tensor has the name kept for the metadata
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, StoredTensor>,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array {
  const header: [string, unknown][] = metadata === undefined ? [] : [[metadataKey, metadata]];
  let end = 0;
  for (const [name, { shape, values }] of tensors) {
    if (name === metadataKey) throw new RangeError(`no tensor may be called ${metadataKey}`);
    if (countOf(shape) !== values.length) {
      throw new RangeError(`${name}: ${values.length} values do not fill [${shape.join(", ")}]`);
    }
    const begin = end;
    end += values.length * 4;
    header.push([name, { dtype: "F32", shape: [...shape], data_offsets: [begin, end] }]);
  }
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const headerLength = Math.ceil(text.length / alignment) * alignment;
  const bytes = new Uint8Array(prefix + headerLength + end);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(headerLength), true);
  bytes.fill(0x20, prefix, prefix + headerLength);
  bytes.set(text, prefix);
  let at = prefix + headerLength;
  for (const { values } of tensors.values()) {
    for (const value of values) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  }
  return bytes;
}

/**
 * Reads a file in the safetensors format. Numbers of every type become single precision, the nearest to what they were.
 * @param file its name, for messages
 * @throws Failure where the file is not what the format says: nothing is guessed
 */
export function readSafetensors(bytes: Uint8Array, file = "safetensors file"): Safetensors {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = readHeaderLength(view, file);
  const header = readHeader(bytes.subarray(prefix, prefix + headerLength), file);
  const start = prefix + headerLength;
  const entries = Object.entries(header)
    .filter(([name]) => name !== metadataKey)
    .map(([name, description]) => readEntry(name, description, bytes.length - start, file));
  checkCoverage(entries, bytes.length - start, file);
  const tensors = new Map<string, StoredTensor>();
  for (const { name, type, shape, begin } of entries) {
    const { bytes: width, read } = numberTypes[type];
    const values = new Float32Array(countOf(shape));
    for (let index = 0; index < values.length; index++) {
      values[index] = read(view, start + begin + index * width);
    }
    tensors.set(name, { shape, values });
  }
  return { tensors, metadata: readMetadata(header[metadataKey], file) };
}

const transferRemedy = "Fetch or save the file once more.";
const writerRemedy = "Write the file once more with a safetensors library.";

function readHeaderLength(view: DataView, file: string): number {
  if (view.byteLength < prefix) {
    throw new Failure(
      "safetensors-truncated",
      `The file has ${view.byteLength} bytes; the length of its header alone takes ${prefix}.`,
      `${file}, byte 0`,
      transferRemedy,
    );
  }
  const length = view.getBigUint64(0, true);
  const rest = view.byteLength - prefix;
  if (length > BigInt(Math.min(rest, longestHeader)) || length < 2n) {
    throw new Failure(
      "safetensors-header-length",
      `The header is said to have ${length} bytes, and ${rest} follow.`,
      `${file}, byte 0`,
      `If this is a safetensors file, it is cut short. ${transferRemedy}`,
    );
  }
  return Number(length);
}

function readHeader(bytes: Uint8Array, file: string): Readonly<Record<string, unknown>> {
  const wrong = (what: string) =>
    new Failure("safetensors-header", what, `${file}, header at byte ${prefix}`, writerRemedy);
  if (bytes[0] !== 0x7b) throw wrong("The header does not begin with a brace.");
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (error) {
    throw wrong(`The header is not JSON in UTF-8 (${error instanceof Error ? error.message : error}).`);
  }
  if (!isRecord(header)) throw wrong("The header is no JSON object.");
  return header;
}

interface Entry {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

function readEntry(name: string, description: unknown, available: number, file: string): Entry {
  const wrong = (code: string, what: string, remedy = writerRemedy) =>
    new Failure(`safetensors-${code}`, what, `${file}, tensor ${JSON.stringify(name)}`, remedy);
  if (!isRecord(description)) throw wrong("header", "The description of the tensor is no JSON object.");
  const { dtype, shape, data_offsets: offsets } = description;
  if (typeof dtype !== "string" || !Object.hasOwn(numberTypes, dtype)) {
    throw wrong(
      "number-type",
      `Numbers of the type ${JSON.stringify(dtype)} cannot be read.`,
      `Convert the tensor to one of ${Object.keys(numberTypes).join(", ")}.`,
    );
  }
  if (!isSizes(shape)) throw wrong("shape", "The shape is no list of whole numbers from 0.");
  if (!isSizes(offsets) || offsets.length !== 2) {
    throw wrong("offsets", "The offsets are not two whole numbers from 0.");
  }
  const [begin, end] = offsets;
  if (begin > end || end > available) {
    throw wrong(
      "offsets",
      `The values are said to stand at bytes ${begin} to ${end} of ${available}.`,
      `If the offsets are sound, the file is cut short. ${transferRemedy}`,
    );
  }
  const expected = countOf(shape) * numberTypes[dtype].bytes;
  if (end - begin !== expected) {
    throw wrong("length", `[${shape.join(", ")}] of ${dtype} takes ${expected} bytes, not ${end - begin}.`);
  }
  return { name, type: dtype, shape, begin, end };
}

/** The values of all tensors follow one another from the first byte to the last. */
function checkCoverage(entries: readonly Entry[], available: number, file: string): void {
  const wrong = (what: string, place: string) =>
    new Failure("safetensors-coverage", what, place, writerRemedy);
  let at = 0;
  for (const { name, begin, end } of entries.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== at) {
      const what =
        begin < at ? "overlap those of another tensor" : `leave out ${begin - at} bytes before them`;
      throw wrong(`The values ${what}.`, `${file}, tensor ${JSON.stringify(name)}`);
    }
    at = end;
  }
  if (at !== available) {
    throw wrong(
      `${available - at} bytes at the end belong to no tensor.`,
      `${file}, byte ${at} of the values`,
    );
  }
}

function readMetadata(metadata: unknown, file: string): Readonly<Record<string, string>> {
  if (metadata === undefined) return {};
  const isTexts = (value: unknown): value is Record<string, string> =>
    isRecord(value) && Object.values(value).every((each) => typeof each === "string");
  if (isTexts(metadata)) return metadata;
  throw new Failure(
    "safetensors-metadata",
    "The metadata are not texts by name.",
    `${file}, ${metadataKey}`,
    writerRemedy,
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isSizes = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((each) => Number.isSafeInteger(each) && each >= 0);
