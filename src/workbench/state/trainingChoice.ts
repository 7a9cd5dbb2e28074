import type { GeneratedForm } from "../../domain/generation.ts";
import { hasSameValues, type Values } from "../../domain/schema.ts";
import type { DescribedGenerator, OfferedTraining, OfferedTrainings } from "../../generators/generator.ts";
import type { GenerationDraft } from "./generation.ts";

/** Trainings that are chosen as a whole. */
export type WholeTraining = keyof OfferedTrainings;
export type TrainingKind = WholeTraining | "own";

type Models = Readonly<Record<string, Pick<DescribedGenerator, "forms" | "trainings">>>;

/** The form that a draft amounts to: the one asked for, or the first that its model makes. */
export const formOf = ({ forms }: Pick<DescribedGenerator, "forms">, asked: GeneratedForm): GeneratedForm =>
  forms.includes(asked) ? asked : forms[0];

/** Which of the offered trainings one is, whatever the order of its values. */
export function kindOf(training: OfferedTraining, { usual, short }: OfferedTrainings): TrainingKind {
  const is = (offered: OfferedTraining) =>
    offered.iterations === training.iterations &&
    hasSameValues(offered.hyperparameters, training.hyperparameters);
  if (is(usual)) return "usual";
  return short !== null && is(short) ? "short" : "own";
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
 * unless a person has given that generator values of its own before. Where there is no short training the usual one stands
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
  const { usual, short } = offered(changed);
  const { iterations, hyperparameters } = draft.training === "short" && short !== null ? short : usual;
  return { ...changed, iterations, overrides: { ...draft.overrides, [changed.model]: hyperparameters } };
}

/** Whether values are those of a training that is offered for any form. */
const isOffered = ({ trainings }: Models[string], values: Values): boolean =>
  Object.values(trainings).some(({ usual, short }) =>
    [usual, short].some((each) => each !== null && hasSameValues(each.hyperparameters, values)),
  );
