import { BlobReader, Uint8ArrayWriter, ZipReader } from "@zip.js/zip.js";
import { Failure } from "../domain/failure.ts";
import type { SourceFile } from "./sourceFile.ts";

/** An entry that claims to grow beyond this is not a WFDB file, bytes. */
const largestEntry = 1024 ** 3;

/**
 * The files of a zip, each read only when asked for: of the archive itself only its directory is read.
 * @param stamp what changes when the archive does
 * @throws Failure `zip` naming the archive or the entry
 */
export async function filesOfZip(path: string, blob: Blob, stamp = ""): Promise<SourceFile[]> {
  const reader = new ZipReader(new BlobReader(blob), { useWebWorkers: false });
  const entries = await reader.getEntries().catch((error: unknown) => {
    throw damaged(path, error);
  });
  return entries.flatMap((entry) => {
    if (entry.directory === true || entry.getData === undefined) return [];
    const place = `${path}/${entry.filename}`;
    return [
      {
        path: entry.filename,
        size: entry.uncompressedSize,
        stamp: `${stamp}/${entry.signature}`,
        async read() {
          if (entry.uncompressedSize > largestEntry)
            throw damaged(place, "the entry claims to be larger than 1 GiB");
          try {
            return await entry.getData(new Uint8ArrayWriter(), { checkSignature: true });
          } catch (error) {
            throw damaged(place, error);
          }
        },
      },
    ];
  });
}

function damaged(place: string, error: unknown): Failure {
  const reason = error instanceof Error ? error.message : String(error);
  return new Failure(
    "zip",
    `The archive cannot be read (${reason}).`,
    place,
    "Make or download the zip again.",
  );
}
