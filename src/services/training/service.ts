import { describingFunctions } from "./describing.ts";
import { runFunctions } from "./runs.ts";

/** What the training worker offers. */
export const trainingService = {
  ...describingFunctions,
  ...runFunctions,
};

export type TrainingService = typeof trainingService;
