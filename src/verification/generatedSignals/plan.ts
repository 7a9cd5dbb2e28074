import type { Values } from "../../domain/schema.ts";
import type { OfferedTraining } from "../../generators/generator.ts";
import { shortTrainings } from "../../generators/shortTrainings.ts";
import type { BeatSource } from "../generatedBeats/sources.ts";

/** Hyper-parameters that matter after the training alone: other ones need no other training. */
const ofSampling: readonly string[] = [
  "samplingSteps",
  "lowSteps",
  "highSteps",
  "lowTemperature",
  "highTemperature",
  "guidance",
];

/** The models in the order of the paper that compares them, each in the size that it has in a browser. */
export const provenModels = [
  "diffWave",
  "timeDiffusion",
  "timeVqVae",
] as const satisfies readonly (keyof typeof shortTrainings)[];
export type ProvenModel = (typeof provenModels)[number];

/** One training, of both classes at once. */
export interface SignalCell {
  readonly source: string;
  readonly model: ProvenModel;
  readonly hyperparameters: Values;
  readonly iterations: number;
  readonly sampling: Values;
  readonly seed: number;
}

/** A model trained as the workbench offers it for a short while. */
export function cellOf(
  source: string,
  model: ProvenModel,
  { hyperparameters, iterations }: OfferedTraining,
): SignalCell {
  const chosen = Object.entries<Values[string]>(hyperparameters);
  const part = (isWanted: (name: string) => boolean): Values =>
    Object.fromEntries(chosen.filter(([name]) => isWanted(name)));
  return {
    source,
    model,
    hyperparameters: part((name) => !ofSampling.includes(name)),
    iterations,
    sampling: part((name) => ofSampling.includes(name)),
    seed: 1,
  };
}

export const cellsOf = (source: BeatSource["key"]): SignalCell[] =>
  provenModels.map((model) => cellOf(source, model, shortTrainings[model]));
