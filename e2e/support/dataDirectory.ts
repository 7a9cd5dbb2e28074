import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

/** Path of a real file for tests, or null where this machine has none. */
export function dataFile(...path: string[]): string | null {
  const file = join(resolve(process.env.ECG_DATA_DIR ?? "../shared/data"), ...path);
  return existsSync(file) ? file : null;
}

/** Why a test on real data was skipped, and the remedy. */
export const withoutData =
  "no real records here: set ECG_DATA_DIR to a folder with mitdb/ from physionet.org";
