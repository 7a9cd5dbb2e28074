import type { ChosenGenerator } from "../syntheticBeats/specification.ts";
import { referenceNames } from "./contestants.ts";
import type { LeagueCell, LeagueExperiment } from "./specification.ts";

/** All that take part, row by row of the table: the references, then the generators. */
export function contestantsOf({ generators }: Pick<LeagueExperiment, "generators">): ChosenGenerator[] {
  const own = referenceNames.map((generator) => ({ generator, hyperparameters: {}, iterations: 0 }));
  return [...own, ...generators];
}

/** The cells of a league: a whole run of all contestants before the next run begins. */
export function leagueCellsOf(experiment: LeagueExperiment): LeagueCell[] {
  const { source, classes, lead, mostSignals, division, classifier, beatsPerClass } = experiment;
  const common = { source, classes, lead, mostSignals, division, classifier, beatsPerClass };
  return experiment.seeds.flatMap((seed) =>
    contestantsOf(experiment).map(
      (contestant): LeagueCell => ({ kind: "League of generators", ...common, contestant, seed }),
    ),
  );
}
