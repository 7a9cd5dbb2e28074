import type { BlindTestSpecification, JudgedTrial } from "../domain/blindTest.ts";
import type { ClosenessParts, ClosenessSpecification } from "../domain/closeness.ts";

/** How near a synthetic set is to a real one, as far as it has been measured. */
export interface StoredCloseness {
  /** Hash of its specification. */
  readonly id: string;
  readonly name: string;
  readonly specification: ClosenessSpecification;
  /** ms since 1970 */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly state: "waiting" | "running" | "finished" | "cancelled";
  readonly message: string;
  /** On which the classifiers were trained; null where none was. */
  readonly backend: string | null;
  readonly version: string;
  /** s of measuring, over all its parts. */
  readonly seconds: number;
  readonly parts: ClosenessParts;
}

/** A comparison of before intervals of what classifiers score were kept: what it lacks is measured when it goes on. */
export function withoutOldClassifiers(comparison: StoredCloseness): StoredCloseness {
  const { twoSample, predictive, ...parts } = comparison.parts;
  if (twoSample === undefined && predictive === undefined) return comparison;
  const message = "Classifiers were scored without intervals; go on to score them again.";
  return { ...comparison, parts, state: "cancelled", message };
}

/** A test of a person's eye, with what was judged so far. */
export interface StoredBlindTest {
  readonly id: string;
  readonly specification: BlindTestSpecification;
  /** ms since 1970 */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly version: string;
  /** In the order in which they were shown. */
  readonly judged: readonly JudgedTrial[];
}
