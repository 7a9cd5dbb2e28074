import type { Interval } from "../evaluation/statistics/bootstrap.ts";

/** 1 where two kinds cannot be told apart, 0 where they always are; answers that are all wrong tell as much as right ones. */
export const twoSampleScore = (accuracy: number): number => 1 - 2 * Math.abs(accuracy - 0.5);

/** The scores of all accuracies between two. */
export function scoresBetween(low: number, high: number): Interval {
  const scores = [low, high].map(twoSampleScore);
  return { low: Math.min(...scores), high: low <= 0.5 && high >= 0.5 ? 1 : Math.max(...scores) };
}
