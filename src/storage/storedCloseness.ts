import type { BlindTestSpecification, JudgedTrial } from "../domain/blindTest.ts";
import type { ClosenessParts, ClosenessSpecification, Measured } from "../domain/closeness.ts";
import { scoresBetween } from "../domain/twoSampleScore.ts";
import type { PredictiveResult, PredictiveScore } from "../experiments/closeness/predictiveScores.ts";
import type { TwoSampleResult } from "../experiments/closeness/twoSampleTest.ts";

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

/** What classifiers scored as it was kept before there were intervals. */
interface OldScores {
  readonly twoSample?: Measured<Omit<TwoSampleResult, "scoreInterval">>;
  readonly predictive?: Measured<
    Record<"realToReal" | "syntheticToReal" | "realToSynthetic", { readonly mean: number }> &
      Pick<PredictiveResult, "ratio" | "classes">
  >;
}

/** A comparison of before, with the interval of the score that follows from the accuracy's, and none of the other scores. */
export function withScoreIntervals(comparison: StoredCloseness): StoredCloseness {
  const { twoSample, predictive } = comparison.parts as OldScores;
  let { parts } = comparison;
  if (twoSample?.value) {
    const scoreInterval = scoresBetween(twoSample.value.low, twoSample.value.high);
    parts = { ...parts, twoSample: { value: { ...twoSample.value, scoreInterval }, reason: null } };
  }
  if (predictive?.value) {
    const { realToReal, syntheticToReal, realToSynthetic, ratio, classes } = predictive.value;
    const bare = ({ mean }: { readonly mean: number }): PredictiveScore => ({
      mean,
      interval: null,
      seeds: [],
    });
    const value: PredictiveResult = {
      realToReal: bare(realToReal),
      syntheticToReal: bare(syntheticToReal),
      realToSynthetic: bare(realToSynthetic),
      ratio,
      ratioInterval: null,
      classes,
    };
    parts = { ...parts, predictive: { value, reason: null } };
  }
  return { ...comparison, parts };
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
