import { createStore } from "zustand/vanilla";
import type { ProtocolSpecification } from "../../domain/experiment.ts";
import type { Values } from "../../domain/schema.ts";
import type { ProtocolPresets } from "../../experiments/protocol.ts";
import type { BeatChoice, ExperimentPlan } from "../../services/training/planning.ts";
import { workers } from "../workers.ts";
import { experimentActions } from "./experiment.ts";
import { training } from "./training.ts";

/** A specification that is being set up: as a preset, with what was changed. */
export type DraftFields = Readonly<Record<string, unknown>>;

export interface ProtocolDraft {
  readonly name: string;
  readonly preset: "quick" | "full";
  readonly fields: DraftFields;
  /** `virtual`, `mitBih`, `library`, or a cohort's id. */
  readonly source: string;
  /** Virtual patients, where they are the source. */
  readonly patients: number;
}

export interface ProtocolDrafts {
  /** By kind; null until they are known. */
  readonly presets: Readonly<Record<string, ProtocolPresets | null>> | null;
  readonly drafts: Readonly<Record<string, ProtocolDraft>>;
  /** Set up, but its records are still being made. */
  readonly isPreparing: boolean;
}

export const protocolDrafts = createStore<ProtocolDrafts>(() => ({
  presets: null,
  drafts: {},
  isPreparing: false,
}));

/** Enough patients for every class of beats on every side. */
const usualPatients = 10;

const choiceOf = ({ source, patients }: ProtocolDraft): BeatChoice =>
  source === "virtual"
    ? { of: "virtual", patients }
    : source === "mitBih" || source === "library"
      ? { of: source }
      : { of: "cohort", id: source };

/** Makes a specification of a draft: each protocol names its data in its own way. */
export type Completion = (fields: DraftFields, choice: BeatChoice) => Promise<DraftFields>;

async function specificationOf(kind: string, complete: Completion): Promise<ProtocolSpecification> {
  const draft = protocolDrafts.getState().drafts[kind];
  const choice = choiceOf(draft);
  if (choice.of === "virtual") await makePatients(choice.patients);
  const fields = await complete(draft.fields, choice);
  return { ...fields, kind, name: draft.name } as ProtocolSpecification;
}

async function makePatients(patients: number): Promise<void> {
  if ((await workers.training.storedVirtualPatients(patients)) >= patients) return;
  await workers.records.makeVirtualPatients(patients);
}

const change = (kind: string, changes: Partial<ProtocolDraft>) =>
  protocolDrafts.setState(({ drafts }) => ({
    drafts: { ...drafts, [kind]: { ...drafts[kind], ...changes } },
  }));

async function preparing<T>(work: () => Promise<T>): Promise<T> {
  protocolDrafts.setState({ isPreparing: true });
  try {
    return await work();
  } finally {
    protocolDrafts.setState({ isPreparing: false });
  }
}

export const protocolDraftActions = {
  /** Asks for the presets, and begins every draft as a first look. */
  async learn(): Promise<void> {
    if (protocolDrafts.getState().presets !== null) return;
    const presets = await workers.training.describeProtocols();
    const drafts = Object.entries(presets).flatMap(([kind, own]) =>
      own === null
        ? []
        : [
            [
              kind,
              {
                name: kind.replace(/ experiment$/, ""),
                preset: "quick",
                fields: own.quick as DraftFields,
                source: "virtual",
                patients: usualPatients,
              } satisfies ProtocolDraft,
            ] as const,
          ],
    );
    protocolDrafts.setState({ presets, drafts: Object.fromEntries(drafts) });
  },
  /** Begins anew from a preset; name and source stay. */
  beginFrom(kind: string, preset: ProtocolDraft["preset"]): void {
    const own = protocolDrafts.getState().presets?.[kind];
    if (own != null) change(kind, { preset, fields: own[preset] as DraftFields });
  },
  draft: change,
  field(kind: string, name: string, value: unknown): void {
    change(kind, { fields: { ...protocolDrafts.getState().drafts[kind].fields, [name]: value } });
  },
  /** A hyper-parameter of the classifier or its training; undefined takes it back. */
  hyperparameter(kind: string, name: string, value: Values[string] | undefined): void {
    const { classifier } = protocolDrafts.getState().drafts[kind].fields as {
      readonly classifier: { readonly architecture: string; readonly hyperparameters: Values };
    };
    const { [name]: _, ...rest } = classifier.hyperparameters;
    const hyperparameters = value === undefined ? rest : { ...rest, [name]: value };
    protocolDraftActions.field(kind, "classifier", { ...classifier, hyperparameters });
  },
  /** Counts the trainings of a draft, and times some steps. */
  async plan(kind: string, complete: Completion): Promise<ExperimentPlan> {
    return preparing(async () =>
      workers.training.planExperiment(
        await specificationOf(kind, complete),
        training.getState().draft.backend,
      ),
    );
  },
  /** Keeps what was planned as an experiment, and begins to compute it. */
  async start(specification: ProtocolSpecification): Promise<void> {
    await experimentActions.begin(specification);
  },
};
