import { closenessFunctions } from "./closeness.ts";
import { describingFunctions } from "./describing.ts";
import { distantCellFunctions } from "./distantCells.ts";
import { exchangeFunctions } from "./exchange.ts";
import { experimentFunctions } from "./experiments.ts";
import { generationFunctions } from "./generations.ts";
import { modelFunctions } from "./models.ts";
import { runFunctions } from "./runs.ts";
import { samplingFunctions } from "./sampling.ts";

/** What the training worker offers. */
export const trainingService = {
  ...describingFunctions,
  ...runFunctions,
  ...modelFunctions,
  ...experimentFunctions,
  ...exchangeFunctions,
  ...generationFunctions,
  ...samplingFunctions,
  ...distantCellFunctions,
  ...closenessFunctions,
};

export type TrainingService = typeof trainingService;
