import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Failure } from "../domain/failure.ts";
import type { Recording } from "../domain/recording.ts";
import { hashFiles } from "../records/hash.ts";
import { headerOf, readRecord } from "../records/wfdb/record.ts";
import { pathOf } from "./command.ts";

/**
 * Reads a WFDB record from the disk: the header, the files that it and its segments name, and its annotations.
 * @param path with or without `.hea`
 * @param annotator extension of the annotation file, if not the usual one
 * @throws Failure naming the file
 */
export async function readRecordAt(path: string, annotator?: string): Promise<Recording> {
  const whole = pathOf(path).replace(/\.hea$/, "");
  const [folder, name] = [dirname(whole), basename(whole)];
  const files = new Map<string, Uint8Array>();
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    throw new Failure(
      "missing-file",
      `The folder cannot be read (${error.code ?? error.message}).`,
      folder,
      "Check the path.",
    );
  });
  const take = async (file: string) => {
    if (names.includes(file) && !files.has(file))
      files.set(file, new Uint8Array(await readFile(join(folder, file))));
  };
  await takeRecord(name, files, take);
  for (const file of names) if (file.startsWith(`${name}.`)) await take(file);
  return readRecord(name, files, await hashFiles(files), annotator);
}

async function takeRecord(
  name: string,
  files: Map<string, Uint8Array>,
  take: (file: string) => Promise<void>,
): Promise<void> {
  await take(`${name}.hea`);
  const header = headerOf(files, name);
  for (const signal of header.signals) await take(signal.fileName);
  for (const segment of header.segments ?? []) {
    if (segment.name !== "~") await takeRecord(segment.name, files, take);
  }
}
