import type { NamedTraining } from "../../domain/distinctTitles.ts";
import type { GeneratedForm } from "../../domain/generation.ts";
import { hasSameValues, type Schema } from "../../domain/schema.ts";
import type { DescribedGenerator, OfferedTraining, OfferedTrainings } from "../../generators/generator.ts";
import type { DraftFields, ProtocolDraft } from "./protocolDrafts.ts";
import { kindOf } from "./trainingChoice.ts";

/** Lists of generators among the fields of protocols, with what names the generator in an entry. */
const nameKeys = { generators: "generator", methods: "method" } as const;
export type ChosenField = keyof typeof nameKeys;

/** What a form offers to be chosen. */
export interface OfferedChoice {
  readonly value: string;
  readonly label: string;
  /** The generator behind it; null for a control, which has nothing to set. */
  readonly model: OfferedModel | null;
}

export interface OfferedModel {
  readonly isTrained: boolean;
  readonly hyperparameters: Schema;
  readonly trainings: OfferedTrainings;
}

/** A generator of the registry for a form, as a list offers it. */
export const offeredModel = (
  { isTrained, hyperparameters, trainings }: DescribedGenerator,
  form: GeneratedForm,
): OfferedModel => ({ isTrained, hyperparameters, trainings: trainings[form] });

/** The list of a draft; empty where its protocol has none. */
export function readChosen(fields: DraftFields, field: ChosenField): readonly NamedTraining[] {
  type Entry = OfferedTraining & Readonly<Record<string, string>>;
  return ((fields[field] ?? []) as readonly Entry[]).map(({ hyperparameters, iterations, ...named }) => ({
    name: named[nameKeys[field]],
    hyperparameters,
    iterations,
  }));
}

/** A list as the specification has it. */
export const writeChosen = (list: readonly NamedTraining[], field: ChosenField): readonly object[] =>
  list.map(({ name, ...training }) => ({ [nameKeys[field]]: name, ...training }));

/**
 * What a generator begins with that is added to a form: for a first look its short training, otherwise what the larger
 * preset gives it, or its usual values.
 * @param full the list of the larger preset
 */
export function beginningOf(
  { value: name, model }: OfferedChoice,
  preset: ProtocolDraft["preset"],
  full: readonly NamedTraining[],
): NamedTraining {
  if (model === null) return { name, hyperparameters: {}, iterations: 0 };
  const { usual, short } = model.trainings;
  const { hyperparameters, iterations } =
    preset === "quick" ? (short ?? usual) : (full.find((each) => each.name === name) ?? usual);
  return { name, hyperparameters, iterations: model.isTrained ? iterations : 0 };
}

/** A list of these names, in the order in which they are offered: those that it had stay as they are, however often. */
export const withNames = (
  list: readonly NamedTraining[],
  names: readonly string[],
  offered: readonly OfferedChoice[],
  begin: (choice: OfferedChoice) => NamedTraining,
): readonly NamedTraining[] =>
  offered
    .filter(({ value }) => names.includes(value))
    .flatMap((choice) => {
      const own = list.filter(({ name }) => name === choice.value);
      return own.length === 0 ? [begin(choice)] : own;
    });

/** A list with one of its trainings changed. */
export const withTraining = (
  list: readonly NamedTraining[],
  at: number,
  changes: Partial<OfferedTraining>,
): readonly NamedTraining[] => list.map((each, index) => (index === at ? { ...each, ...changes } : each));

/** A list with one of its entries again, behind it. */
export const withAgain = (list: readonly NamedTraining[], at: number): readonly NamedTraining[] =>
  list.toSpliced(at + 1, 0, list[at]);

/** Whether an entry is the same as one before it: it would be the same training. */
export const isTwin = (list: readonly NamedTraining[], at: number): boolean =>
  list
    .slice(0, at)
    .some(
      ({ name, hyperparameters, iterations }) =>
        name === list[at].name &&
        iterations === list[at].iterations &&
        hasSameValues(hyperparameters, list[at].hyperparameters),
    );

/** Whether a draft names the same training twice. */
export const hasTwins = (fields: DraftFields): boolean =>
  (Object.keys(nameKeys) as ChosenField[]).some((field) => {
    const list = readChosen(fields, field);
    return list.some((_, at) => isTwin(list, at));
  });

/**
 * A list for another form of signals. Generators that do not make it leave; a training that was chosen as a whole stays so,
 * usual values with iterations of their own become those of the form, and all other values stay.
 */
export function withForm(
  list: readonly NamedTraining[],
  [from, to]: readonly [from: GeneratedForm, to: GeneratedForm],
  models: Readonly<Record<string, DescribedGenerator>>,
  preset: ProtocolDraft["preset"],
): readonly NamedTraining[] {
  return list.flatMap((each): NamedTraining[] => {
    const model = models[each.name];
    if (!model?.forms.includes(to)) return [];
    const [before, after] = [model.trainings[from], model.trainings[to]];
    const kind = kindOf(each, before);
    // Where there was no short training the usual one has stood in for it.
    const isShort = kind === "short" || (kind === "usual" && before.short === null && preset === "quick");
    if (isShort) return [{ ...each, ...(after.short ?? after.usual) }];
    if (kind === "usual") return [{ ...each, ...after.usual }];
    if (kind === "released") return [{ ...each, ...(after.released ?? after.usual) }];
    return hasSameValues(each.hyperparameters, before.usual.hyperparameters)
      ? [{ ...each, hyperparameters: after.usual.hyperparameters }]
      : [each];
  });
}
