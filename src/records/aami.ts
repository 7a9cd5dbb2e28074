import { type BeatClass, beatClasses } from "../domain/libraryRecord.ts";

/**
 * WFDB beat symbols of each class, as de Chazal, O'Dwyer & Reilly (2004) group those that the MIT-BIH Arrhythmia
 * Database uses. It never uses `B`, `n`, `r` and `?`; other databases do, and each stands with its like: a bundle branch
 * block of unstated side with `L` and `R`, a supraventricular escape beat with the atrial and the nodal ones, an R-on-T
 * beat with the premature ventricular ones, and what was left unclassified with `Q`.
 */
const symbols: Readonly<Record<BeatClass, string>> = {
  N: "NLRejBn",
  S: "AaJS",
  V: "VEr",
  F: "F",
  Q: "/fQ?",
};

const classes: ReadonlyMap<string, BeatClass> = new Map(
  beatClasses.flatMap((aami) => [...symbols[aami]].map((symbol) => [symbol, aami] as const)),
);

/**
 * The class of a beat annotation; null for what is no beat (rhythm changes, noise, blocked P waves, flutter waves …):
 * counting those under Q, as published code does, inflates Q a hundredfold.
 */
export function aamiClassOf(symbol: string): BeatClass | null {
  return classes.get(symbol) ?? null;
}
