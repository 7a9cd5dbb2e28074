/** Mnemonics of the MIT annotation codes, by code (WFDB ecgcodes.h). An empty entry is not assigned. */
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
  "",
  "|",
  "",
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

/** The code of a mnemonic; −1 where there is none. */
export function codeOf(symbol: string): number {
  return symbol === "" ? -1 : mnemonics.indexOf(symbol);
}
