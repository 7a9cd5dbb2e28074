import { Failure } from "../domain/failure.ts";
import type { GeneratedForm } from "../domain/generation.ts";
import { signalsOfBeats, signalsOfRecordings } from "../experiments/augmentationTransfer/realSignals.ts";
import type { RealSignals } from "../experiments/augmentationTransfer/signals.ts";
import type { WantedSignals } from "../experiments/cellStore.ts";
import {
  type Candidate,
  firstTenSeconds,
  isWhole,
  piecesOfRhythms,
  sureLabels,
} from "../experiments/generation/recordingRows.ts";
import { type BeatSet, beatsOfRecording, joinBeats } from "../experiments/syntheticBeats/beatSets.ts";
import { leadFor } from "../services/training/storedRecordings.ts";
import { type FoundRecord, folderRecords, isStandIn, standInRecords, standInSize } from "./recordShelf.ts";

/** What a record of a folder gives: beats with their classes, or pieces of ten seconds with their labels. */
type Shelved = { readonly beats: BeatSet } | { readonly candidates: readonly Candidate[] };

/** Labelled signals of a folder's records, by their hashes. */
export type SignalShelf = ReadonlyMap<string, Shelved>;

/**
 * Reads the signals of a folder's records, or of the built-in stand-in.
 * @param tell is told of every record that could not be read or is synthetic
 * @throws Failure where the folder cannot be read or holds no such signal
 */
export async function shelveSignals(
  path: string,
  { form, lead }: { readonly form: GeneratedForm; readonly lead: string },
  tell: (failure: Failure) => void,
): Promise<SignalShelf> {
  const shelf = new Map<string, Shelved>();
  const records = isStandIn(path)
    ? standInRecords(standInSize(path, form === "beats" ? "holters" : "tenSeconds"))
    : folderRecords(path, 100, tell);
  for await (const record of records) {
    const found = form === "beats" ? beatsOf(record, lead) : candidatesOf(record, lead);
    if (found !== null) shelf.set(record.hash, found);
  }
  if (shelf.size > 0) return shelf;
  throw new Failure(
    "no-records",
    form === "beats"
      ? `No annotated record has the lead ${lead}.`
      : `No record with labels has ten seconds of lead ${lead}.`,
    path,
    form === "beats"
      ? "Give the folder of a database with annotated beats, such as MIT-BIH's."
      : "Give the folder of a database with labels, such as PTB-XL's.",
  );
}

/** The signals of a source from the shelves that were read. @throws Failure `missing-records` */
export async function signalsFrom(
  shelves: readonly SignalShelf[],
  wanted: WantedSignals,
): Promise<RealSignals> {
  const found = wanted.source.members.map((hash) => {
    const own = shelves.map((shelf) => shelf.get(hash)).find((each) => each !== undefined);
    if (own !== undefined) return own;
    throw new Failure(
      "missing-records",
      `The record ${hash.slice(0, 12)} is not in this folder, or lacks the lead.`,
      "--data",
      "Give the folder from which the specification was made.",
    );
  });
  if (wanted.form === "beats") {
    return signalsOfBeats(joinBeats(found.flatMap((each) => ("beats" in each ? [each.beats] : []))), wanted);
  }
  const candidates = found.flatMap((each) => ("candidates" in each ? each.candidates : []));
  return signalsOfRecordings(candidates, wanted, async () => {});
}

function beatsOf({ hash, recording, description }: FoundRecord, wanted: string): Shelved | null {
  const lead = recording.leads.find(({ name }) => name === wanted);
  if (lead === undefined) return null;
  const beats = beatsOfRecording(recording, lead, { ...description, hash }, "none");
  return beats.count === 0 ? null : { beats };
}

function candidatesOf({ hash, recording, description }: FoundRecord, wanted: string): Shelved | null {
  const lead = recording.leads.find(({ name }) => name === leadFor(recording, { lead: wanted }));
  if (lead === undefined) return null;
  const { fold } = description;
  const patient = description.patient ?? hash;
  if (isWhole(recording.length / recording.samplingFrequency)) {
    const read = async () => firstTenSeconds(lead.samples, lead.samplingFrequency);
    return { candidates: [{ record: hash, patient, labels: sureLabels(description), fold, read }] };
  }
  const pieces = piecesOfRhythms(recording, lead);
  return pieces.length === 0
    ? null
    : {
        candidates: pieces.map(({ label, samples }) => ({
          record: hash,
          patient,
          labels: [label],
          fold,
          read: async () => samples,
        })),
      };
}
