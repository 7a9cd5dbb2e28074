import { createStore } from "zustand/vanilla";
import { endWorker } from "../../boundary/connect.ts";
import type { BeatFilter } from "../../domain/beatFilters.ts";
import { Failure } from "../../domain/failure.ts";
import type {
  GeneratedForm,
  GenerationSnapshot,
  GenerationSource,
  GenerationSpecification,
} from "../../domain/generation.ts";
import type { Values } from "../../domain/schema.ts";
import type { DescribedGenerator, GeneratorDescription } from "../../generators/generator.ts";
import type { BackendName } from "../../neural/backend/backends.ts";
import type { GenerationProgress } from "../../services/training/generating.ts";
import { workers } from "../workers.ts";
import { asFailure } from "./report.ts";
import { actions } from "./store.ts";
import { formOf, type WholeTraining, withChoice } from "./trainingChoice.ts";

/** What a person has set up to be generated. */
export interface GenerationDraft {
  readonly model: string;
  /** Differences from the defaults, by model. */
  readonly overrides: Readonly<Record<string, Values>>;
  /** What was asked for last; a model that does not make it makes the first of its own. */
  readonly form: GeneratedForm;
  /** Chosen classes of each form; a model of one class takes the first. */
  readonly classes: Readonly<Record<GeneratedForm, readonly string[]>>;
  /** `virtual`, `library`, or a cohort's id. */
  readonly source: string;
  /** Whether all of a cohort is learned from, and not the training side of its split alone. */
  readonly wholeCohort: boolean;
  /** What leads are put through before beats are cut. */
  readonly filter: BeatFilter;
  readonly mostSignals: number;
  readonly patient: string | null;
  /** How a patient's beats are found: differences from the defaults. */
  readonly patientSearch: Values;
  readonly iterations: number;
  /** Which training was last chosen as a whole. */
  readonly training: WholeTraining;
  readonly seed: number;
  readonly backend: BackendName | null;
}

/** A training as the page follows it: the snapshots that came so far stay here. */
export interface FollowedGeneration extends Omit<GenerationProgress, "snapshots"> {
  readonly snapshots: readonly GenerationSnapshot[];
}

export interface GenerationState {
  readonly models: Readonly<Record<string, DescribedGenerator>> | null;
  readonly draft: GenerationDraft;
  readonly shown: string | null;
  /** The training that is on, from the wish to start it. */
  readonly running: string | null;
  readonly progress: FollowedGeneration | null;
  readonly stopping: boolean;
}

/** Virtual patients where there are no records: enough of each class for a first try. Making them takes seconds. */
export const virtualSources: Readonly<Record<GeneratedForm, GenerationSource>> = {
  beats: { kind: "simulated", patients: 8, minutes: 5, seed: 2026 },
  recordings: { kind: "simulated", patients: 200, minutes: 0, seed: 2026 },
};

/** What a draft amounts to with its model. */
export function askedOf(
  draft: GenerationDraft,
  model: GeneratorDescription,
): { readonly form: GeneratedForm; readonly classes: readonly string[] } {
  const form = formOf(model, draft.form);
  const chosen = draft.classes[form];
  return { form, classes: model.isConditional ? chosen : chosen.slice(0, 1) };
}

export const generation = createStore<GenerationState>(() => ({
  models: null,
  draft: {
    // Two dense networks learn in a minute without a graphics card, and show what the heart's equations do for them.
    model: "simVanillaGan",
    overrides: {},
    form: "beats",
    classes: { beats: ["V"], recordings: ["NORM"] },
    source: "virtual",
    wholeCohort: false,
    filter: "zeroPhase",
    mostSignals: 2000,
    patient: null,
    patientSearch: {},
    // Until the worker has told what it offers.
    iterations: 2000,
    training: "short",
    seed: 1,
    backend: null,
  },
  shown: null,
  running: null,
  progress: null,
  stopping: false,
}));

/** ms between two looks at a training. */
const lookEvery = 400;
/** ms after which a worker that was asked to stop is ended. */
const patience = 1000;
/** Crashes of the worker after which a training is given up. */
const mostCrashes = 2;

/** The signals that a draft names, without synthetic records. @throws Failure `no-such-cohort` or `synthetic-records` */
export async function sourceOf(source: string, form: GeneratedForm): Promise<GenerationSource> {
  if (source === "virtual") return virtualSources[form];
  return { kind: "records", ...(await workers.records.realSet(source)) };
}

/** Whether a choice of `sourceOf` is a cohort. */
export const isCohort = (source: string): boolean => source !== "virtual" && source !== "library";

/**
 * The signals that a draft learns from: of a cohort those of its training side, so that others are left to judge by,
 * unless all of it is asked for.
 * @throws Failure `no-such-cohort`, `no-training-side`, `synthetic-records`
 */
export async function learnedSourceOf(
  { source, wholeCohort }: Pick<GenerationDraft, "source" | "wholeCohort">,
  form: GeneratedForm,
): Promise<GenerationSource> {
  if (!isCohort(source) || wholeCohort) return sourceOf(source, form);
  const { name, members } = await workers.records.trainingSide(source);
  return { kind: "records", name: `${name}, training side`, members };
}

/** The training that a draft describes. @throws Failure as `learnedSourceOf` */
export async function specificationOf(
  draft: GenerationDraft,
  model: GeneratorDescription,
): Promise<GenerationSpecification> {
  const { form, classes } = askedOf(draft, model);
  return {
    kind: "Generator",
    form,
    model: draft.model,
    hyperparameters: draft.overrides[draft.model] ?? {},
    classes,
    source: await learnedSourceOf(draft, form),
    ...(form === "beats" && draft.filter !== "none" ? { filter: draft.filter } : {}),
    mostSignals: draft.mostSignals,
    ...(model.isPersonal
      ? { patient: draft.patient, patientSearch: draft.patientSearch }
      : { patient: null }),
    iterations: draft.iterations,
    seed: draft.seed,
  };
}

export const generationActions = {
  async learn(): Promise<void> {
    if (generation.getState().models !== null) return;
    const models = await workers.training.describeGenerators();
    generation.setState({ models });
    // What a first visitor trains is to look like heartbeats.
    generationActions.setTraining("short");
  },
  draft(changes: Partial<GenerationDraft>): void {
    generation.setState(({ draft }) => ({ draft: { ...draft, ...changes } }));
  },
  /** Chooses another generator, or what is generated. */
  choose(change: Partial<Pick<GenerationDraft, "model" | "form">>): void {
    generation.setState(({ draft, models }) => ({
      draft: models === null ? { ...draft, ...change } : withChoice(draft, change, models),
    }));
  },
  setValue(name: string, value: Values[string] | undefined): void {
    generation.setState(({ draft }) => {
      const { [name]: _, ...rest } = draft.overrides[draft.model] ?? {};
      const values = value === undefined ? rest : { ...rest, [name]: value };
      return { draft: { ...draft, overrides: { ...draft.overrides, [draft.model]: values } } };
    });
  },
  /** Sets all values of the draft's model, and the iterations, where there is such a training. */
  setTraining(training: WholeTraining): void {
    generation.setState(({ draft, models }) => {
      const model = models?.[draft.model];
      const chosen = model?.trainings[formOf(model, draft.form)][training] ?? null;
      if (chosen === null) return {};
      const { iterations, hyperparameters } = chosen;
      const overrides = { ...draft.overrides, [draft.model]: hyperparameters };
      return { draft: { ...draft, training, iterations, overrides } };
    });
  },
  show(shown: string | null): void {
    generation.setState({ shown });
  },

  /** Trains what the draft describes. */
  async start(): Promise<void> {
    const { draft, models } = generation.getState();
    const model = models?.[draft.model];
    if (model === undefined) throw new TypeError(`the page knows no generator ${draft.model}`);
    const prepared = await workers.training.prepareGeneration(await specificationOf(draft, model));
    generation.setState({ shown: prepared.id });
    if (prepared.state !== "finished") await generationActions.resume(prepared.id, draft.backend);
  },

  /** Goes on with a training, from its last checkpoint, and after a crash of the worker too. */
  async resume(id: string, backend: BackendName | null = null): Promise<void> {
    if (generation.getState().running !== null) {
      throw new Failure("run-running", "Another training is on.", "Generate", "Wait for it, or stop it.");
    }
    generation.setState({ running: id, shown: id, stopping: false, progress: null });
    const stopLooking = look();
    try {
      for (let crashes = 0; ; crashes++) {
        try {
          await workers.training.trainGenerator(id, backend);
          return;
        } catch (error) {
          if (asFailure(error).code !== "worker-lost") throw error;
          const isOver = generation.getState().stopping || crashes >= mostCrashes;
          const note = generation.getState().stopping
            ? ""
            : "The worker crashed; went on from the last checkpoint in a fresh one.";
          await workers.training.noteOnGeneration(id, note, isOver ? "cancelled" : "running");
          if (generation.getState().stopping) return;
          if (isOver) throw error;
        }
      }
    } finally {
      stopLooking();
      generation.setState({ running: null, progress: null, stopping: false });
    }
  },

  /** Stops the training at hand: after its iteration, or, where that takes longer than a second, at once. */
  stop(): void {
    const { running, stopping } = generation.getState();
    if (running === null || stopping) return;
    generation.setState({ stopping: true });
    workers.training.stopGeneration().catch(() => {
      // The worker is gone already: `resume` hears of it.
    });
    setTimeout(() => {
      const now = generation.getState();
      if (now.running === running && now.stopping)
        endWorker(workers.training, "it did not stop within a second");
    }, patience);
  },
};

/** Asks how far the training is. @returns the way to stop asking */
function look(): () => void {
  let ended = false;
  const ask = async () => {
    while (!ended) {
      await new Promise((resolve) => setTimeout(resolve, lookEvery));
      try {
        const before = generation.getState().progress?.snapshots ?? [];
        const told = await workers.training.generationProgress(before.length);
        if (ended || told === null) continue;
        // After a loss of the device it knows fewer than the page: the page begins anew.
        const isBehind = told.diversities.length < before.length;
        const snapshots = isBehind ? [] : [...before, ...told.snapshots];
        generation.setState({ progress: { ...told, snapshots } });
      } catch (error) {
        if (asFailure(error).code !== "worker-lost") actions.report(asFailure(error));
      }
    }
  };
  void ask();
  return () => {
    ended = true;
  };
}
