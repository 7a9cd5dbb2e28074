/**
 * Mnemonics of the MIT annotation codes, by code (WFDB ecgcodes.h). A number in brackets stands for a code that is
 * free for a file's own definitions.
 */
export const mnemonics: readonly string[] = [
  " ",
  "N",
  "L",
  "R",
  "a",
  "V",
  "F",
  "J",
  "A",
  "S",
  "E",
  "j",
  "/",
  "Q",
  "~",
  "[15]",
  "|",
  "[17]",
  "s",
  "T",
  "*",
  "D",
  '"',
  "=",
  "p",
  "B",
  "^",
  "t",
  "+",
  "u",
  "?",
  "!",
  "[",
  "]",
  "e",
  "n",
  "@",
  "x",
  "f",
  "(",
  ")",
  "r",
  "[42]",
  "[43]",
  "[44]",
  "[45]",
  "[46]",
  "[47]",
  "[48]",
  "[49]",
];

/** Codes that stand for a QRS complex. */
export const beatSymbols: ReadonlySet<string> = new Set([
  "N",
  "L",
  "R",
  "B",
  "A",
  "a",
  "J",
  "S",
  "V",
  "r",
  "F",
  "e",
  "j",
  "n",
  "E",
  "/",
  "f",
  "Q",
  "?",
]);

/** Pseudo-codes that change the annotation before them, or the time. */
export const pseudoCodes = { skip: 59, number: 60, subtype: 61, channel: 62, text: 63 } as const;

/** `"`, a comment in words; at sample 0 it may define codes. */
export const noteCode = 22;

/** The code of a mnemonic; −1 where there is none. */
export function codeOf(symbol: string): number {
  return mnemonics.indexOf(symbol);
}

/** Whether a code has no meaning until a file defines it. */
export function isFree(code: number): boolean {
  return mnemonics[code]?.startsWith("[") === true && mnemonics[code].length > 1;
}
