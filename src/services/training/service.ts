import { closenessFunctions } from "./closeness.ts";
import { describingFunctions } from "./describing.ts";
import { distantCellFunctions } from "./distantCells.ts";
import { exchangeFunctions } from "./exchange.ts";
import { experimentFunctions } from "./experiments.ts";
import { generationFunctions } from "./generations.ts";
import { heartFunctions } from "./heart.ts";
import { makingFunctions } from "./making.ts";
import { modelFunctions } from "./models.ts";
import { planningFunctions } from "./planning.ts";
import { runFunctions } from "./runs.ts";
import { samplingFunctions } from "./sampling.ts";
import { watchingFunctions } from "./watching.ts";

/** What the training worker offers. */
export const trainingService = {
  ...describingFunctions,
  ...planningFunctions,
  ...runFunctions,
  ...modelFunctions,
  ...experimentFunctions,
  ...exchangeFunctions,
  ...generationFunctions,
  ...samplingFunctions,
  ...heartFunctions,
  ...watchingFunctions,
  ...makingFunctions,
  ...distantCellFunctions,
  ...closenessFunctions,
};

export type TrainingService = typeof trainingService;
