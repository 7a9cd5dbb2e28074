import type { Files } from "./wfdb/files.ts";

/** SHA-256 over names and bytes of files, in order of their names, hexadecimal: the same record has the same hash anywhere. */
export async function hashFiles(files: Files): Promise<string> {
  const digests: string[] = [];
  for (const [name, bytes] of [...files].sort(([one], [other]) => (one < other ? -1 : 1))) {
    digests.push(`${name}:${await sha256(bytes)}`);
  }
  return sha256(new TextEncoder().encode(digests.join("\n")));
}

/** SHA-256 of bytes, hexadecimal. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
