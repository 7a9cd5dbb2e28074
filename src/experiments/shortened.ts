import { shortTrainingOf, type shortTrainings } from "../generators/shortTrainings.ts";
import type { ChosenGenerator } from "./syntheticBeats/specification.ts";

/** For averages of weights that reach back over a part of so few iterations. */
const weightAverage = 0.98;

/** The short training of a GAN with even fewer iterations, for a first look. */
export const shortened = (
  generator: Exclude<keyof typeof shortTrainings, "diffWave" | "timeDiffusion" | "timeVqVae">,
  iterations: number,
): ChosenGenerator => ({
  generator,
  hyperparameters: { ...shortTrainingOf(generator)?.hyperparameters, weightAverage },
  iterations,
});
