import type { SignalForm } from "../../domain/experiment.ts";
import type { LibraryRecord } from "../../domain/libraryRecord.ts";
import type { Recording } from "../../domain/recording.ts";
import { openRecording } from "../../records/openRecording.ts";
import { filesOfRecord } from "../../storage/records.ts";

/** The lead of a record that a form asks for; `II` is also what Holter recorders call `MLII`. */
export function leadFor(record: Pick<LibraryRecord, "leads">, { lead }: Pick<SignalForm, "lead">) {
  const wanted = lead.toLowerCase();
  const found = record.leads.find(({ name }) => [wanted, `ml${wanted}`].includes(name.toLowerCase()));
  return found?.name ?? null;
}

/** A record of the library with its samples. @param recordName name inside the header and of the files */
export async function storedRecording(recordName: string, hash: string): Promise<Recording> {
  const files = await filesOfRecord(hash);
  const named = new Map(files.map(({ name, bytes }) => [name, bytes]));
  return openRecording(recordName, named, hash);
}
