import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js";
import type { WrittenFile } from "./wfdb/write.ts";

/** Zip cannot date a file before 1980; a fixed date makes the same files the same archive. */
const date = new Date(1980, 0, 1);

/** Files as one zip archive; the same files give the same bytes. */
export async function zipOf(files: readonly WrittenFile[]): Promise<Uint8Array> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), {
    useWebWorkers: false,
    lastModDate: date,
    extendedTimestamp: false,
  });
  for (const { name, bytes } of files) await writer.add(name, new Uint8ArrayReader(bytes));
  return writer.close();
}
