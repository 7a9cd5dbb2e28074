import { readFile } from "node:fs/promises";
import { isAbsolute, resolve } from "node:path";
import { Failure } from "../domain/failure.ts";

/** One command of `npm run ecg`. */
export interface Command {
  /** One line for the list of commands. */
  readonly summary: string;
  /** What `--help` prints: usage, options, examples. */
  readonly help: string;
  /** Runs with the words after the command's name. @throws UsageError or Failure */
  run(words: readonly string[]): Promise<void>;
}

/** The words do not make a call; the message says what is off. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Exit codes, as scripts may rely on them. */
export const exitCodes = { ok: 0, badInput: 1, wrongUsage: 2, defect: 3 } as const;

/** A path as the person meant it: relative to where they called npm, not to the project. */
export function pathOf(path: string): string {
  return isAbsolute(path) ? path : resolve(process.env.ECG_WORKING_DIRECTORY ?? process.cwd(), path);
}

/** The text of a file. @throws Failure `missing-file` */
export async function textOf(file: string): Promise<string> {
  return readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new Failure(
      "missing-file",
      `It cannot be read (${error.code ?? error.message}).`,
      file,
      "Check the path.",
    );
  });
}

/** A number from a word. @throws UsageError */
export function numberOf(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) throw new UsageError(`--${name} takes a number, not ${text}.`);
  return value;
}

/** One line of a result. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
