import { Failure } from "../domain/failure.ts";
import type { LibraryRecord, RecordDescription } from "../domain/libraryRecord.ts";
import type { Recording } from "../domain/recording.ts";
import { type Candidate, candidatesAmong } from "./candidates.ts";
import { describePtbXl, describeRecord, ecgIdOf, type PtbXlTables } from "./describe.ts";
import { hashFiles } from "./hash.ts";
import { createQuota, type ImportChoice, keepAll, keepLeads } from "./keep.ts";
import { openRecording } from "./openRecording.ts";
import { parsePtbXlDatabase, parseScpStatements } from "./ptbXl.ts";
import { fileNameOf, type SourceFile } from "./sourceFile.ts";
import { writeRecord } from "./wfdb/write.ts";

export interface ImportedRecord {
  readonly name: string;
  /** Of the files as they came, and of what was chosen to be kept. */
  readonly hash: string;
  /** The files to keep: those that came, or those of the leads that were chosen. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly recording: Recording;
  readonly description: RecordDescription;
  /** Names the files and the choice, so that an import that goes on need not read them again. */
  readonly source: string;
}

export type ImportOutcome =
  | { readonly kind: "record"; readonly record: ImportedRecord }
  | { readonly kind: "failure"; readonly failure: Failure }
  /** Known from an earlier import of the same files: not read again. */
  | { readonly kind: "known"; readonly record: LibraryRecord }
  /** Not among what was chosen to be kept. */
  | { readonly kind: "unwanted" };

export interface ImportPlan {
  readonly choice: ImportChoice;
  readonly tables: PtbXlTables;
  /** A record that is stored already, by its source; undefined where it is not. */
  known(source: string): LibraryRecord | undefined;
}

/** Keeps everything and knows nothing. */
export const plainPlan: ImportPlan = {
  choice: keepAll,
  tables: { rows: new Map(), statements: [] },
  known: () => undefined,
};

/** What the files of one record may take in memory together, bytes. */
const largestRecord = 1024 ** 3;

/** Finds the records among files and opens each, one at a time; nothing is thrown for a bad record. */
export async function* importRecords(
  files: readonly SourceFile[],
  plan: ImportPlan = plainPlan,
): AsyncGenerator<ImportOutcome> {
  const isWanted = createQuota(plan.choice);
  for await (const candidate of candidatesAmong(files)) {
    if (candidate instanceof Failure) yield { kind: "failure", failure: candidate };
    else yield await openCandidate(candidate, plan, isWanted);
  }
}

async function openCandidate(
  candidate: Candidate,
  plan: ImportPlan,
  isWanted: (labels: readonly string[]) => boolean,
): Promise<ImportOutcome> {
  const { choice, tables } = plan;
  if (isOtherRate(candidate, choice)) return { kind: "unwanted" };
  const source = sourceOf(candidate, choice);
  const known = plan.known(source);
  if (known !== undefined) {
    isWanted(known.labels);
    return { kind: "known", record: known };
  }
  // PTB-XL's tables tell the labels before anything is read.
  const row = tables.rows.get(ecgIdOf(candidate.name) ?? -1);
  try {
    if (row !== undefined) {
      if (!isWanted(describePtbXl(row, tables.statements).labels)) return { kind: "unwanted" };
    }
    const files = await readFiles(candidate);
    const hash = await hashFiles(files);
    const recording = openRecording(candidate.name, files, hash, choice.assumed);
    const description = describeRecord(recording, tables);
    if (row === undefined && !isWanted(description.labels)) return { kind: "unwanted" };
    const kept = keepLeads(recording, choice.leads);
    const record = { name: candidate.name, recording: kept, description, source };
    // What a person stated does not stand in the files: the record is kept in a form that says it.
    const isAsItCame = kept === recording && !(isAssumed(choice) && candidate.format !== "wfdb");
    if (isAsItCame) return { kind: "record", record: { ...record, hash, files } };
    const written = new Map(
      writeRecord({ ...kept, name: wfdbName(kept.name) }).map((file) => [file.name, file.bytes]),
    );
    return {
      kind: "record",
      record: { ...record, name: wfdbName(kept.name), files: written, hash: await hashFiles(written) },
    };
  } catch (error) {
    if (error instanceof Failure) return { kind: "failure", failure: inFolder(error, candidate.folder) };
    throw error;
  }
}

const isAssumed = ({ assumed }: ImportChoice) => Object.keys(assumed).length > 0;

const wfdbName = (name: string) => name.replaceAll(/[^A-Za-z0-9_-]/g, "_");

function isOtherRate({ name }: Candidate, { ptbXlRate }: ImportChoice): boolean {
  if (ptbXlRate === null || ecgIdOf(name) === null) return false;
  return name.endsWith("_lr") !== (ptbXlRate === 100);
}

function sourceOf({ folder, name, format, files }: Candidate, choice: ImportChoice): string {
  const { leads, assumed } = choice;
  const parts = [...files.values()].map(({ size, stamp }) => `${size}@${stamp}`);
  return [
    `${folder}${name}`,
    ...parts,
    ...(leads === null ? [] : [`leads ${leads.join(",").toLowerCase()}`]),
    ...(isAssumed(choice) && format !== "wfdb" ? [JSON.stringify(assumed)] : []),
  ].join("|");
}

async function readFiles({ name, folder, files }: Candidate): Promise<Map<string, Uint8Array>> {
  const size = [...files.values()].reduce((sum, file) => sum + file.size, 0);
  if (size > largestRecord) {
    throw new Failure(
      "record-too-long",
      `Its files have ${size} bytes together; this page can keep ${largestRecord}.`,
      `${folder}${name}`,
      "Cut the record into pieces, with xform for instance.",
    );
  }
  const read = new Map<string, Uint8Array>();
  for (const [asNamed, file] of files) read.set(asNamed, await file.read());
  return read;
}

/** Two folders may hold records of the same name: a failure tells which one is meant. */
function inFolder(failure: Failure, folder: string): Failure {
  if (folder === "" || failure.place.includes(folder)) return failure;
  return new Failure(failure.code, failure.message, `${folder}${failure.place}`, failure.remedy);
}

/**
 * PTB-XL's tables among files; empty ones where they are not there.
 * @throws Failure as `parsePtbXlDatabase` and `parseScpStatements`
 */
export async function tablesAmong(files: readonly SourceFile[]): Promise<PtbXlTables> {
  const text = async (name: string) => {
    const file = files.find(({ path }) => fileNameOf(path).toLowerCase() === name);
    return file === undefined ? null : { path: file.path, text: new TextDecoder().decode(await file.read()) };
  };
  const [database, statements] = [await text("ptbxl_database.csv"), await text("scp_statements.csv")];
  return {
    rows: new Map(
      (database === null ? [] : parsePtbXlDatabase(database.text, database.path)).map((row) => [
        row.ecgId,
        row,
      ]),
    ),
    statements: statements === null ? [] : parseScpStatements(statements.text, statements.path),
  };
}
