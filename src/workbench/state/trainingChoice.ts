import type { GeneratedForm } from "../../domain/generation.ts";
import { hasSameValues, type Values } from "../../domain/schema.ts";
import type { DescribedGenerator, OfferedTraining, OfferedTrainings } from "../../generators/generator.ts";
import type { GenerationDraft } from "./generation.ts";

/** Trainings that are chosen as a whole. */
const wholeTrainings = ["usual", "short", "released"] as const satisfies readonly (keyof OfferedTrainings)[];
export type WholeTraining = (typeof wholeTrainings)[number];
export type TrainingKind = WholeTraining | "own";

type Models = Readonly<Record<string, Pick<DescribedGenerator, "forms" | "trainings">>>;

/** The form that a draft amounts to: the one asked for, or the first that its model makes. */
export const formOf = ({ forms }: Pick<DescribedGenerator, "forms">, asked: GeneratedForm): GeneratedForm =>
  forms.includes(asked) ? asked : forms[0];

/** Which of the offered trainings one is, whatever the order of its values. */
export function kindOf(training: OfferedTraining, offered: OfferedTrainings): TrainingKind {
  const is = (one: OfferedTraining | null | undefined) =>
    one?.iterations === training.iterations && hasSameValues(one.hyperparameters, training.hyperparameters);
  return wholeTrainings.find((kind) => is(offered[kind])) ?? "own";
}

type TrainedDraft = Pick<GenerationDraft, "model" | "overrides" | "iterations">;

/** How the generator of a draft is to be trained. */
export const trainingOf = ({ model, overrides, iterations }: TrainedDraft): OfferedTraining => ({
  hyperparameters: overrides[model] ?? {},
  iterations,
});

/** Which of the offered trainings that of a draft is. */
export const trainingKind = (draft: TrainedDraft, offered: OfferedTrainings): TrainingKind =>
  kindOf(trainingOf(draft), offered);

/**
 * A draft with another generator or form: a training that was chosen as a whole stays so, by the values of the new choice,
 * unless a person has given that generator values of its own before. Where there is no such training the usual one stands
 * in for it, until there is one again.
 */
export function withChoice(
  draft: GenerationDraft,
  change: Partial<Pick<GenerationDraft, "model" | "form">>,
  models: Models,
): GenerationDraft {
  const changed = { ...draft, ...change };
  const offered = ({ model, form }: GenerationDraft) => models[model].trainings[formOf(models[model], form)];
  const given = draft.overrides[changed.model] ?? {};
  const isGiven = !hasSameValues(given, {}) && !isOffered(models[changed.model], given);
  if (trainingKind(draft, offered(draft)) === "own" || isGiven) return changed;
  const { iterations, hyperparameters } = offered(changed)[draft.training] ?? offered(changed).usual;
  return { ...changed, iterations, overrides: { ...draft.overrides, [changed.model]: hyperparameters } };
}

/** Whether values are those of a training that is offered for any form. */
const isOffered = ({ trainings }: Models[string], values: Values): boolean =>
  Object.values(trainings).some((offered) =>
    wholeTrainings.some((kind) => {
      const one = offered[kind] ?? null;
      return one !== null && hasSameValues(one.hyperparameters, values);
    }),
  );
