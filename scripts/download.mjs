import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const parallel = 4;
const attempts = 6;
/** ms: the first pause before another attempt, the longest, and how long a server may keep silent. */
const pause = { first: 1000, longest: 60_000 };
const silence = 60_000;

/** What a person can mend: no connection, a full disk, a file that is not what was published. */
export class DownloadError extends Error {}

/** Something that another attempt may mend. */
class Interruption extends Error {
  constructor(message, retryAfter = 0) {
    super(message);
    this.retryAfter = retryAfter;
  }
}

/** SHA-256 of a file, hexadecimal; null where there is none. */
export async function hashOf(path) {
  const hash = createHash("sha256");
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk);
  } catch (error) {
    if (error.code === "ENOENT") return null;
    throw error;
  }
  return hash.digest("hex");
}

/**
 * Downloads files, several at a time, and verifies each. What arrived of an interrupted one is kept beside it as
 * `.part` and continued the next time.
 * @param files `{ url, path, hash }` each; without a hash a file is taken as it comes
 * @param report called with `{ file, received, bytes, size }` as bytes arrive and `{ file, state }` when a file is done:
 *   `present` or `downloaded`
 * @throws DownloadError after the other files have ended
 */
export async function downloadAll(files, report) {
  const waiting = [...files];
  let failed = null;
  const work = async () => {
    for (let file = waiting.shift(); file !== undefined && failed === null; file = waiting.shift()) {
      try {
        report({ file, state: await download(file, report) });
      } catch (error) {
        failed ??= error;
      }
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  if (failed !== null) throw failed;
}

async function download(file, report) {
  if (file.hash !== undefined && (await hashOf(file.path)) === file.hash) return "present";
  await mkdir(dirname(file.path), { recursive: true });
  const part = `${file.path}.part`;
  let wrong = 0;
  for (let attempt = 1; ; attempt++) {
    const before = await sizeOf(part);
    try {
      await fetchInto(file, part, report);
      if (file.hash === undefined || (await hashOf(part)) === file.hash) {
        await rename(part, file.path);
        return "downloaded";
      }
      // Perhaps the part was of something else: from the start, once more.
      await rm(part, { force: true });
      wrong++;
      if (wrong === 2) {
        throw new DownloadError(
          `${file.url}: what comes has another checksum than the published one. Try again later; if it persists, a proxy may be changing files.`,
        );
      }
    } catch (error) {
      if (!(error instanceof Interruption)) throw readable(error);
      if ((await sizeOf(part)) > before) attempt = 1;
      if (attempt >= attempts) throw new DownloadError(`${file.url}: ${error.message}. Try again later.`);
      await wait(Math.min(pause.longest, Math.max(error.retryAfter, pause.first * 2 ** (attempt - 1))));
    }
  }
}

/** Fetches a file from where its part ends. */
async function fetchInto(file, part, report) {
  const stop = new AbortController();
  const watch = setTimeout(() => stop.abort(), silence);
  try {
    const from = await sizeOf(part);
    const response = await request(file.url, from, stop.signal);
    if (response.status === 416) {
      // The part is as long as the file, or longer: its checksum tells.
      await response.body?.cancel();
      if (from === sizeStated(response)) return;
      await rm(part, { force: true });
      throw new Interruption("the server could not continue the file");
    }
    await expectContent(response);
    const start = response.status === 206 ? from : 0;
    const length = Number(response.headers.get("content-length") ?? Number.NaN);
    const out = await open(part, start > 0 ? "a" : "w");
    let bytes = start;
    try {
      for await (const chunk of response.body) {
        watch.refresh();
        await out.write(chunk);
        bytes += chunk.length;
        report({ file, received: chunk.length, bytes, size: start + length });
      }
    } catch (error) {
      throw isOfDisk(error) ? error : new Interruption(causeOf(error));
    } finally {
      await out.close();
    }
    if (bytes < start + length) throw new Interruption("the connection ended too early");
  } finally {
    clearTimeout(watch);
  }
}

async function request(url, from, signal) {
  // Packed on the way, the bytes could not be counted.
  const headers = { "accept-encoding": "identity", ...(from > 0 ? { range: `bytes=${from}-` } : {}) };
  try {
    return await fetch(url, { headers, signal });
  } catch (error) {
    const { code } = error.cause ?? {};
    if (["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ENETUNREACH", "EHOSTUNREACH"].includes(code)) {
      throw new DownloadError(
        `${new URL(url).host} cannot be reached (${code}). Check the connection, then run the same command again: what has arrived is kept.`,
      );
    }
    throw new Interruption(causeOf(error));
  }
}

async function expectContent(response) {
  if (response.status === 200 || response.status === 206) return;
  await response.body?.cancel();
  const message = `the server answers ${response.status} ${response.statusText}`.trimEnd();
  if (response.status === 408 || response.status === 429 || response.status >= 500) {
    throw new Interruption(message, 1000 * Number(response.headers.get("retry-after") ?? 0) || 0);
  }
  throw new DownloadError(`${response.url}: ${message}.`);
}

// From `Content-Range: bytes */1234`.
function sizeStated(response) {
  return Number(/\/(\d+)$/.exec(response.headers.get("content-range") ?? "")?.[1] ?? Number.NaN);
}

async function sizeOf(path) {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (error.code === "ENOENT") return 0;
    throw error;
  }
}

const causeOf = (error) =>
  error.name === "AbortError"
    ? "the server has fallen silent"
    : (error.cause?.message ?? error.message).replace(/\.$/, "");

const isOfDisk = (error) => ["ENOSPC", "EACCES", "EPERM", "EROFS", "EDQUOT", "EIO"].includes(error.code);

function readable(error) {
  return isOfDisk(error) ? new DownloadError(`The files cannot be written: ${error.message}.`) : error;
}

/**
 * The published checksums of a folder, `{ hash, path }` each; its `SHA256SUMS.txt` is downloaded where it is missing.
 * @throws DownloadError where what came is no such list
 */
export async function fetchChecksums(baseUrl, folder) {
  const path = join(folder, "SHA256SUMS.txt");
  if ((await sizeOf(path)) === 0) await downloadAll([{ url: `${baseUrl}/SHA256SUMS.txt`, path }], () => {});
  const lines = (await readFile(path, "utf8")).split(/\r?\n/).filter((line) => line.trim() !== "");
  const checksums = lines.map((line) => /^(?<hash>[0-9a-f]{64})\s+\*?(?<path>\S.*)$/.exec(line)?.groups);
  if (checksums.length > 0 && !checksums.includes(undefined)) return checksums;
  await rm(path);
  throw new DownloadError(
    `${baseUrl}/SHA256SUMS.txt: what came is no list of checksums. Try again later; a network's sign-in page may have stood in its place.`,
  );
}
