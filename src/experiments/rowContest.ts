import type { ScoresOfRuns } from "../evaluation/statistics/comparison.ts";

/** A row of the test set in one of the runs: runs count baseline, candidate, baseline, candidate, … */
export interface RowOfRun {
  readonly run: number;
  readonly row: number;
}

/**
 * Pairs of runs on the same test rows, where a row has several scores and a comparison takes one: it gets the number of the
 * row among all rows of all runs, so that rows which are drawn again or change sides keep their own.
 * @param metric of so many rows, by their places; null where it does not exist
 */
export function rowContest(
  name: string,
  {
    labels,
    patients,
    pairs,
  }: {
    readonly labels: ArrayLike<number>;
    readonly patients: readonly string[];
    readonly pairs: number;
  },
  metric: (count: number, at: (place: number) => RowOfRun) => number | null,
): ScoresOfRuns {
  const count = labels.length;
  const rowsOf = (run: number) => Float64Array.from({ length: count }, (_, row) => run * count + row);
  const runs = Array.from({ length: pairs }, (_, pair) => pair);
  return {
    name,
    truths: Array.from(labels, (label) => label === 0),
    groups: patients,
    baseline: runs.map((pair) => rowsOf(2 * pair)),
    candidate: runs.map((pair) => rowsOf(2 * pair + 1)),
    metric: (scores) =>
      metric(scores.length, (place) => {
        const row = scores[place] % count;
        return { run: (scores[place] - row) / count, row };
      }),
  };
}
