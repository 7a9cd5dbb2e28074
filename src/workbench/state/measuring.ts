import { beatTargets } from "../../domain/beatTargets.ts";
import type { NamedTraining } from "../../domain/distinctTitles.ts";
import { filterOf, type GenerationSpecification } from "../../domain/generation.ts";
import type { ProtocolPresets } from "../../experiments/protocol.ts";
import type { GeneratorDescription } from "../../generators/generator.ts";
import type { StoredGeneration } from "../../storage/database.ts";
import { type ChosenField, readChosen, writeChosen } from "./chosenTrainings.ts";
import { experimentActions } from "./experiment.ts";
import {
  type DraftFields,
  type ProtocolDraft,
  protocolDraftActions,
  protocolDrafts,
} from "./protocolDrafts.ts";
import { actions } from "./store.ts";

type Presets = Readonly<Record<string, ProtocolPresets | null>>;
type Measured = Pick<StoredGeneration, "name" | "specification">;

/** The experiment that measures a generator, and what its form is filled in with. */
export interface MeasuredDraft {
  readonly kind: string;
  readonly draft: Partial<ProtocolDraft>;
}

/**
 * The form of the experiment that tells what a generator's signals are worth: SimGAN's for beats, PGAN's for beats of a
 * patient, augmentation for ten seconds. The generator has exactly its values and iterations, beside the controls of a first
 * look.
 */
export function measuredDraft(
  { name, specification }: Measured,
  { isPersonal, isTrained }: Pick<GeneratorDescription, "isPersonal" | "isTrained">,
  presets: Presets,
): MeasuredDraft {
  const { form, model, hyperparameters, iterations, source } = specification;
  const training = { hyperparameters, iterations: isTrained ? iterations : 0 };
  const kind =
    form === "recordings"
      ? "Augmentation and transfer experiment"
      : isPersonal
        ? "PGAN experiment"
        : "SimGAN experiment";
  const own = presets[kind];
  if (own == null) throw new TypeError(`the page knows no form of ${kind}`);
  const quick = own.quick as DraftFields;
  const fields =
    form === "recordings"
      ? withRecordings(quick, specification, { name: model, ...training })
      : withBeats(quick, specification, { name: nameIn(own, model), ...training }, own);
  return {
    kind,
    draft: {
      name,
      preset: "quick",
      fields,
      // Virtual patients of ten seconds are made for generators alone; experiments have those of the library.
      source: source.kind === "records" ? "given" : form === "beats" ? "virtual" : "library",
      second: null,
      given: source.kind === "records" ? { name: source.name, members: source.members } : null,
      origin: `With the settings of ${name}. The generator is trained anew, and sees no signal that is tested.`,
    },
  };
}

/** What a protocol calls a generator of the registry. */
const nameIn = ({ models = {} }: ProtocolPresets, model: string): string =>
  Object.entries(models).find(([, generator]) => generator === model)?.[0] ?? model;

function withBeats(
  quick: DraftFields,
  specification: GenerationSpecification,
  training: NamedTraining,
  { titles, models = {} }: ProtocolPresets,
): DraftFields {
  const { classes, patientSearch = {} } = specification;
  const field: ChosenField = quick["methods"] === undefined ? "generators" : "methods";
  const isControl = ({ name }: NamedTraining) => Object.hasOwn(titles, name) && !Object.hasOwn(models, name);
  const controls = readChosen(quick, field).filter(isControl);
  const targets = beatTargets.filter((target) => classes.includes(target));
  const adaptation = Object.fromEntries(
    ["minutes", "confidentBeats"].flatMap((key) => (key in patientSearch ? [[key, patientSearch[key]]] : [])),
  );
  return {
    ...quick,
    [field]: writeChosen([...controls, training], field),
    ...(targets.length > 0 ? { targets } : {}),
    filter: filterOf(specification),
    ...(quick["adaptation"] === undefined
      ? {}
      : { adaptation: { ...(quick["adaptation"] as object), ...adaptation } }),
  };
}

const withRecordings = (
  quick: DraftFields,
  { classes, mostSignals }: GenerationSpecification,
  training: NamedTraining,
): DraftFields => ({
  ...quick,
  form: "recordings",
  lead: "II",
  // There is nothing to tell a single class from but normal recordings.
  classes: classes.length > 1 || classes.includes("NORM") ? classes : ["NORM", ...classes],
  mostSignals,
  generators: writeChosen([training], "generators"),
});

/** Opens the form of the experiment that measures a generator. */
export async function measure(found: Measured, model: GeneratorDescription): Promise<void> {
  await protocolDraftActions.learn();
  const { kind, draft } = measuredDraft(found, model, protocolDrafts.getState().presets ?? {});
  protocolDraftActions.draft(kind, draft);
  experimentActions.choose(kind);
  experimentActions.show(null);
  actions.go("experiment");
}
