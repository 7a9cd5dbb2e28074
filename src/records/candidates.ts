import { Failure } from "../domain/failure.ts";
import { fileNameOf, folderOf, type SourceFile } from "./sourceFile.ts";
import { decodeHeader, type Header, parseHeader } from "./wfdb/header.ts";

/** Files that together seem to be one record; none of its signals has been read. */
export interface Candidate {
  /** Name of the record, as its files bear it. */
  readonly name: string;
  /** Folders with the last `/`. */
  readonly folder: string;
  readonly format: "wfdb" | "edf" | "csv" | "matlab";
  /** By the names under which the record asks for them. */
  readonly files: ReadonlyMap<string, SourceFile>;
}

/** A header is text; what claims to be one and is larger is something else, bytes. */
const largestHeader = 16 * 1024 ** 2;

/** Extensions of formats in which one file is a record. */
const singleFiles: Readonly<Record<string, Candidate["format"]>> = { edf: "edf", csv: "csv", mat: "matlab" };

/** Tables that speak of records and are none. */
const tables = /^(ptbxl_database|scp_statements|ludb|metadata|.*_?statements|.*_?database)\.csv$/i;

/**
 * The records among files, folder by folder; headers are read, signals are not. What belongs to no record is given as
 * a failure at the end, and so is everything where there is no record at all.
 */
export async function* candidatesAmong(given: readonly SourceFile[]): AsyncGenerator<Candidate | Failure> {
  const files = given.filter((file) => !isResourceFork(file.path));
  const used = new Set<SourceFile>();
  for (const [folder, names] of byFolder(files)) yield* candidatesIn(folder, names, used);
  const left = files.filter((file) => !used.has(file) && (used.size === 0 || !isBeside(file.path)));
  if (!left.every((file) => tables.test(fileNameOf(file.path)))) yield* reportLeft(left);
}

type Names = ReadonlyMap<string, SourceFile>;

async function* candidatesIn(
  folder: string,
  names: Names,
  used: Set<SourceFile>,
): AsyncGenerator<Candidate | Failure> {
  const headers = [...names.keys()].filter((name) => /\.hea$/i.test(name)).sort();
  // Segments are told by the headers of whole records, which may stand anywhere in the folder: all headers are read
  // before the first record is given, and of each only the names of its files are kept.
  const segments = new Set<string>();
  const failures = new Map<string, Failure>();
  const needs = new Map<string, readonly string[]>();
  const read = new Map<string, SourceFile>();
  for (const headerName of headers) {
    const file = names.get(headerName);
    if (file === undefined) continue;
    const header = await readHeader(file);
    if (header instanceof Failure) {
      failures.set(headerName, header);
      continue;
    }
    read.set(headerName, header.file);
    const ofSegments = (header.segments ?? []).map((segment) => `${segment.name}.hea`);
    for (const segment of ofSegments) segments.add(segment);
    needs.set(headerName, [...header.signals.map((signal) => signal.fileName), ...ofSegments]);
  }
  const beside = groupByStem(names);
  for (const headerName of headers) {
    const name = headerName.slice(0, -4);
    const own = new Map<string, SourceFile>();
    const take = (needed: string, asNamed = needed) => {
      // Discs of the time wrote names in capitals.
      const file = names.get(needed) ?? names.get(needed.toUpperCase());
      if (file === undefined) return;
      used.add(file);
      own.set(asNamed, read.get(needed) ?? file);
    };
    take(headerName, `${name}.hea`);
    for (const needed of needs.get(headerName) ?? []) {
      take(needed);
      for (const deeper of needs.get(needed) ?? []) take(deeper);
    }
    for (const other of beside.get(name) ?? []) if (other !== headerName) take(other);
    if (segments.has(headerName)) continue;
    yield failures.get(headerName) ?? { name, folder, format: "wfdb", files: own };
  }
  for (const [fileName, file] of names) {
    const dot = fileName.lastIndexOf(".");
    const format = singleFiles[fileName.slice(dot + 1).toLowerCase()];
    if (format === undefined || used.has(file) || tables.test(fileName)) continue;
    used.add(file);
    yield { name: fileName.slice(0, dot), folder, format, files: new Map([[fileName, file]]) };
  }
}

/** File names by what stands before each of their dots: `100.hea`, `100.dat` and `100.atr` are together under 100. */
function groupByStem(names: Names): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const name of names.keys()) {
    for (let dot = name.indexOf(".", 1); dot > 0; dot = name.indexOf(".", dot + 1)) {
      const stem = name.slice(0, dot);
      const group = groups.get(stem);
      if (group === undefined) groups.set(stem, [name]);
      else group.push(name);
    }
  }
  return groups;
}

function byFolder(files: readonly SourceFile[]): Map<string, Map<string, SourceFile>> {
  const folders = new Map<string, Map<string, SourceFile>>();
  for (const file of files) {
    const folder = folderOf(file.path);
    const names = folders.get(folder) ?? new Map<string, SourceFile>();
    names.set(fileNameOf(file.path), file);
    folders.set(folder, names);
  }
  return folders;
}

/** A header, and its file with the bytes at hand: it is read once more with its record. */
interface ReadHeader extends Pick<Header, "signals" | "segments"> {
  readonly file: SourceFile;
}

async function readHeader(file: SourceFile): Promise<ReadHeader | Failure> {
  try {
    if (file.size > largestHeader) {
      throw new Failure(
        "header-syntax",
        `A header is a short text, and this has ${file.size} bytes.`,
        file.path,
        "Check that this is the .hea file of a WFDB record.",
      );
    }
    const bytes = await file.read();
    const { signals, segments } = parseHeader(decodeHeader(bytes), file.path);
    return { signals, segments, file: { ...file, read: async () => bytes } };
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

/** What macOS puts into archives beside the files themselves. */
function isResourceFork(path: string): boolean {
  return /(^|\/)(__MACOSX\/|\._)/.test(path);
}

/** Files that stand beside records everywhere and need no report. */
function isBeside(path: string): boolean {
  const name = fileNameOf(path);
  return (
    name.startsWith(".") ||
    /^(RECORDS|ANNOTATORS|LICENSE.*|README.*|SHA256SUMS.*|index\.html|robots\.txt|manifest\.json|.*\.(csv|txt|md|html|pdf|xws|py|ipynb|zip))$/i.test(
      name,
    )
  );
}

const mostReported = 20;

function* reportLeft(left: readonly SourceFile[]): Generator<Failure> {
  for (const { path } of left.slice(0, mostReported)) {
    yield path.toLowerCase().endsWith(".dat")
      ? new Failure(
          "missing-file",
          "A signal file came without its header.",
          path,
          "Add the .hea file of the record as well.",
        )
      : new Failure(
          "unknown-file",
          "This file belongs to no record.",
          path,
          "Choose the .hea, .dat and .atr files of a record, an EDF, CSV or MATLAB file, their folder, or a zip.",
        );
  }
  if (left.length > mostReported) {
    yield new Failure(
      "unknown-file",
      `${left.length - mostReported} more files belong to no record.`,
      "the files",
      "Choose the folder of a WFDB database.",
    );
  }
}
