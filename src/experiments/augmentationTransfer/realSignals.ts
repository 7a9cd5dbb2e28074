import { beatClasses } from "../../domain/libraryRecord.ts";
import type { WantedSignals } from "../cellStore.ts";
import { evenDraw } from "../generation/evenDraw.ts";
import { type Candidate, recordingsOfLabels } from "../generation/recordingRows.ts";
import { type BeatSet, beatSamples, perBeat } from "../syntheticBeats/beatSets.ts";
import type { RealSignals } from "./signals.ts";

type Wanted = Pick<WantedSignals, "classes" | "mostSignals" | "seed">;

/** The beats of some AAMI classes, class after class, with whose they are. */
export function signalsOfBeats(set: BeatSet, { classes, mostSignals, seed }: Wanted): RealSignals {
  const [patients, records] = [perBeat(set.origins, "patient"), perBeat(set.origins, "hash")];
  const rows = classes.flatMap((name, label) => {
    const own = Array.from(set.classes.keys()).filter((row) => beatClasses[set.classes[row]] === name);
    return evenDraw(own, mostSignals, seed).map((row) => ({ row, label }));
  });
  const signals = new Float32Array(rows.length * beatSamples);
  rows.forEach(({ row }, at) => {
    signals.set(set.samples.subarray(row * beatSamples, (row + 1) * beatSamples), at * beatSamples);
  });
  return {
    signals,
    labels: Uint8Array.from(rows, ({ label }) => label),
    patients: rows.map(({ row }) => patients[row]),
    records: rows.map(({ row }) => records[row]),
    count: rows.length,
    length: beatSamples,
  };
}

/** Ten-second recordings with some labels, label after label, with whose they are. */
export async function signalsOfRecordings(
  candidates: readonly Candidate[],
  { classes, mostSignals, seed }: Wanted,
  breathe: () => Promise<void>,
): Promise<RealSignals> {
  const { signals, labels, owners, folds, records, count } = await recordingsOfLabels(
    candidates,
    classes,
    mostSignals,
    seed,
    breathe,
  );
  const length = signals.length / Math.max(1, count);
  return { signals, labels, patients: owners, folds, records, count, length };
}
