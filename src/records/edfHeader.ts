import { Failure } from "../domain/failure.ts";

/** One signal of an EDF file. */
export interface EdfSignal {
  readonly label: string;
  /** As written: `uV`, `mmHg`. */
  readonly unit: string;
  /** What the smallest and the largest digital value stand for, in `unit`; they may be in falling order. */
  readonly physical: readonly [number, number];
  readonly digital: readonly [number, number];
  readonly samplesPerRecord: number;
}

export interface EdfHeader {
  readonly patient: string;
  readonly recording: string;
  /** `dd.mm.yy hh.mm.ss` */
  readonly start: string;
  /** Plain EDF has no annotations. Discontinuous data records each state their own time. */
  readonly kind: "EDF" | "EDF+C" | "EDF+D";
  /** Data records; null where the recorder left it open. */
  readonly records: number | null;
  /** Of a data record, in seconds. */
  readonly duration: number;
  readonly signals: readonly EdfSignal[];
  /** Bytes before the first data record. */
  readonly size: number;
}

/** The label of the signal that holds an EDF+ file's annotations. */
export const annotationsLabel = "EDF Annotations";

const fixedPart = 256;
const perSignal = 256;
const limits = { signals: 1024, records: 1e8, samplesPerRecord: 1e8, duration: 1e6, physical: 1e30 } as const;

/**
 * Reads the header of an EDF or EDF+ file (Kemp et al. 1992; Kemp & Olivan 2003): ASCII fields of fixed widths.
 * @throws Failure `edf-header` with the byte and the field, or `unsupported-format`
 */
export function parseEdfHeader(bytes: Uint8Array, fileName: string): EdfHeader {
  const field = (offset: number, length: number) =>
    new TextDecoder("latin1")
      .decode(bytes.subarray(offset, offset + length))
      .replace(/\0.*$/s, "")
      .trim();
  if (bytes[0] === 0xff && field(1, 7) === "BIOSEMI") {
    throw new Failure(
      "unsupported-format",
      "This is a BDF file, with samples of 24 bits.",
      fileName,
      "Convert it to EDF+, with EDFbrowser for instance.",
    );
  }
  if (bytes.length < fixedPart || field(0, 8) !== "0") {
    throw new Failure(
      "edf-header",
      "An EDF file starts with 0 and seven spaces.",
      `${fileName}, byte 0`,
      "Check that this is an EDF file.",
    );
  }
  const number = (what: string, offset: number, length: number, from: number, to: number): number => {
    const text = field(offset, length);
    const value = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
    if (value >= from && value <= to) return value;
    throw wrong(`It gives “${text}” for ${what}, which cannot be.`, fileName, offset);
  };
  const whole = (what: string, offset: number, length: number, from: number, to: number): number => {
    const value = number(what, offset, length, from, to);
    if (Number.isInteger(value)) return value;
    throw wrong(`It gives ${value} for ${what}, which must be whole.`, fileName, offset);
  };
  const count = whole("the number of signals", 252, 4, 0, limits.signals);
  const size = whole("the size of the header", 184, 8, 0, 1e8);
  if (size !== fixedPart + count * perSignal || bytes.length < size) {
    throw wrong(
      `With ${count} signals the header has ${fixedPart + count * perSignal} bytes; it states ${size}, and the file has ${bytes.length}.`,
      fileName,
      184,
    );
  }
  const reserved = field(192, 44);
  const records = whole("the number of data records", 236, 8, -1, limits.records);
  // The fields of all signals follow each other kind by kind.
  const at = (before: number, width: number, index: number) => fixedPart + before * count + width * index;
  const signals = Array.from({ length: count }, (_, index): EdfSignal => {
    const label = field(at(0, 16, index), 16);
    const of = (what: string) => `the ${what} of signal ${index + 1} (${label})`;
    const range = (what: string, before: number, limit: number): [number, number] => [
      number(of(`${what} minimum`), at(before, 8, index), 8, -limit, limit),
      number(of(`${what} maximum`), at(before + 8, 8, index), 8, -limit, limit),
    ];
    const physical = range("physical", 104, limits.physical);
    const digital = range("digital", 120, 32768);
    const isSignal = label !== annotationsLabel;
    if (isSignal && (digital[0] >= digital[1] || physical[0] === physical[1])) {
      throw wrong(`The limits of signal ${index + 1} (${label}) span no range.`, fileName, at(104, 8, index));
    }
    const samplesPerRecord = whole(of("number of samples"), at(216, 8, index), 8, 1, limits.samplesPerRecord);
    return { label, unit: field(at(96, 8, index), 8), physical, digital, samplesPerRecord };
  });
  return {
    patient: field(8, 80),
    recording: field(88, 80),
    start: `${field(168, 8)} ${field(176, 8)}`,
    kind: reserved.startsWith("EDF+D") ? "EDF+D" : reserved.startsWith("EDF+C") ? "EDF+C" : "EDF",
    records: records < 0 ? null : records,
    duration: number("the duration of a data record", 244, 8, 0, limits.duration),
    signals,
    size,
  };
}

function wrong(message: string, fileName: string, offset: number): Failure {
  return new Failure(
    "edf-header",
    message,
    `${fileName}, byte ${offset}`,
    "Get the file again or correct its header.",
  );
}
