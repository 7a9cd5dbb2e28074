import type { Annotation } from "../domain/annotation.ts";
import { Failure } from "../domain/failure.ts";
import type { Lead, Recording } from "../domain/recording.ts";
import { readAnnotationLists, type TimedText } from "./edfAnnotations.ts";
import { annotationsLabel, type EdfHeader, type EdfSignal, parseEdfHeader } from "./edfHeader.ts";
import { keptUnit, recordNameOf, withDistinctNames } from "./leads.ts";

/** Samples that gaps may make of a discontinuous file, over all leads. */
const mostSamples = 64 * 1024 ** 2;
/** s; by so much may a data record's stated time differ from the end of the one before and still follow it. */
const rounding = 0.001;

/** The data records of a file, in each of which every signal has its samples at one offset. */
interface DataRecords {
  readonly bytes: Uint8Array;
  readonly count: number;
  /** Bytes of each. */
  readonly size: number;
  readonly signals: readonly { readonly signal: EdfSignal; readonly offset: number }[];
  place(record: number): string;
}

/**
 * Reads an EDF or EDF+ file. The signal that was sampled fastest gives the frame frequency; slower ones keep theirs.
 * Gaps of a discontinuous file (EDF+D) are NaN; each data record starts at the frame next to its time. Annotations
 * become notes (`"`) with their text, and their duration behind it. The prefix `ECG` of EDF+ labels is left out of the
 * leads' names.
 * @param hash SHA-256 of the file, for the origin
 * @throws Failure `edf-header` with the byte, `edf-annotation` or `edf-time` with the data record, `signal-truncated`,
 *   `no-signals`, `record-too-long`, `unsupported-format`
 */
export function readEdf(bytes: Uint8Array, fileName: string, hash: string): Recording {
  const header = parseEdfHeader(bytes, fileName);
  const warnings: Failure[] = [];
  const data = dataRecords(header, bytes, fileName, warnings);
  const isList = ({ label }: EdfSignal) => header.kind !== "EDF" && label === annotationsLabel;
  const signals = data.signals.filter(({ signal }) => !isList(signal));
  if (signals.length === 0 || data.count === 0) {
    throw new Failure(
      "no-signals",
      "The file has no signals to show.",
      fileName,
      "Choose the file that holds the signals.",
    );
  }
  const fastest = Math.max(...signals.map(({ signal }) => signal.samplesPerRecord));
  const samplingFrequency = fastest / header.duration;
  if (!(samplingFrequency >= 1e-6 && samplingFrequency <= 1e7)) {
    throw new Failure(
      "edf-header",
      `It states ${fastest} samples in ${header.duration} s, which cannot be.`,
      `${fileName}, byte 244`,
      "Get the file again or correct its header.",
    );
  }
  const lists = annotationLists(data, isList);
  const starts = startsOf(data, lists, header, fastest, warnings);
  const length = starts[starts.length - 1] + fastest;
  const samples = signals.reduce((sum, { signal }) => sum + (length * signal.samplesPerRecord) / fastest, 0);
  if (header.kind === "EDF+D" && samples > mostSamples) {
    throw new Failure(
      "record-too-long",
      `With its gaps the record has ${Math.round(samples)} samples; ${mostSamples} can be kept.`,
      fileName,
      "Cut the file at its gaps.",
    );
  }
  const firstOnset = lists[0]?.[0]?.onset ?? 0;
  const leads = signals.map((one): Lead => {
    const name = one.signal.label.replace(/^(ECG|EKG)\s+(?=\S)/, "");
    return {
      name: name === "" ? `signal ${data.signals.indexOf(one) + 1}` : name,
      unit: keptUnit(one.signal.unit).unit,
      samplingFrequency: one.signal.samplesPerRecord / header.duration,
      samples: physicalSamples(one, data, starts, fastest),
    };
  });
  return {
    name: recordNameOf(fileName),
    samplingFrequency,
    length,
    leads: withDistinctNames(leads),
    annotations: notes(lists.flat(), firstOnset, samplingFrequency, length, fileName, warnings),
    comments: [
      `Patient: ${header.patient}`,
      `Recording: ${header.recording}`,
      `Start: ${header.start}`,
    ].filter((comment) => !comment.endsWith(": ")),
    warnings,
    origin: { kind: "file", fileNames: [fileName], hash },
  };
}

function dataRecords(
  header: EdfHeader,
  bytes: Uint8Array,
  fileName: string,
  warnings: Failure[],
): DataRecords {
  let size = 0;
  const signals = header.signals.map((signal) => {
    const offset = size;
    size += 2 * signal.samplesPerRecord;
    return { signal, offset };
  });
  const present = size === 0 ? 0 : (bytes.length - header.size) / size;
  const count = header.records ?? Math.floor(present);
  if (count > present && size > 0) {
    throw new Failure(
      "signal-truncated",
      `The file has ${Math.floor(present)} whole data records where its header promises ${count}.`,
      fileName,
      "Get the file again: it is cut short.",
    );
  }
  if (present > count) {
    warnings.push(
      new Failure(
        "signal-surplus",
        `${bytes.length - header.size - count * size} bytes stand behind the last of its ${count} data records.`,
        fileName,
        "Get the file again if it seems too short.",
      ),
    );
  }
  const place = (record: number) => `${fileName}, data record ${record + 1}`;
  return { bytes: bytes.subarray(header.size), count, size, signals, place };
}

/** The annotations of each data record; the first of them keeps its time. Empty for plain EDF. */
function annotationLists(data: DataRecords, isList: (signal: EdfSignal) => boolean): TimedText[][] {
  const listed = data.signals.filter(({ signal }) => isList(signal));
  if (listed.length === 0) return [];
  return Array.from({ length: data.count }, (_, record) =>
    listed.flatMap(({ signal, offset }) => {
      const from = record * data.size + offset;
      return readAnnotationLists(
        data.bytes.subarray(from, from + 2 * signal.samplesPerRecord),
        data.place(record),
      );
    }),
  );
}

/** The first frame of each data record. */
function startsOf(
  data: DataRecords,
  lists: readonly (readonly TimedText[])[],
  { kind, duration }: EdfHeader,
  fastest: number,
  warnings: Failure[],
): number[] {
  const starts: number[] = [];
  let leaps = 0;
  for (let record = 0; record < data.count; record++) {
    const follows = record === 0 ? 0 : starts[record - 1] + fastest;
    const stated = timeOf(lists, record);
    if (kind === "EDF" || (stated === null && kind === "EDF+C")) {
      starts.push(follows);
      continue;
    }
    const first = timeOf(lists, 0);
    if (stated === null || first === null) throw mistimed("It does not state its time.", data.place(record));
    const time = stated - first;
    const late = time - (follows / fastest) * duration;
    if (Math.abs(late) <= Math.max(rounding, duration / fastest / 2)) {
      starts.push(follows);
    } else if (kind === "EDF+C") {
      leaps++;
      starts.push(follows);
    } else if (late < 0) {
      throw mistimed(`It starts ${-late} s before the one ahead of it ends.`, data.place(record));
    } else {
      starts.push(Math.round((time / duration) * fastest));
    }
  }
  if (leaps > 0) {
    warnings.push(
      mistimed(
        `The file calls itself continuous, and ${leaps} of its data records state another time than that.`,
        data.place(0),
      ),
    );
  }
  return starts;
}

/** What the first list of a data record says of its time, which has no text. */
function timeOf(lists: readonly (readonly TimedText[])[], record: number): number | null {
  const first = lists[record]?.[0];
  return first === undefined || first.text !== "" ? null : first.onset;
}

function physicalSamples(
  { signal, offset }: DataRecords["signals"][number],
  data: DataRecords,
  starts: readonly number[],
  fastest: number,
): Float32Array {
  const { physical, digital, samplesPerRecord: count } = signal;
  const { factor } = keptUnit(signal.unit);
  const gain = ((physical[1] - physical[0]) / (digital[1] - digital[0])) * factor;
  const origin = physical[0] * factor - digital[0] * gain;
  const own = (frame: number) => Math.round((frame * count) / fastest);
  const samples = new Float32Array(own(starts[starts.length - 1] + fastest));
  const view = new DataView(data.bytes.buffer, data.bytes.byteOffset, data.bytes.byteLength);
  let end = 0;
  for (let record = 0; record < data.count; record++) {
    const start = own(starts[record]);
    samples.fill(Number.NaN, end, start);
    const from = record * data.size + offset;
    for (let index = 0; index < count; index++) {
      samples[start + index] = view.getInt16(from + 2 * index, true) * gain + origin;
    }
    end = start + count;
  }
  return samples;
}

/** Annotations count from the first sample; those outside the record cannot be kept. */
function notes(
  texts: readonly TimedText[],
  firstOnset: number,
  samplingFrequency: number,
  length: number,
  fileName: string,
  warnings: Failure[],
): Annotation[] {
  const found = texts
    .filter(({ text }) => text !== "")
    .map(({ onset, duration, text }) => ({
      sample: Math.round((onset - firstOnset) * samplingFrequency),
      symbol: '"',
      subtype: 0,
      channel: 0,
      number: 0,
      text: duration === null ? text : `${text} (${duration} s)`,
    }));
  const inside = found.filter(({ sample }) => sample >= 0 && sample <= length);
  if (inside.length < found.length) {
    warnings.push(
      new Failure(
        "edf-annotation",
        `${found.length - inside.length} of its annotations lie outside the record and were left out.`,
        fileName,
        "Look at them with EDFbrowser, for instance.",
      ),
    );
  }
  return inside.sort((one, other) => one.sample - other.sample);
}

function mistimed(message: string, place: string): Failure {
  return new Failure("edf-time", message, place, "Get the file again, or export it anew as EDF+C.");
}
