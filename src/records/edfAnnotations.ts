import { Failure } from "../domain/failure.ts";

/** One entry of a time-stamped annotations list, in seconds from the file's start. */
export interface TimedText {
  readonly onset: number;
  /** Null where none is stated. */
  readonly duration: number | null;
  /** Empty for the entry that keeps a data record's time. */
  readonly text: string;
}

const endOfTime = 0x14;
const beforeDuration = 0x15;

/**
 * Reads the lists in one data record of an `EDF Annotations` signal (Kemp & Olivan 2003, 2.2.2):
 * onset, perhaps 21 and a duration, 20, texts with 20 after each, 0.
 * @param place of the data record, for failures
 * @throws Failure `edf-annotation`
 */
export function readAnnotationLists(bytes: Uint8Array, place: string): TimedText[] {
  const found: TimedText[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (bytes[at] === 0) {
      at++;
      continue;
    }
    const zero = bytes.indexOf(0, at);
    const list = bytes.subarray(at, zero < 0 ? bytes.length : zero);
    found.push(...readList(list, place));
    at += list.length + 1;
  }
  return found;
}

function readList(list: Uint8Array, place: string): TimedText[] {
  const stamp = list.indexOf(endOfTime);
  if (stamp < 0 || list[list.length - 1] !== endOfTime) throw wrong("An annotation does not end", place);
  const separator = list.subarray(0, stamp).indexOf(beforeDuration);
  const onset = seconds(list.subarray(0, separator < 0 ? stamp : separator), /^[-+]\d+(\.\d*)?$/, place);
  const duration =
    separator < 0 ? null : seconds(list.subarray(separator + 1, stamp), /^\d+(\.\d*)?$/, place);
  const texts = decode(list.subarray(stamp + 1))
    .split(String.fromCharCode(endOfTime))
    .slice(0, -1);
  return (texts.length === 0 ? [""] : texts).map((text) => ({ onset, duration, text: text.trim() }));
}

function seconds(bytes: Uint8Array, form: RegExp, place: string): number {
  const text = decode(bytes);
  const value = form.test(text) ? Number(text) : Number.NaN;
  if (Math.abs(value) <= 1e9) return value;
  throw wrong(`An annotation states “${text.slice(0, 40)}” for its time, which cannot be`, place);
}

/** UTF-8 after the specification. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function wrong(message: string, place: string): Failure {
  return new Failure(
    "edf-annotation",
    `${message}.`,
    place,
    "Get the file again, or leave its annotations out.",
  );
}
