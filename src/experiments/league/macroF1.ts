import { decisionScores, decisionsOf } from "../../evaluation/metrics/severalClasses.ts";
import type { ScoresOfRuns } from "../../evaluation/statistics/comparison.ts";
import { rowContest } from "../rowContest.ts";
import type { LeagueScores } from "./specification.ts";

/** Macro F1 of one of the three classifiers of a run. */
export function macroF1(
  scores: LeagueScores,
  trained: keyof Pick<LeagueScores, "real" | "both" | "synthetic">,
): number {
  const { labels } = scores;
  return decisionScores(scores[trained], labels, scores[trained].length / labels.length).f1;
}

interface PairedLogits {
  readonly baseline: Float32Array;
  readonly candidate: Float32Array;
}

/** Pairs of runs as a comparison of macro F1 over the tested beats takes them. */
export function contestOf(
  name: string,
  { labels, patients }: LeagueScores,
  pairs: readonly PairedLogits[],
): ScoresOfRuns {
  const classes = pairs[0].baseline.length / labels.length;
  const decided = pairs.flatMap(({ baseline, candidate }) =>
    [baseline, candidate].map((logits) => decisionsOf(logits, classes)),
  );
  return rowContest(name, { labels, patients, pairs: pairs.length }, (count, at) => {
    const [there, taken, right] = [0, 1, 2].map(() => new Uint32Array(classes));
    for (let place = 0; place < count; place++) {
      const { run, row } = at(place);
      const decision = decided[run][row];
      there[labels[row]]++;
      taken[decision]++;
      if (decision === labels[row]) right[decision]++;
    }
    let sum = 0;
    for (let each = 0; each < classes; each++) {
      if (there[each] + taken[each] > 0) sum += (2 * right[each]) / (there[each] + taken[each]);
    }
    return sum / classes;
  });
}
