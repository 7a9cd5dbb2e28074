import { describingFunctions } from "./describing.ts";
import { distantCellFunctions } from "./distantCells.ts";
import { exchangeFunctions } from "./exchange.ts";
import { experimentFunctions } from "./experiments.ts";
import { modelFunctions } from "./models.ts";
import { runFunctions } from "./runs.ts";

/** What the training worker offers. */
export const trainingService = {
  ...describingFunctions,
  ...runFunctions,
  ...modelFunctions,
  ...experimentFunctions,
  ...exchangeFunctions,
  ...distantCellFunctions,
};

export type TrainingService = typeof trainingService;
