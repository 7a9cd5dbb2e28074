import { Failure } from "../domain/failure.ts";
import type { Recording } from "../domain/recording.ts";
import { readCsv } from "./csv.ts";
import { readEdf } from "./edf.ts";
import type { Assumptions } from "./keep.ts";
import { readMatlab } from "./matlab.ts";
import type { Files } from "./wfdb/files.ts";
import { readRecord } from "./wfdb/record.ts";

/** Reads the only file of a record. @throws Failure naming file and place */
type Reader = (bytes: Uint8Array, fileName: string, hash: string, assumed: Assumptions) => Recording;

/** Formats in which one file is a record, by extension. */
const readers: Readonly<Record<string, Reader>> = { edf: readEdf, csv: readCsv, mat: readMatlab };

/**
 * Opens a record whatever its format.
 * @param name  of the record, as its files bear it
 * @param hash  SHA-256 of the files, for the origin
 * @param assumed for files that do not state it themselves
 * @throws Failure naming the file and the place; `no-signals` where there is nothing to show
 */
export function openRecording(
  name: string,
  files: Files,
  hash: string,
  assumed: Assumptions = {},
): Recording {
  const recording = decode(name, files, hash, assumed);
  if (recording.leads.length > 0 && recording.length > 0) return recording;
  throw new Failure(
    "no-signals",
    "The record has no signals to show.",
    [...files.keys()][0] ?? name,
    "Choose the record that holds its signals.",
  );
}

function decode(name: string, files: Files, hash: string, assumed: Assumptions): Recording {
  if (files.has(`${name}.hea`)) return readRecord(name, files, hash);
  for (const [fileName, bytes] of files) {
    const extension = fileName.slice(fileName.lastIndexOf(".") + 1).toLowerCase();
    if (Object.hasOwn(readers, extension)) return readers[extension](bytes, fileName, hash, assumed);
  }
  throw new Failure(
    "unknown-file",
    "None of its files is a record.",
    [...files.keys()].join(", ") || name,
    "Import the record again.",
  );
}
