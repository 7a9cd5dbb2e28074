import type { Values } from "../../domain/schema.ts";
import type { ShortTraining } from "../../generators/generator.ts";
import type { GenerationDraft } from "./generation.ts";

/** Where nobody asks for others. */
export const usualIterations = 2000;
/** The values of the papers and their programs. */
export const usualTraining: ShortTraining = { hyperparameters: {}, iterations: usualIterations };

export type TrainingKind = "usual" | "short" | "own";

/** How the generator of a draft is to be trained. @param short its short training; null where it has none */
export function trainingKind(
  { model, overrides, iterations }: Pick<GenerationDraft, "model" | "overrides" | "iterations">,
  short: ShortTraining | null,
): TrainingKind {
  const is = (training: ShortTraining) =>
    training.iterations === iterations && isSame(training.hyperparameters, overrides[model] ?? {});
  if (is(usualTraining)) return "usual";
  return short !== null && is(short) ? "short" : "own";
}

/**
 * A draft with another generator: a training that was chosen as a whole stays so, by the new one's values, unless a person
 * has given it values of its own before.
 * @param shortOf the short training of a generator; null where it has none
 */
export function withModel(
  draft: GenerationDraft,
  model: string,
  shortOf: (model: string) => ShortTraining | null,
): GenerationDraft {
  const kind = trainingKind(draft, shortOf(draft.model));
  const short = shortOf(model);
  const given = draft.overrides[model] ?? {};
  const isGiven = !isSame(given, {}) && !isSame(given, short?.hyperparameters ?? {});
  if (kind === "own" || isGiven) return { ...draft, model };
  const { iterations, hyperparameters } = kind === "short" && short !== null ? short : usualTraining;
  return { ...draft, model, iterations, overrides: { ...draft.overrides, [model]: hyperparameters } };
}

/** Whether all values are the same, whatever their order. */
function isSame(one: Values, other: Values): boolean {
  const own = Object.entries(one);
  return own.length === Object.keys(other).length && own.every(([name, value]) => other[name] === value);
}
