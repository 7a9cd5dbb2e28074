import { createStore } from "zustand/vanilla";
import { endWorker } from "../../boundary/connect.ts";
import type { CellSpecification, RealSource, Setting, TaskName } from "../../domain/experiment.ts";
import { Failure } from "../../domain/failure.ts";
import type { Values } from "../../domain/schema.ts";
import type { BackendName } from "../../neural/backend/backends.ts";
import type { TrainingDescription } from "../../services/training/describing.ts";
import type { RunProgress } from "../../services/training/running.ts";
import { workers } from "../workers.ts";
import { asFailure } from "./report.ts";
import { actions } from "./store.ts";

/** What a person has set up to be trained next. */
export interface TrainingDraft {
  readonly task: TaskName;
  readonly setting: Setting;
  readonly architecture: string;
  /** Differences from the defaults, by architecture; those of the training under the empty name. */
  readonly overrides: Readonly<Record<string, Values>>;
  /** `none`, `library`, `simulated`, or a cohort's id. */
  readonly realSource: string;
  readonly byPatient: boolean;
  readonly preset: string;
  /** Synthetic recordings of each class in training. */
  readonly perClass: number;
  readonly samplingFrequency: number;
  readonly split: number;
  readonly positives: number | null;
  readonly seed: number;
  /** Null for the fastest. */
  readonly backend: BackendName | null;
}

export interface TrainingState {
  readonly description: TrainingDescription | null;
  readonly draft: TrainingDraft;
  /** The run on the page, and the one that it is compared with. */
  readonly shown: string | null;
  readonly compared: string | null;
  /** The run that is on, from the wish to start it. */
  readonly running: string | null;
  readonly progress: RunProgress | null;
  readonly stopping: boolean;
}

/** Small enough to learn in less than a minute on any machine; the paper's own values are the defaults of the forms. */
const firstDraft: TrainingDraft = {
  task: "af",
  setting: "synthetic",
  architecture: "gru",
  overrides: {
    "": { epochs: 12, evaluateEvery: 1, learningRate: 3e-3 },
    gru: { chunkLength: "20", recurrentDepth: 1 },
    lstm: { chunkLength: "20", recurrentDepth: 1 },
    transformer: { chunkLength: "20" },
    luna: { chunkLength: "20" },
    s4: { chunkLength: "20" },
    mega: { chunkLength: "20" },
    resNet18: { width: 0.25 },
    resNet34: { width: 0.25 },
    resNet50: { width: 0.25 },
    efficientNetB0: { width: 0.25 },
  },
  realSource: "none",
  byPatient: true,
  preset: "clinical",
  perClass: 300,
  samplingFrequency: 100,
  split: 1,
  positives: null,
  seed: 1,
  backend: null,
};

export const training = createStore<TrainingState>(() => ({
  description: null,
  draft: firstDraft,
  shown: null,
  compared: null,
  running: null,
  progress: null,
  stopping: false,
}));

/** ms between two looks at a training. */
const lookEvery = 300;
/** ms after which a worker that was asked to stop is ended. */
const patience = 1000;
/** Crashes of the worker after which a run is given up. */
const mostCrashes = 2;

/** s; the recordings of the paper. */
const duration = 10;

/** The cell that a draft describes. */
export function cellOf(draft: TrainingDraft, real: RealSource | null): CellSpecification {
  return {
    kind: "Real, Syn, Syn→Real",
    task: draft.task,
    architecture: draft.architecture,
    hyperparameters: { ...draft.overrides[draft.architecture], ...draft.overrides[""] },
    setting: draft.setting,
    split: draft.split,
    positives: draft.positives,
    form: { samplingFrequency: draft.samplingFrequency, duration, lead: "II" },
    synthetic: {
      preset: draft.preset,
      perClass: draft.perClass,
      validationPerClass: Math.max(20, Math.round(draft.perClass / 4)),
      testPerClass: Math.max(20, Math.round(draft.perClass / 4)),
    },
    real,
    seed: draft.seed,
  };
}

/**
 * The records of a source with the shares of the paper, without synthetic ones; null where nothing real is used.
 * @throws Failure `no-such-cohort` or `synthetic-records`
 */
export async function realSourceOf(source: string, byPatient: boolean): Promise<RealSource | null> {
  if (source === "none") return null;
  const shares = { byPatient, testShare: 0.2, validationShare: 0.2 };
  if (source === "simulated") {
    const members = await workers.records
      .recordHashes({ datasets: ["simulated"] })
      .then((hashes) => hashes.sort());
    return { name: "simulated stand-in", members, ...shares };
  }
  return { ...(await workers.records.realSet(source)), ...shares };
}

export const trainingActions = {
  async learn(): Promise<void> {
    if (training.getState().description !== null) return;
    training.setState({ description: await workers.training.describeTraining() });
  },
  draft(changes: Partial<TrainingDraft>): void {
    training.setState(({ draft }) => ({ draft: { ...draft, ...changes } }));
  },
  /** @param group an architecture, or the empty name for the training */
  setValue(group: string, name: string, value: Values[string] | undefined): void {
    training.setState(({ draft }) => {
      const { [name]: _, ...rest } = draft.overrides[group] ?? {};
      const values = value === undefined ? rest : { ...rest, [name]: value };
      return { draft: { ...draft, overrides: { ...draft.overrides, [group]: values } } };
    });
  },
  show(shown: string | null): void {
    training.setState(({ compared }) => ({ shown, compared: compared === shown ? null : compared }));
  },
  compare(compared: string | null): void {
    training.setState({ compared });
  },

  /** Trains what the draft describes. */
  async start(): Promise<void> {
    const { draft } = training.getState();
    const real = await realSourceOf(draft.realSource, draft.byPatient);
    const run = await workers.training.prepareRun(cellOf(draft, real));
    training.setState({ shown: run.id });
    if (run.result === null) await trainingActions.resume(run.id, draft.backend);
  },

  /** Goes on with a run, from its last checkpoint, and after a crash of the worker too. */
  async resume(id: string, backend: BackendName | null = null): Promise<void> {
    if (training.getState().running !== null) {
      throw new Failure("run-running", "Another training is on.", "Train", "Wait for it, or stop it.");
    }
    training.setState({ running: id, stopping: false, progress: null });
    const stopLooking = look();
    try {
      for (let crashes = 0; ; crashes++) {
        try {
          await workers.training.train(id, backend);
          return;
        } catch (error) {
          const failure = asFailure(error);
          if (failure.code !== "worker-lost") throw error;
          if (training.getState().stopping) {
            await workers.training.noteOnRun(id, "", "cancelled");
            return;
          }
          await workers.training.noteOnRun(
            id,
            "The worker crashed; went on from the last checkpoint in a fresh one.",
            crashes < mostCrashes ? "running" : "cancelled",
          );
          if (crashes >= mostCrashes) throw error;
        }
      }
    } finally {
      stopLooking();
      training.setState({ running: null, progress: null, stopping: false });
    }
  },

  /** Stops the training at hand: after its step, or, where that takes longer than a second, at once. */
  stop(): void {
    const { running, stopping } = training.getState();
    if (running === null || stopping) return;
    training.setState({ stopping: true });
    workers.training.stopTraining().catch(() => {
      // The worker is gone already: `resume` hears of it.
    });
    setTimeout(() => {
      const now = training.getState();
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
        const progress = await workers.training.trainingProgress();
        if (!ended && progress !== null) training.setState({ progress });
      } catch (error) {
        // A lost worker is heard of by the training itself, which starts a fresh one.
        if (asFailure(error).code !== "worker-lost") actions.report(asFailure(error));
      }
    }
  };
  void ask();
  return () => {
    ended = true;
  };
}
