import { Failure } from "../domain/failure.ts";
import type { Recording } from "../domain/recording.ts";
import { hashFiles } from "./hash.ts";
import { decodeHeader, type Header, parseHeader } from "./wfdb/header.ts";
import { readRecord } from "./wfdb/record.ts";

/** A file that can be read when it is needed. */
export interface SourceFile {
  /** With its folders, `/` between them. */
  readonly path: string;
  /** bytes */
  readonly size: number;
  read(): Promise<Uint8Array>;
}

export interface ImportedRecord {
  readonly name: string;
  readonly hash: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly recording: Recording;
}

export type ImportOutcome =
  | { readonly kind: "record"; readonly record: ImportedRecord }
  | { readonly kind: "failure"; readonly failure: Failure };

/** A header is text; what claims to be one and is larger is something else, bytes. */
const largestHeader = 16 * 1024 ** 2;
/** What the files of one record may take in memory together, bytes. */
const largestRecord = 1024 ** 3;

/**
 * Finds the WFDB records among files and opens each, one at a time. What belongs to no record is reported as well, and
 * so is everything where there is no record at all; nothing is thrown for a bad record.
 */
export async function* importRecords(given: readonly SourceFile[]): AsyncGenerator<ImportOutcome> {
  const files = given.filter((file) => !isResourceFork(file.path));
  const folders = byFolder(files);
  const used = new Set<SourceFile>();
  for (const [folder, names] of folders) {
    const headers = [...names.keys()].filter((name) => name.endsWith(".hea")).sort();
    const parsed = new Map<string, Header | Failure>();
    for (const name of headers) {
      const file = names.get(name);
      if (file === undefined) continue;
      used.add(file);
      parsed.set(name, await readHeader(file));
    }
    const segments = new Set(
      [...parsed.values()].flatMap((header) =>
        header instanceof Failure ? [] : (header.segments ?? []).map(({ name }) => `${name}.hea`),
      ),
    );
    for (const [headerName, header] of parsed) {
      const own = ownFiles(headerName, header, parsed, names);
      for (const file of own) used.add(file);
      if (segments.has(headerName)) continue;
      yield header instanceof Failure
        ? { kind: "failure", failure: header }
        : await openRecord(headerName.slice(0, -4), folder, own);
    }
  }
  const left = files.filter((file) => !used.has(file) && (used.size === 0 || !isBeside(file.path)));
  for (const failure of reportLeft(left)) yield { kind: "failure", failure };
}

function byFolder(files: readonly SourceFile[]): Map<string, Map<string, SourceFile>> {
  const folders = new Map<string, Map<string, SourceFile>>();
  for (const file of files) {
    const slash = file.path.lastIndexOf("/");
    const folder = file.path.slice(0, slash + 1);
    const names = folders.get(folder) ?? new Map<string, SourceFile>();
    names.set(file.path.slice(slash + 1), file);
    folders.set(folder, names);
  }
  return folders;
}

async function readHeader(file: SourceFile): Promise<Header | Failure> {
  try {
    if (file.size > largestHeader) {
      throw new Failure(
        "header-syntax",
        `A header is a short text, and this has ${file.size} bytes.`,
        file.path,
        "Check that this is the .hea file of a WFDB record.",
      );
    }
    return parseHeader(decodeHeader(await file.read()), file.path);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

/** The header, the signal files that it names, its segments' files, and everything else that bears its name. */
function ownFiles(
  headerName: string,
  header: Header | Failure,
  parsed: ReadonlyMap<string, Header | Failure>,
  names: ReadonlyMap<string, SourceFile>,
): Set<SourceFile> {
  const own = new Set<SourceFile>();
  const add = (name: string) => {
    const file = names.get(name);
    if (file !== undefined) own.add(file);
  };
  add(headerName);
  const stem = headerName.slice(0, -3);
  for (const name of names.keys()) if (name.startsWith(stem)) add(name);
  if (header instanceof Failure) return own;
  for (const signal of header.signals) add(signal.fileName);
  for (const segment of header.segments ?? []) {
    const segmentHeader = parsed.get(`${segment.name}.hea`);
    add(`${segment.name}.hea`);
    if (segmentHeader === undefined || segmentHeader instanceof Failure) continue;
    for (const signal of segmentHeader.signals) add(signal.fileName);
  }
  return own;
}

async function openRecord(
  name: string,
  folder: string,
  own: ReadonlySet<SourceFile>,
): Promise<ImportOutcome> {
  try {
    const files = new Map<string, Uint8Array>();
    const size = [...own].reduce((sum, file) => sum + file.size, 0);
    if (size > largestRecord) {
      throw new Failure(
        "record-too-long",
        `Its files have ${size} bytes together; this page can keep ${largestRecord}.`,
        `${folder}${name}.hea`,
        "Cut the record into pieces, with xform for instance.",
      );
    }
    for (const file of own) files.set(file.path.slice(folder.length), await file.read());
    const hash = await hashFiles(files);
    const recording = readRecord(name, files, hash);
    if (recording.leads.length === 0 || recording.length === 0) {
      throw new Failure(
        "no-signals",
        "The record has no signals to show.",
        `${folder}${name}.hea`,
        "Choose the record that holds its signals.",
      );
    }
    return { kind: "record", record: { name, hash, files, recording } };
  } catch (error) {
    if (error instanceof Failure) return { kind: "failure", failure: error };
    throw error;
  }
}

/** What macOS puts into archives beside the files themselves. */
function isResourceFork(path: string): boolean {
  return /(^|\/)(__MACOSX\/|\._)/.test(path);
}

/** Files that stand beside records everywhere and need no report. */
function isBeside(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return (
    name.startsWith(".") ||
    /^(RECORDS|ANNOTATORS|LICENSE.*|README.*|SHA256SUMS.*|index\.html|robots\.txt|manifest\.json|.*\.(csv|txt|md|html|pdf|xws))$/i.test(
      name,
    )
  );
}

const mostReported = 20;

function reportLeft(left: readonly SourceFile[]): Failure[] {
  const named = left
    .slice(0, mostReported)
    .map((file) =>
      file.path.endsWith(".dat")
        ? new Failure(
            "missing-file",
            "A signal file came without its header.",
            file.path,
            "Add the .hea file of the record as well.",
          )
        : new Failure(
            "unknown-file",
            "This file belongs to no WFDB record.",
            file.path,
            "Choose the .hea, .dat and .atr files of a record, their folder, or a zip of it.",
          ),
    );
  if (left.length <= mostReported) return named;
  return [
    ...named,
    new Failure(
      "unknown-file",
      `${left.length - mostReported} more files belong to no record.`,
      "the files",
      "Choose the folder of a WFDB database.",
    ),
  ];
}
