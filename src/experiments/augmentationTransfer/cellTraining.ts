import { architectureNamed } from "../../classifiers/architectureNamed.ts";
import { resolveValues } from "../../domain/schema.ts";
import { checkOffer } from "../../generators/generator.ts";
import { generatorNamed } from "../../generators/generatorNamed.ts";
import type { CellStore } from "../cellStore.ts";
import type { CellTraining } from "../protocol.ts";
import { classifierProbe, plannedTrainings } from "./planTrainings.ts";
import {
  type AugmentationCheckpoint,
  type AugmentationEnvironment,
  augmentationValues,
  runAugmentationCell,
} from "./runAugmentationCell.ts";
import { usesSynthetic } from "./settings.ts";
import type { AugmentationCell, AugmentationResult } from "./specification.ts";

/** Signals at most in a step of the measurement that chooses a backend. */
const probedBatch = 8;

/** What a cell needs, from a store. */
async function environmentOf(cell: AugmentationCell, store: CellStore): Promise<AugmentationEnvironment> {
  const { form, classes, lead, mostSignals, division } = cell;
  return {
    classifier: await architectureNamed(cell.classifier.architecture),
    generator: generatorNamed,
    signals: (source, stopped) =>
      store.labelledSignals({ form, classes, lead, mostSignals, seed: division.seed, source }, stopped),
    shared: (address) => store.shared(address),
    keepShared: (address, arrays) => store.keepShared(address, arrays),
  };
}

/** Trains the cells of the augmentation and transfer experiments. */
export const augmentationTraining: CellTraining<AugmentationCell, AugmentationResult> = {
  async check(cell) {
    augmentationValues(cell, await architectureNamed(cell.classifier.architecture));
    if (!usesSynthetic(cell.setting)) return;
    for (const { generator, hyperparameters } of cell.generators) {
      const model = await generatorNamed(generator);
      const classes = model.isConditional ? cell.classes : cell.classes.slice(0, 1);
      checkOffer(model, { form: cell.form, classes });
      resolveValues(model.hyperparameters, hyperparameters);
    }
  },
  probe: (cell) => classifierProbe(cell, probedBatch),
  planned: plannedTrainings,
  async run(cell, store, hooks, checkpoint) {
    return runAugmentationCell(
      cell,
      await environmentOf(cell, store),
      hooks,
      checkpoint as AugmentationCheckpoint | null,
    );
  },
};
