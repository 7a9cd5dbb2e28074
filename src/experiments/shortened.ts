import type { Values } from "../domain/schema.ts";
import { shortTrainings } from "../generators/shortTrainings.ts";
import type { ChosenGenerator } from "./syntheticBeats/specification.ts";

/** Averages of weights that reach back over a part of so few iterations. */
export const briefAverage = { weightAverage: 0.98 } as const;

/** The short training of a generator with even fewer iterations. @param changes to its values */
export const shortened = (
  generator: keyof typeof shortTrainings,
  iterations: number,
  changes: Values,
): ChosenGenerator => ({
  generator,
  hyperparameters: { ...shortTrainings[generator].hyperparameters, ...changes },
  iterations,
});

/** SimVGAN with the values of the GAN that has the same networks: the two then differ by the simulator alone. */
export const shortenedSimVanillaGan = (iterations: number, changes: Values): ChosenGenerator => ({
  ...shortened("vanillaGan", iterations, changes),
  generator: "simVanillaGan",
});
