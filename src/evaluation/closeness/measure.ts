import { joined, requireRows, requireSameRowLength, type SignalRows } from "./signalRows.ts";
import { finish, type Work } from "./work.ts";

/** The two sets in one: the synthetic rows first, then the real ones. */
export interface Pool {
  readonly rows: SignalRows;
  /** Number of synthetic rows, so also the position of the first real one. */
  readonly synthetic: number;
  /** Hz */
  readonly samplingFrequency: number;
}

/**
 * Compares two groups of rows, given by their positions in the pool: the synthetic with the real, a half of each, or
 * real ones with other real ones.
 * @returns null where the number does not exist, as a ratio to 0
 */
export type GroupComparison = (first: ArrayLike<number>, second: ArrayLike<number>) => number | null;

/** A number that says how near a synthetic set is to a real one. */
export interface ClosenessMeasure {
  readonly title: string;
  /** `signal` stands for the unit of the rows; empty for a pure number. */
  readonly unit: string;
  readonly better: "lower" | "higher" | "nearOne";
  /** What it looks at: the distributions as wholes, a single trait of all rows, or each synthetic row alone. */
  readonly aspect: "whole" | "trait" | "row";
  /** What stands for the far end: noise with the spectrum of the real rows, or white noise where that is all it sees. */
  readonly farEnd?: "white";
  /** Whether it rises as groups differ more, so that a test by permutation makes sense, and is cheap enough for one. */
  readonly isTested?: true;
  /** What it says, in one sentence. */
  readonly says: string;
  readonly paper: string;
  /** Values beyond these do not exist. */
  readonly range: readonly [least: number, most: number];
  /** Whether rows must be beats with their R peaks at one place: shifts would count as differences. */
  readonly isForAlignedBeats: boolean;
  /** Fewest rows of each group. */
  readonly leastRows: number;
  /** Most rows of each set, of so many samples, that take seconds. */
  mostRows(length: number): number;
  /** What must be known of a value of so many rows of each set, of so many samples or features; null where nothing must. */
  noteOf?(rows: number, length: number): string | null;
  /** Computes once what all comparisons of the pool's rows share; scales and bandwidths do not change from group to group. */
  prepare(pool: Pool): Work<GroupComparison>;
}

/** Rows of a set up to which matrices of all pairs take seconds. */
export const mostPairedRows = 1000;

/** @throws Failure for sets of fewer than two rows, or rows of different lengths; RangeError for numbers not finite */
export function poolOf(synthetic: SignalRows, real: SignalRows, samplingFrequency: number): Pool {
  requireRows(synthetic, "synthetic rows");
  requireRows(real, "real rows");
  requireSameRowLength(synthetic, real, "synthetic and real rows");
  return { rows: joined(synthetic, real), synthetic: synthetic.count, samplingFrequency };
}

/** The positions from `first` up to, without, `end`. */
export function positionsOf(first: number, end: number): Int32Array {
  return Int32Array.from({ length: end - first }, (_, index) => first + index);
}

/** One measure of all rows at once. @throws as `poolOf` */
export function closeness(
  measure: ClosenessMeasure,
  synthetic: SignalRows,
  real: SignalRows,
  samplingFrequency: number,
): number | null {
  const pool = poolOf(synthetic, real, samplingFrequency);
  const compare = finish(measure.prepare(pool));
  return compare(positionsOf(0, pool.synthetic), positionsOf(pool.synthetic, pool.rows.count));
}
