import type { Annotation } from "../../domain/annotation.ts";
import { Failure } from "../../domain/failure.ts";
import { codeOf, mnemonics, pseudoCodes } from "./annotationCodes.ts";

const longestText = 255;
const timeResolution = /^## time resolution: ([\d.]+)/;

/**
 * Reads annotations in MIT format (WFDB annot(5)).
 * @returns the annotations, and the frequency (Hz) in which they count where the file states one
 * @throws Failure `annotation-truncated` or `annotation-value` with the byte
 */
export function readAnnotations(
  bytes: Uint8Array,
  fileName: string,
): { readonly annotations: Annotation[]; readonly frequency: number | null } {
  const annotations: Annotation[] = [];
  let sample = 0;
  let [number, channel] = [0, 0];
  let frequency: number | null = null;
  const place = (byte: number) => `${fileName}, byte ${byte}`;
  const damaged = (byte: number, what: string) =>
    new Failure(
      "annotation-value",
      what,
      place(byte),
      "Get the annotation file again: it is damaged or of another kind.",
    );
  const change = (byte: number, changes: Partial<Annotation>) => {
    const last = annotations.at(-1);
    if (last === undefined) throw damaged(byte, "A modifier stands before the first annotation.");
    annotations[annotations.length - 1] = { ...last, ...changes };
  };
  for (let at = 0; ; at += 2) {
    if (at + 2 > bytes.length) {
      throw new Failure(
        "annotation-truncated",
        "The file ends before its end mark.",
        place(bytes.length),
        "Get the annotation file again.",
      );
    }
    const word = bytes[at] | (bytes[at + 1] << 8);
    const code = word >> 10;
    const value = word & 0x3ff;
    if (word === 0) break;
    if (code === pseudoCodes.skip) {
      if (at + 6 > bytes.length) {
        throw new Failure(
          "annotation-truncated",
          "The file ends inside a long interval.",
          place(at),
          "Get the annotation file again.",
        );
      }
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
      if (at + 2 + value > bytes.length) {
        throw new Failure(
          "annotation-truncated",
          "The file ends inside a text.",
          place(at),
          "Get the annotation file again.",
        );
      }
      const text = decodeText(bytes.subarray(at + 2, at + 2 + value));
      at += value + (value % 2);
      change(at, { text });
    } else {
      const symbol = mnemonics[code];
      if (symbol === undefined || symbol === "")
        throw damaged(at, `The annotation code ${code} is not assigned.`);
      sample += value;
      if (sample < 0) throw damaged(at, "An annotation stands before the start of the record.");
      annotations.push({ sample, symbol, subtype: 0, channel, number, text: "" });
    }
  }
  const stated = timeResolution.exec(annotations[0]?.text ?? "");
  if (stated !== null && annotations[0].sample === 0) {
    annotations.shift();
    frequency = Number(stated[1]);
    if (!(frequency > 0)) throw damaged(0, "The time resolution is not a positive number.");
  }
  return { annotations: annotations.filter((annotation) => annotation.symbol !== " "), frequency };
}

function decodeText(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder("utf-8").decode(end < 0 ? bytes : bytes.subarray(0, end));
}

/**
 * Writes annotations in MIT format.
 * @param annotations in order of time
 * @throws Failure `annotation-value` for an unknown mnemonic, a text over 255 bytes or a time that runs back
 */
export function writeAnnotations(annotations: readonly Annotation[]): Uint8Array {
  const bytes: number[] = [];
  const word = (code: number, value: number) =>
    bytes.push(value & 0xff, ((code << 2) | ((value >> 8) & 3)) & 0xff);
  let [before, number, channel] = [0, 0, 0];
  for (const annotation of annotations) {
    const code = codeOf(annotation.symbol);
    const place = `annotation at sample ${annotation.sample}`;
    if (code < 1) throw unwritable(place, `The mnemonic ${annotation.symbol} has no code.`);
    let gap = annotation.sample - before;
    if (gap < 0) throw unwritable(place, "It stands before the one that precedes it.");
    before = annotation.sample;
    if (gap > 0x3ff) {
      word(pseudoCodes.skip, 0);
      bytes.push((gap >> 16) & 0xff, (gap >> 24) & 0xff, gap & 0xff, (gap >> 8) & 0xff);
      gap = 0;
    }
    word(code, gap);
    if (annotation.subtype !== 0) word(pseudoCodes.subtype, annotation.subtype & 0xff);
    if (annotation.channel !== channel) word(pseudoCodes.channel, annotation.channel & 0xff);
    if (annotation.number !== number) word(pseudoCodes.number, annotation.number & 0xff);
    ({ channel, number } = annotation);
    if (annotation.text !== "") {
      const text = new TextEncoder().encode(annotation.text);
      if (text.length > longestText) throw unwritable(place, "Its text is longer than 255 bytes.");
      word(pseudoCodes.text, text.length);
      bytes.push(...text);
      if (text.length % 2 === 1) bytes.push(0);
    }
  }
  bytes.push(0, 0);
  return Uint8Array.from(bytes);
}

function unwritable(place: string, message: string): Failure {
  return new Failure("annotation-value", message, place, "Correct the annotation before it is written.");
}
