import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { describe } from "vitest";

/** Folder of real records for tests, or null where this machine has none. */
export function dataDirectory(): string | null {
  const folder = resolve(process.env.ECG_DATA_DIR ?? "../shared/data");
  return existsSync(folder) ? folder : null;
}

/** A group of tests on real records; reported as skipped, with the reason, where the folder is absent. */
export function describeWithData(title: string, body: (folder: string) => void): void {
  const folder = dataDirectory();
  if (folder === null) {
    describe.skip(`${title} (set ECG_DATA_DIR to a folder with mitdb, ptbxl, … from physionet.org)`, () =>
      body(""));
  } else {
    describe(title, () => body(folder));
  }
}
