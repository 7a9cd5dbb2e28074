import { Failure } from "../domain/failure.ts";

const code = "synthetic-records";

/** That a record of a folder is synthetic and is left out of what stands for real ones. */
export const syntheticRecord = (name: string): Failure =>
  new Failure(
    code,
    "It is synthetic and cannot stand for a real record.",
    name,
    "Give a folder of recordings of people, or the built-in stand-in by its name.",
  );

/** Counts the records of a folder that are left out, by why. */
export class LeftOut {
  private readonly counts = { unread: 0, synthetic: 0 };

  readonly tell = (failure: Failure): void => {
    this.counts[failure.code === code ? "synthetic" : "unread"]++;
  };

  /** Behind a number of records; empty where none was left out. */
  words(): string {
    const { unread, synthetic } = this.counts;
    return [
      unread > 0 ? `; ${unread} could not be read` : "",
      synthetic > 0 ? `; ${synthetic} left out, synthetic as their headers say` : "",
    ].join("");
  }
}
