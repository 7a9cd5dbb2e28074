import { Failure } from "../../domain/failure.ts";
import { decodeHeader, type Header, parseHeader } from "./header.ts";

/** Bytes by file name. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** The file that a signal names. @throws Failure `missing-file` */
export function fileNamed(files: Files, fileName: string, recordName: string): Uint8Array {
  const bytes = files.get(fileName);
  if (bytes === undefined) {
    throw new Failure(
      "missing-file",
      `The record ${recordName} needs the file ${fileName}.`,
      fileName,
      "Add this file beside the header.",
    );
  }
  return bytes;
}

/** The header of a record among its files. @throws Failure `missing-file`, `header-syntax`, `header-value` */
export function headerOf(files: Files, name: string): Header {
  const fileName = `${name}.hea`;
  return parseHeader(decodeHeader(fileNamed(files, fileName, name)), fileName);
}
