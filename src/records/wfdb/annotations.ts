import type { Annotation } from "../../domain/annotation.ts";
import { Failure } from "../../domain/failure.ts";
import { codeOf, isFree, mnemonics, noteCode, pseudoCodes } from "./annotationCodes.ts";

const timeResolution = /^## time resolution:\s*(\S+)/;
const definitionsStart = /^## annotation type definitions/;
const definitionsEnd = /^## end of definitions/;
/** `42 CAL Calibration`: code, mnemonic, description. */
const definition = /^(\d+)\s+(\S+)(?:\s|$)/;
/** Hz; what a header may state, too. */
const [lowestFrequency, highestFrequency] = [1e-6, 1e7];

/** An annotation as stored; its code becomes a mnemonic once the file's own definitions are known. */
type Coded = Omit<Annotation, "symbol"> & { readonly code: number; readonly byte: number };

/**
 * Reads annotations in MIT format (WFDB annot(5)); mnemonics that the file defines itself replace the usual ones.
 * @returns the annotations, and the frequency (Hz) in which they count where the file states one
 * @throws Failure `annotation-truncated` or `annotation-value` with the byte
 */
export function readAnnotations(
  bytes: Uint8Array,
  fileName: string,
): { readonly annotations: Annotation[]; readonly frequency: number | null } {
  const coded = readCoded(bytes, fileName);
  const { names, frequency, count } = readPreamble(coded, fileName);
  const annotations: Annotation[] = [];
  for (let index = count; index < coded.length; index++) {
    const { code, byte, ...fields } = coded[index];
    const symbol = names.get(code) ?? mnemonics[code];
    if (symbol === undefined) throw damaged(fileName, byte, `The annotation code ${code} is not assigned.`);
    if (code !== 0) annotations.push({ ...fields, symbol });
  }
  return { annotations, frequency };
}

function readCoded(bytes: Uint8Array, fileName: string): Coded[] {
  const annotations: Coded[] = [];
  let sample = 0;
  let [number, channel] = [0, 0];
  const need = (end: number, at: number, inside: string) => {
    if (end <= bytes.length) return;
    const place = `${fileName}, byte ${at}`;
    throw new Failure(
      "annotation-truncated",
      `The file ends ${inside}.`,
      place,
      "Get the annotation file again.",
    );
  };
  const change = (byte: number, changes: Partial<Coded>) => {
    const last = annotations.at(-1);
    if (last === undefined) throw damaged(fileName, byte, "A modifier stands before the first annotation.");
    annotations[annotations.length - 1] = { ...last, ...changes };
  };
  for (let at = 0; ; at += 2) {
    need(at + 2, bytes.length, "before its end mark");
    const word = bytes[at] | (bytes[at + 1] << 8);
    const code = word >> 10;
    const value = word & 0x3ff;
    if (word === 0) return annotations;
    if (code === pseudoCodes.skip) {
      need(at + 6, at, "inside a long interval");
      // The PDP-11's long: its high word stands first.
      sample += (bytes[at + 2] << 16) | (bytes[at + 3] << 24) | bytes[at + 4] | (bytes[at + 5] << 8);
      at += 4;
    } else if (code === pseudoCodes.number) {
      number = (value << 24) >> 24;
      change(at, { number });
    } else if (code === pseudoCodes.subtype) {
      change(at, { subtype: (value << 24) >> 24 });
    } else if (code === pseudoCodes.channel) {
      channel = value & 0xff;
      change(at, { channel });
    } else if (code === pseudoCodes.text) {
      need(at + 2 + value, at, "inside a text");
      change(at, { text: decodeText(bytes.subarray(at + 2, at + 2 + value)) });
      at += value + (value % 2);
    } else {
      sample += value;
      if (sample < 0) throw damaged(fileName, at, "An annotation stands before the start of the record.");
      annotations.push({ sample, code, byte: at, subtype: 0, channel, number, text: "" });
    }
  }
}

/** The notes at sample 0 that speak of the file itself: its clock, and the mnemonics of its own codes. */
function readPreamble(coded: readonly Coded[], fileName: string) {
  const names = new Map<number, string>();
  let frequency: number | null = null;
  let inDefinitions = false;
  let count = 0;
  for (; count < coded.length; count++) {
    const { code, sample, text, byte } = coded[count];
    if (sample !== 0 || code !== noteCode) break;
    const stated = timeResolution.exec(text);
    const defined = definition.exec(text);
    if (stated !== null) {
      frequency = Number(stated[1]);
      if (!(frequency >= lowestFrequency && frequency <= highestFrequency)) {
        throw damaged(fileName, byte, `The time resolution ${stated[1]} is not a frequency.`);
      }
    } else if (definitionsStart.test(text)) inDefinitions = true;
    else if (definitionsEnd.test(text)) inDefinitions = false;
    else if (defined !== null && (inDefinitions || isFree(Number(defined[1])))) {
      names.set(Number(defined[1]), defined[2]);
    } else break;
  }
  return { names, frequency, count };
}

function decodeText(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder("utf-8").decode(end < 0 ? bytes : bytes.subarray(0, end));
}

function damaged(fileName: string, byte: number, what: string): Failure {
  return new Failure(
    "annotation-value",
    what,
    `${fileName}, byte ${byte}`,
    "Get the annotation file again: it is damaged or of another kind.",
  );
}

const longestText = 255;
/** The longest interval that one jump can span. */
const longestSkip = 2 ** 31 - 1;
const ranges = {
  sample: [0, 2 ** 40],
  subtype: [-128, 127],
  channel: [0, 255],
  number: [-128, 127],
} as const;

/**
 * Writes annotations in MIT format.
 * @param annotations in order of time
 * @throws Failure `annotation-value` for an unknown mnemonic, a text over 255 bytes, a number that its field does not
 * hold, or a time that runs back
 */
export function writeAnnotations(annotations: readonly Annotation[]): Uint8Array {
  const bytes: number[] = [];
  const word = (code: number, value: number) =>
    bytes.push(value & 0xff, ((code << 2) | ((value >> 8) & 3)) & 0xff);
  let [before, number, channel] = [0, 0, 0];
  for (const annotation of annotations) {
    const code = checkWritable(annotation);
    let gap = annotation.sample - before;
    if (gap < 0) throw unwritable(annotation, "It stands before the one that precedes it.");
    before = annotation.sample;
    while (gap > 0x3ff) {
      const skip = Math.min(gap, longestSkip);
      word(pseudoCodes.skip, 0);
      bytes.push((skip >> 16) & 0xff, (skip >> 24) & 0xff, skip & 0xff, (skip >> 8) & 0xff);
      gap -= skip;
    }
    word(code, gap);
    if (annotation.subtype !== 0) word(pseudoCodes.subtype, annotation.subtype & 0xff);
    if (annotation.channel !== channel) word(pseudoCodes.channel, annotation.channel);
    if (annotation.number !== number) word(pseudoCodes.number, annotation.number & 0xff);
    ({ channel, number } = annotation);
    if (annotation.text !== "") {
      const text = new TextEncoder().encode(annotation.text);
      if (text.length > longestText) throw unwritable(annotation, "Its text is longer than 255 bytes.");
      word(pseudoCodes.text, text.length);
      bytes.push(...text);
      if (text.length % 2 === 1) bytes.push(0);
    }
  }
  bytes.push(0, 0);
  return Uint8Array.from(bytes);
}

/** The code of an annotation whose every field fits the format. */
function checkWritable(annotation: Annotation): number {
  const code = codeOf(annotation.symbol);
  if (code < 1) throw unwritable(annotation, `The mnemonic ${annotation.symbol} has no code.`);
  for (const field of ["sample", "subtype", "channel", "number"] as const) {
    const value = annotation[field];
    const [from, to] = ranges[field];
    if (!Number.isInteger(value) || value < from || value > to) {
      throw unwritable(annotation, `Its ${field} ${value} is not a whole number from ${from} to ${to}.`);
    }
  }
  if (annotation.text.includes("\0")) throw unwritable(annotation, "Its text holds a null character.");
  return code;
}

function unwritable({ sample }: Annotation, message: string): Failure {
  return new Failure(
    "annotation-value",
    message,
    `annotation at sample ${sample}`,
    "Correct the annotation before it is written.",
  );
}
