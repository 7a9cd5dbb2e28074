import { Failure } from "../../domain/failure.ts";
import { requireNumbers } from "../checks.ts";

/** Beats, recordings or features of one length, packed row after row. */
export interface SignalRows {
  /** `[count, length]`, in any unit that both sets of a comparison share. */
  readonly values: Float32Array;
  readonly count: number;
  /** Samples, or features, of a row. */
  readonly length: number;
}

/**
 * @param what names the set in the message
 * @throws Failure for a set of fewer rows than needed; RangeError for numbers that are not finite or do not fit
 */
export function requireRows({ values, count, length }: SignalRows, what: string, least = 2): void {
  if (values.length !== count * length) {
    throw new RangeError(`${what}: ${values.length} values for ${count} rows of ${length}`);
  }
  if (count < least || length < 1) {
    throw new Failure(
      "too-few-rows",
      `There are ${count} rows of ${length} samples; this needs ${least} or more.`,
      what,
      "Choose more beats or recordings.",
    );
  }
  requireNumbers(values, `${what}: value`);
}

/** @throws Failure for sets whose rows differ in length */
export function requireSameRowLength(one: SignalRows, other: SignalRows, what: string): void {
  if (one.length === other.length) return;
  throw new Failure(
    "row-length-differs",
    `Rows of ${one.length} samples cannot be compared with rows of ${other.length}.`,
    what,
    "Cut or resample both sets to one length and sampling frequency.",
  );
}

/** Those rows whose positions are given, in their order. */
export function rowsAt({ values, length }: SignalRows, positions: ArrayLike<number>): SignalRows {
  const chosen = new Float32Array(positions.length * length);
  for (let row = 0; row < positions.length; row++) {
    const start = positions[row] * length;
    chosen.set(values.subarray(start, start + length), row * length);
  }
  return { values: chosen, count: positions.length, length };
}

/** The rows of the one set followed by those of the other. @throws Failure where their lengths differ */
export function joined(one: SignalRows, other: SignalRows): SignalRows {
  requireSameRowLength(one, other, "sets of rows");
  const values = new Float32Array(one.values.length + other.values.length);
  values.set(one.values);
  values.set(other.values, one.values.length);
  return { values, count: one.count + other.count, length: one.length };
}
