import { architectureNamed } from "../../classifiers/architectureNamed.ts";
import { probedNetwork } from "../../classifiers/probedNetwork.ts";
import { resolveValues } from "../../domain/schema.ts";
import { checkOffer } from "../../generators/generator.ts";
import { trainingPlan } from "../../neural/training/schema.ts";
import { createRandom } from "../../signal/random.ts";
import { augmentationValues } from "../augmentationTransfer/runAugmentationCell.ts";
import type { CellStore } from "../cellStore.ts";
import type { CellTraining } from "../protocol.ts";
import { contestantNamed } from "./contestants.ts";
import { plannedTrainings } from "./planTrainings.ts";
import { beatForm, type LeagueCheckpoint, type LeagueEnvironment } from "./run.ts";
import { runLeagueCell } from "./runLeagueCell.ts";
import type { LeagueCell, LeagueResult } from "./specification.ts";

/** Beats in a step of the measurement that chooses a backend. */
const probedBatch = 8;

/** What a cell needs, from a store. */
async function environmentOf(cell: LeagueCell, store: CellStore): Promise<LeagueEnvironment> {
  const { classes, lead, mostSignals, division, source } = cell;
  const wanted = { form: "beats", classes, lead, mostSignals, seed: division.seed, source } as const;
  return {
    classifier: await architectureNamed(cell.classifier.architecture),
    contestant: contestantNamed,
    signals: (stopped) => store.labelledSignals(wanted, stopped),
    shared: (address) => store.shared(address),
    keepShared: (address, arrays) => store.keepShared(address, arrays),
  };
}

/** Trains and measures the cells of a league. */
export const leagueTraining: CellTraining<LeagueCell, LeagueResult> = {
  async check(cell) {
    augmentationValues(cell, await architectureNamed(cell.classifier.architecture));
    const contestant = await contestantNamed(cell.contestant.generator);
    if (contestant.kind === "plain") {
      contestant.check?.(cell.classes);
      return;
    }
    const { model } = contestant;
    const classes = model.isConditional ? cell.classes : cell.classes.slice(0, 1);
    checkOffer(model, { form: "beats", classes });
    resolveValues(model.hyperparameters, cell.contestant.hyperparameters);
  },
  async probe(cell) {
    const classifier = await architectureNamed(cell.classifier.architecture);
    const values = augmentationValues(cell, classifier);
    const batch = Math.min(probedBatch, trainingPlan(values).batchSize);
    const form = { length: beatForm.length, outputs: cell.classes.length };
    const open = () => classifier.build(values, { ...form, random: createRandom(cell.seed) });
    return () => probedNetwork(open(), batch, form.length);
  },
  planned: plannedTrainings,
  async run(cell, store, hooks, checkpoint) {
    return runLeagueCell(
      cell,
      await environmentOf(cell, store),
      hooks,
      checkpoint as LeagueCheckpoint | null,
    );
  },
};
