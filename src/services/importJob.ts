import { Failure } from "../domain/failure.ts";
import type { LibraryRecord } from "../domain/libraryRecord.ts";
import type { ImportedRecord, ImportOutcome } from "../records/importFiles.ts";
import type { StoredImport } from "../storage/database.ts";
import { forgetImports, keepImport, listImports } from "../storage/imports.ts";
import { storeRecords, type WholeRecord } from "../storage/records.ts";
import { isOutOfRoom } from "../storage/room.ts";
import { analyse, preferredLead } from "./analysis.ts";
import { addToCatalogue } from "./catalogue.ts";
import { keepDecoded } from "./decoded.ts";

/** A failure as data: instances do not survive being part of a value. */
export type FailureData = Pick<Failure, "code" | "message" | "place" | "remedy">;

/** A record of an import as the page shows it. */
export interface ImportedBrief {
  readonly hash: string;
  readonly name: string;
  readonly lead: string;
}

export interface ImportReport {
  readonly title: string;
  readonly state: StoredImport["state"];
  /** ms */
  readonly duration: number;
  readonly stored: number;
  /** Stored before, told by their contents. */
  readonly duplicates: number;
  /** Stored before, told by names and dates alone: not read again. */
  readonly known: number;
  /** Not among what was chosen. */
  readonly unwanted: number;
  readonly failed: number;
  /** The first failures. */
  readonly failures: readonly FailureData[];
  /** The first record, to show. */
  readonly first: ImportedBrief | null;
  /** Stored records that got their labels from tables that came now. */
  readonly relabelled: number;
}

export interface ImportProgress {
  readonly title: string;
  readonly done: number;
  readonly total: number;
  readonly stored: number;
  readonly failed: number;
  /** s; null until it can be told honestly. */
  readonly secondsLeft: number | null;
}

/** Failures that a report carries; more are counted. */
const mostFailures = 500;
/** Records are stored together until they are so many, or so large. */
const batchRecords = 32;
const batchBytes = 8e6;
/** s of experience before a remaining time is told. */
const firstEstimate = 2;

let running: { readonly progress: () => ImportProgress; cancelled: boolean } | null = null;

export const asData = ({ code, message, place, remedy }: Failure): FailureData => ({
  code,
  message,
  place,
  remedy,
});

/** @throws Failure `import-running` */
export function refuseSecondImport(title: string): void {
  if (running === null) return;
  throw new Failure(
    "import-running",
    "Another import is running.",
    title,
    "Wait until it has finished, or cancel it.",
  );
}

/** Where the running import is, or null. */
export function importProgress(): ImportProgress | null {
  return running?.progress() ?? null;
}

/** Stops the running import after the record at hand; what is stored stays. */
export function cancelRunning(): void {
  if (running !== null) running.cancelled = true;
}

/** Imports that ended before their end because their tab was closed. */
export async function interruptedImports(): Promise<StoredImport[]> {
  const unfinished = (await listImports()).filter(({ state }) => state === "running");
  const held = await heldLocks();
  return unfinished.filter(({ id }) => !held.has(lockOf(id)));
}

/** Forgets what is known of imports that will not go on. */
export async function dismissImports(ids: readonly string[]): Promise<void> {
  await forgetImports(ids);
}

/**
 * Stores what an import or a generator gives, record by record, with a journal.
 * @param total records that are expected
 */
export async function runJob(
  title: string,
  total: number,
  outcomes: AsyncIterable<ImportOutcome>,
  failures: FailureData[] = [],
): Promise<ImportReport> {
  const id = crypto.randomUUID();
  return holding(id, () => runHeld(id, title, total, outcomes, failures));
}

async function runHeld(
  id: string,
  title: string,
  total: number,
  outcomes: AsyncIterable<ImportOutcome>,
  failures: FailureData[],
): Promise<ImportReport> {
  const began = performance.now();
  const count = { stored: 0, duplicates: 0, known: 0, unwanted: 0, failed: failures.length };
  let [done, read] = [0, 0];
  let first: ImportedBrief | null = null;
  let state: StoredImport["state"] = "running";
  const batch: WholeRecord[] = [];
  let bytes = 0;
  const job = {
    cancelled: false,
    progress: (): ImportProgress => {
      const elapsed = (performance.now() - began) / 1000;
      const left = Math.max(0, total - done);
      // Records that need no reading pass at once: the pace is that of the others.
      const secondsLeft = elapsed < firstEstimate || read === 0 ? null : (elapsed / read) * left;
      return {
        title,
        done,
        total: Math.max(total, done),
        stored: count.stored,
        failed: count.failed,
        secondsLeft,
      };
    },
  };
  running = job;
  const startedAt = Date.now();
  const journal = (): StoredImport => ({
    id,
    title,
    startedAt,
    updatedAt: Date.now(),
    state,
    total,
    stored: count.stored,
    duplicates: count.duplicates,
    skipped: count.known + count.unwanted,
    failed: count.failed,
    failures: failures.slice(0, mostFailures),
  });
  const store = async (whole: readonly WholeRecord[]) => {
    const isNew = await storeRecords(whole);
    count.stored += isNew.filter(Boolean).length;
    count.duplicates += isNew.filter((fresh) => !fresh).length;
    await addToCatalogue(whole.filter((_, index) => isNew[index]).map(({ record }) => record));
    await keepImport(journal());
  };
  // While one batch is on its way to the disc the next is read: never more than one waits.
  let storing = Promise.resolve();
  const flush = async () => {
    await storing;
    if (batch.length === 0) return;
    storing = store(batch.splice(0));
    // It is awaited before the next; until then its failure must not count as one that nobody sees.
    storing.catch(() => {});
    bytes = 0;
  };
  const fail = (failure: Failure) => {
    count.failed++;
    if (failures.length < mostFailures) failures.push(asData(failure));
  };
  try {
    // An earlier attempt at the same that was cut short goes on with this one.
    const earlier = await interruptedImports();
    await forgetImports(earlier.flatMap((other) => (other.title === title ? other.id : [])));
    await keepImport(journal());
    for await (const outcome of outcomes) {
      if (outcome.kind === "record") {
        const whole = wholeRecord(outcome.record);
        first ??= briefOf(whole.record);
        batch.push(whole);
        bytes += sizeOf(whole);
        if (total <= 2) keepDecoded(whole.record.hash, outcome.record.recording);
        if (batch.length >= batchRecords || bytes >= batchBytes) await flush();
      } else if (outcome.kind === "failure") fail(outcome.failure);
      else {
        count[outcome.kind]++;
        if (outcome.kind === "known") first ??= briefOf(outcome.record);
      }
      done++;
      if (outcome.kind === "record" || outcome.kind === "failure") read++;
      if (job.cancelled) {
        state = "cancelled";
        break;
      }
    }
    await flush();
    await storing;
    if (state === "running") state = "finished";
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error.code === "storage-full") state = "full";
    fail(error.code === "storage-full" ? fullAfter(error, count.stored, done, total) : error);
  } finally {
    running = null;
    await keepImport(journal()).catch((error: unknown) => {
      // Without room for the journal's last line the import is told by its report alone.
      if (!isOutOfRoom(error)) throw error;
    });
  }
  return {
    title,
    state,
    duration: performance.now() - began,
    ...count,
    failures: failures.slice(0, mostFailures),
    first,
    relabelled: 0,
  };
}

/** How much room is missing, judged by what the records so far have taken. */
function fullAfter(error: Failure, stored: number, done: number, total: number): Failure {
  const left = Math.max(1, total - done + 1);
  return new Failure(
    error.code,
    `${error.message} ${stored} records are stored and stay readable; about ${left} more found no room.`,
    error.place,
    "Delete records that you no longer need, or keep fewer leads or records, and import the same files again: it goes on where it stopped.",
  );
}

function wholeRecord({ name, hash, files, recording, description, source }: ImportedRecord): WholeRecord {
  const { analysis, beats, found } = analyse(hash, recording);
  const list = [...files].map(([fileName, bytes]) => ({ name: fileName, bytes }));
  const record: LibraryRecord = {
    ...description,
    ...found,
    hash,
    name,
    recordName: name,
    importedAt: Date.now(),
    samplingFrequency: recording.samplingFrequency,
    length: recording.length,
    leads: recording.leads.map((lead) => ({
      name: lead.name,
      unit: lead.unit,
      samplingFrequency: lead.samplingFrequency,
    })),
    comments: recording.comments,
    warnings: recording.warnings.map((warning) => warning.describe()),
    byteSize: list.reduce((sum, { bytes }) => sum + bytes.length, 0),
    source,
  };
  return { record, files: list, analysis, beats };
}

const sizeOf = ({ record, beats }: WholeRecord) => record.byteSize + (beats?.samples.byteLength ?? 0);

function briefOf({ hash, name, leads }: LibraryRecord): ImportedBrief {
  return { hash, name, lead: preferredLead(leads)?.name ?? "" };
}

const lockOf = (id: string) => `ecg-workbench-import-${id}`;

/** Absent outside of browsers. */
const locks = (): LockManager | undefined =>
  (globalThis.navigator as { locks?: LockManager } | undefined)?.locks;

/** Runs while a lock tells other tabs that the import is alive; a closed tab lets go of it by itself. */
async function holding<T>(id: string, run: () => Promise<T>): Promise<T> {
  const manager = locks();
  if (manager === undefined) return run();
  return (await manager.request(lockOf(id), run)) as T;
}

async function heldLocks(): Promise<Set<string>> {
  const held = (await locks()?.query())?.held ?? [];
  return new Set(held.flatMap(({ name }) => name ?? []));
}
