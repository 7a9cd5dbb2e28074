import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import type { SignalForm } from "../domain/experiment.ts";
import { Failure } from "../domain/failure.ts";
import { mayStandForReal, type RecordDescription } from "../domain/libraryRecord.ts";
import type { Recording } from "../domain/recording.ts";
import { formSignal } from "../experiments/realSynthetic/signals.ts";
import { hashFiles } from "../records/hash.ts";
import { importRecords, plainPlan, tablesAmong } from "../records/importFiles.ts";
import { keepAll } from "../records/keep.ts";
import type { SourceFile } from "../records/sourceFile.ts";
import { writeRecord } from "../records/wfdb/write.ts";
import { leadFor } from "../services/training/storedRecordings.ts";
import { type CohortSize, simulatedCohort, usualSize } from "../simulators/cohort/plan.ts";
import { syntheticRecord } from "./leftOut.ts";

/** A record in the form in which networks see it. */
export interface ShelvedRecord {
  readonly hash: string;
  readonly name: string;
  readonly description: RecordDescription;
  /** Standardised. */
  readonly signal: Float32Array;
}

/** Records by hash. */
export type RecordShelf = ReadonlyMap<string, ShelvedRecord>;

/** The name that stands for the built-in stand-in instead of a folder. */
export const standIn = "simulated";
/** How many of its records are made, behind the name. */
const ofStandIn = /^simulated(?::([1-9]\d*))?$/;

/** How the help of a command tells what stands for the stand-in. */
export const standInWords = `${standIn} for the built-in stand-in, ${standIn}:N for its first N records`;

export const isStandIn = (data: string): boolean => ofStandIn.test(data);

/**
 * The size of the stand-in that a name asks for.
 * @param kind which of its records are used: half-hour ones with annotated beats, or ten seconds
 */
export function standInSize(data: string, kind: "holters" | "tenSeconds"): CohortSize {
  const asked = ofStandIn.exec(data)?.[1];
  const records = asked === undefined ? usualSize[kind] : Number(asked);
  return { ...usualSize, holters: 0, tenSeconds: 0, [kind]: records };
}

/**
 * All records of a folder that have the lead and the length of a form, or the built-in stand-in.
 * @param tell is told of every record that could not be read or is synthetic
 * @throws Failure where the folder cannot be read or holds no such record
 */
export async function shelve(
  path: string,
  form: SignalForm,
  tell: (failure: Failure) => void,
): Promise<RecordShelf> {
  const shelf = new Map<string, ShelvedRecord>();
  // Both rates of PTB-XL are the same recordings; the one that needs no resampling up is taken.
  const rate = form.samplingFrequency <= 100 ? 100 : 500;
  const records = isStandIn(path)
    ? standInRecords(standInSize(path, "tenSeconds"))
    : folderRecords(path, rate, tell);
  for await (const { hash, name, recording, description } of records) {
    const lead = recording.leads.find((each) => each.name === leadFor(recording, form));
    if (lead === undefined || recording.length / recording.samplingFrequency < form.duration - 1e-6) continue;
    const signal = formSignal(lead.samples, lead.samplingFrequency, form);
    shelf.set(hash, { hash, name, description, signal });
  }
  if (shelf.size === 0) {
    throw new Failure(
      "no-records",
      `No record has lead ${form.lead} and ${form.duration} s.`,
      path,
      "Give the folder of a database, such as PTB-XL's.",
    );
  }
  return shelf;
}

/** A record that was read or made. */
export interface FoundRecord {
  readonly hash: string;
  readonly name: string;
  readonly recording: Recording;
  readonly description: RecordDescription;
}

/** The records of the simulated stand-in, made one by one. */
export async function* standInRecords(size: CohortSize): AsyncGenerator<FoundRecord> {
  for (const { name, description, generate } of simulatedCohort(size)) {
    const { recording } = generate();
    const files = new Map(writeRecord(recording).map((file) => [file.name, file.bytes]));
    yield { hash: await hashFiles(files), name, recording, description };
  }
}

/**
 * The records of a folder that may stand for real ones, read one by one.
 * @param ptbXlRate which of PTB-XL's two forms is read, Hz
 * @param tell is told of every record that could not be read or is synthetic
 * @throws Failure where the folder cannot be read
 */
export async function* folderRecords(
  path: string,
  ptbXlRate: 100 | 500,
  tell: (failure: Failure) => void,
): AsyncGenerator<FoundRecord> {
  const files = await filesUnder(path);
  const plan = { ...plainPlan, choice: { ...keepAll, ptbXlRate }, tables: await tablesAmong(files) };
  for await (const outcome of importRecords(files, plan)) {
    if (outcome.kind === "failure") tell(outcome.failure);
    else if (outcome.kind === "record") {
      if (mayStandForReal(outcome.record.description)) yield outcome.record;
      else tell(syntheticRecord(outcome.record.name));
    }
  }
}

async function filesUnder(folder: string): Promise<SourceFile[]> {
  const names = await readdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw new Failure(
      "missing-file",
      `The folder cannot be read (${error.code ?? error.message}).`,
      folder,
      "Check the path.",
    );
  });
  const files: SourceFile[] = [];
  for (const name of names) {
    const whole = join(folder, name);
    const { size, mtimeMs } = await stat(whole);
    if (!(await stat(whole)).isFile()) continue;
    files.push({
      path: relative(folder, whole).replaceAll("\\", "/"),
      size,
      stamp: String(mtimeMs),
      read: async () => new Uint8Array(await readFile(whole)),
    });
  }
  return files;
}
