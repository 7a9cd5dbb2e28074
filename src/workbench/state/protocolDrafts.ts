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

/** Records by their hashes, with what they are called. */
export interface GivenRecords {
  readonly name: string;
  readonly members: readonly string[];
}

export interface ProtocolDraft {
  readonly name: string;
  readonly preset: "quick" | "full";
  readonly fields: DraftFields;
  /** `virtual`, `mitBih`, `library`, `given`, or a cohort's id. */
  readonly source: string;
  /** The same of a second one, for protocols of several; null for none. */
  readonly second: string | null;
  /** Records that stand behind `given`; null for none. */
  readonly given: GivenRecords | null;
  /** What the fields were taken from, where that is no preset. */
  readonly origin: string | null;
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

function choiceOf(source: string, { patients, given }: ProtocolDraft): BeatChoice {
  if (source === "virtual") return { of: "virtual", patients };
  if (source === "mitBih" || source === "library") return { of: source };
  return source === "given" && given !== null ? { of: "records", ...given } : { of: "cohort", id: source };
}

/** Makes a specification of a draft: each protocol names its data in its own way. */
export type Completion = (
  fields: DraftFields,
  choice: BeatChoice,
  /** The second source, for protocols of several. */
  second: BeatChoice | null,
) => Promise<DraftFields>;

async function specificationOf(kind: string, complete: Completion): Promise<ProtocolSpecification> {
  const draft = protocolDrafts.getState().drafts[kind];
  const choice = choiceOf(draft.source, draft);
  const second = draft.second === null ? null : choiceOf(draft.second, draft);
  if (choice.of === "virtual" || second?.of === "virtual") await makePatients(draft.patients);
  const fields = await complete(draft.fields, choice, second);
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
                second: null,
                given: null,
                origin: null,
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
    if (own != null) change(kind, { preset, fields: own[preset] as DraftFields, origin: null });
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
