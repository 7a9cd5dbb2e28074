import { Failure } from "../domain/failure.ts";
import { describePtbXl, ecgIdOf, type PtbXlTables } from "../records/describe.ts";
import { importRecords, tablesAmong } from "../records/importFiles.ts";
import { type ImportChoice, keepAll } from "../records/keep.ts";
import type { SourceFile } from "../records/sourceFile.ts";
import { type ImportSurvey, surveyFiles } from "../records/survey.ts";
import { filesOfZip } from "../records/zip.ts";
import { database } from "../storage/database.ts";
import { type Room, readRoom } from "../storage/room.ts";
import { catalogue, refreshCatalogue } from "./catalogue.ts";
import {
  asData,
  cancelRunning,
  type FailureData,
  type ImportReport,
  refuseSecondImport,
  runJob,
} from "./importJob.ts";

/** What lies before the person who chooses what to keep. */
export interface SurveyAnswer {
  readonly survey: ImportSurvey;
  readonly room: Room | null;
  readonly failures: readonly FailureData[];
}

interface Job {
  readonly title: string;
  readonly files: SourceFile[];
  readonly failures: FailureData[];
  tables: PtbXlTables;
}

/** Files that were handed over and wait to be imported. */
let waiting: Job | null = null;
const noTables: PtbXlTables = { rows: new Map(), statements: [] };

/** Begins to hand over files. @throws Failure `import-running` */
export function beginImport(title: string): void {
  refuseSecondImport(title);
  waiting = { title, files: [], failures: [], tables: noTables };
}

/** Hands over some files; of a zip only its directory is read. */
export async function addFiles(
  files: readonly { readonly path: string; readonly blob: Blob }[],
): Promise<void> {
  const job = waiting;
  if (job === null) throw new TypeError("files without an import");
  for (const { path, blob } of files) {
    const stamp = blob instanceof File ? String(blob.lastModified) : "";
    if (!/\.zip$/i.test(path)) {
      job.files.push({ path, size: blob.size, stamp, read: () => bytesOf(path, blob) });
      continue;
    }
    try {
      // Two archives may hold files of the same name.
      for (const file of await filesOfZip(path, blob, stamp)) {
        job.files.push({ ...file, path: `${path}/${file.path}` });
      }
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      job.failures.push(asData(error));
    }
  }
}

/** Tells what the files promise, before any record is read. */
export async function surveyImport(): Promise<SurveyAnswer> {
  const job = waiting;
  if (job === null) throw new TypeError("a survey without files");
  try {
    job.tables = await tablesAmong(job.files);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    job.failures.push(asData(error));
  }
  return { survey: surveyFiles(job.files, job.tables), room: await readRoom(), failures: job.failures };
}

/** Imports the files that were handed over. */
export async function runImport(choice: ImportChoice): Promise<ImportReport> {
  const job = waiting;
  if (job === null) throw new TypeError("an import without files");
  waiting = null;
  const bySource = new Map([...(await catalogue()).values()].map((record) => [record.source, record]));
  const outcomes = importRecords(job.files, {
    choice,
    tables: job.tables,
    known: (source) => bySource.get(source),
  });
  const total = surveyFiles(job.files, job.tables).records;
  const report = await runJob(job.title, total, outcomes, job.failures);
  return { ...report, relabelled: await relabel(job.tables) };
}

/** Files in one go: begin, hand over, import everything. */
export async function importFiles(
  files: readonly { readonly path: string; readonly blob: Blob }[],
): Promise<ImportReport> {
  beginImport(files[0]?.path ?? "no files");
  await addFiles(files);
  await surveyImport();
  return runImport(keepAll);
}

/** Stops the running import after the record at hand; what is stored stays. */
export function cancelImport(): void {
  waiting = null;
  cancelRunning();
}

/** Gives labels to stored records of PTB-XL that came before their tables. */
async function relabel({ rows, statements }: PtbXlTables): Promise<number> {
  if (rows.size === 0) return 0;
  const bare = [...(await catalogue()).values()].filter(
    ({ dataset, patient, recordName }) =>
      dataset === "ptbXl" && patient === null && rows.has(ecgIdOf(recordName) ?? -1),
  );
  const labelled = bare.flatMap((record) => {
    const row = rows.get(ecgIdOf(record.recordName) ?? -1);
    return row === undefined ? [] : [{ ...record, ...describePtbXl(row, statements) }];
  });
  await database.records.bulkPut(labelled);
  await refreshCatalogue(labelled.map(({ hash }) => hash));
  return labelled.length;
}

/** A file may be gone or changed since it was picked. @throws Failure `unreadable-file` */
async function bytesOf(path: string, blob: Blob): Promise<Uint8Array> {
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    throw new Failure(
      "unreadable-file",
      `The browser could not read it (${error.message}).`,
      path,
      "Check that it is still there and try again.",
    );
  }
}
