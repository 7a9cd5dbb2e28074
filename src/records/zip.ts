import { type FileEntry, Uint8ArrayWriter, ZipReader } from "@zip.js/zip.js";
import { inflateSync } from "fflate";
import { crc32 } from "../domain/crc32.ts";
import { Failure } from "../domain/failure.ts";
import { BlockReader } from "./blockReader.ts";
import type { SourceFile } from "./sourceFile.ts";

/** An entry that claims to grow beyond this is not a WFDB file, bytes. */
const largestEntry = 1024 ** 3;

/**
 * The files of a zip, each read only when asked for: of the archive itself only its directory is read.
 * @param stamp what changes when the archive does
 * @throws Failure `zip` naming the archive or the entry
 */
export async function filesOfZip(path: string, blob: Blob, stamp = ""): Promise<SourceFile[]> {
  const bytes = new BlockReader(blob);
  const reader = new ZipReader(bytes, { useWebWorkers: false });
  const files: SourceFile[] = [];
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      if (entry.directory !== true) files.push(fileOf(entry, bytes, path, stamp));
    }
  } catch (error) {
    throw damaged(path, error);
  }
  return files;
}

/** Of an entry only what is needed to read it is kept: an archive may have a hundred thousand. */
function fileOf(entry: FileEntry, archive: BlockReader, path: string, stamp: string): SourceFile {
  const { filename, uncompressedSize: size, signature } = entry;
  const place = `${path}/${filename}`;
  const read = isPlain(entry) ? plainReader(archive, placeOf(entry), place) : () => readAny(entry, place);
  return { path: filename, size, stamp: `${stamp}/${signature}`, read };
}

/** Made in a function of its own: beside one that reads any entry it would keep the whole entry alive. */
function plainReader(archive: BlockReader, where: EntryPlace, place: string): SourceFile["read"] {
  return () => readPlain(archive, where, place);
}

/** Where an entry lies in its archive, and how. */
interface EntryPlace {
  /** Of its local header. */
  readonly offset: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly deflated: boolean;
  readonly signature: number;
}

const [stored, deflated] = [0, 8] as const;

function isPlain({ encrypted, compressionMethod }: FileEntry): boolean {
  return !encrypted && (compressionMethod === stored || compressionMethod === deflated);
}

const placeOf = (entry: FileEntry): EntryPlace => ({
  offset: entry.offset,
  compressedSize: entry.compressedSize,
  size: entry.uncompressedSize,
  deflated: entry.compressionMethod === deflated,
  signature: (entry.signature ?? 0) >>> 0,
});

/** Length of a local header without its name and extra field, and where it states their lengths (APPNOTE 4.3.7). */
const localHeader = { length: 30, nameLength: 26, extraLength: 28 } as const;

/**
 * Reads an entry that is stored or deflated. The general way goes through streams, and of tens of thousands of small
 * files these would take most of the time.
 */
async function readPlain(
  archive: BlockReader,
  { offset, compressedSize, size, deflated: isDeflated, signature }: EntryPlace,
  place: string,
): Promise<Uint8Array> {
  refuseGiant(size, place);
  try {
    const header = await archive.readUint8Array(offset, localHeader.length);
    if (header.length < localHeader.length) throw new RangeError("it ends before its entries");
    const view = new DataView(header.buffer, header.byteOffset);
    const lengthAt = (at: number) => view.getUint16(at, true);
    const start =
      offset + localHeader.length + lengthAt(localHeader.nameLength) + lengthAt(localHeader.extraLength);
    const packed = await archive.readUint8Array(start, compressedSize);
    const bytes = isDeflated ? inflateSync(packed, { out: new Uint8Array(size) }) : packed;
    if (bytes.length !== size || crc32(bytes) !== signature)
      throw new RangeError("its checksum does not hold");
    return bytes;
  } catch (error) {
    throw damaged(place, error);
  }
}

async function readAny(entry: FileEntry, place: string): Promise<Uint8Array> {
  refuseGiant(entry.uncompressedSize, place);
  try {
    return await entry.getData(new Uint8ArrayWriter(), { checkSignature: true });
  } catch (error) {
    throw damaged(place, error);
  }
}

function refuseGiant(size: number, place: string): void {
  if (size > largestEntry) throw damaged(place, "the entry claims to be larger than 1 GiB");
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
