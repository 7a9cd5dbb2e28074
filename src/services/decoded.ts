import { Failure } from "../domain/failure.ts";
import type { Lead, Recording } from "../domain/recording.ts";
import { openRecording } from "../records/openRecording.ts";
import { filesOfRecord, findRecord } from "../storage/records.ts";

/** Decoded records kept in memory; a half-hour record of two leads takes about 5 MB. */
const keptRecordings = 4;
/** By hash, least recently used first. Promises, so that calls at the same moment decode once. */
const recordings = new Map<string, Promise<Recording>>();

/** A stored record, decoded. @throws Failure `no-such-record` */
export function recordingOf(hash: string): Promise<Recording> {
  const recording = recordings.get(hash) ?? decode(hash);
  keep(hash, recording);
  return recording;
}

/** Keeps a record that is decoded already. */
export function keepDecoded(hash: string, recording: Recording): void {
  keep(hash, Promise.resolve(recording));
}

/** Lets go of a record. */
export function forgetDecoded(hash: string): void {
  recordings.delete(hash);
}

/** A lead of a stored record. Its samples stay here: whoever sends them sends a copy. @throws Failure `no-such-lead` */
export async function leadOf(hash: string, name: string): Promise<Lead> {
  const { leads } = await recordingOf(hash);
  const lead = leads.find((candidate) => candidate.name === name);
  if (lead === undefined) {
    const names = leads.map((each) => each.name).join(", ");
    throw new Failure("no-such-lead", "The record has no such lead.", name, `Choose ${names}.`);
  }
  return lead;
}

async function decode(hash: string): Promise<Recording> {
  const [stored, files] = await Promise.all([findRecord(hash), filesOfRecord(hash)]);
  return openRecording(
    stored?.recordName ?? "",
    new Map(files.map(({ name, bytes }) => [name, bytes])),
    hash,
  );
}

function keep(hash: string, recording: Promise<Recording>): void {
  recordings.delete(hash);
  recordings.set(hash, recording);
  // A failure is told to the caller; the next call tries again.
  recording.catch(() => recordings.delete(hash));
  const oldest = recordings.keys().next();
  if (recordings.size > keptRecordings && oldest.done !== true) recordings.delete(oldest.value);
}
