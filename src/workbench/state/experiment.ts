import { createStore } from "zustand/vanilla";
import type { ExperimentSpecification, SearchBudget, Setting, TaskName } from "../../domain/experiment.ts";
import { findExperiment } from "../../storage/experiments.ts";
import { findRun } from "../../storage/runs.ts";
import { workers } from "../workers.ts";
import { asFailure } from "./report.ts";
import { actions } from "./store.ts";
import { cellOf, realSourceOf, training, trainingActions } from "./training.ts";

/** What a person has set up for the next experiment, beside what is set up under Train. */
export interface ExperimentDraft {
  readonly name: string;
  readonly tasks: readonly TaskName[];
  readonly architectures: readonly string[];
  readonly settings: readonly Setting[];
  /** Runs of each setting: splits 1 to this. */
  readonly runs: number;
  /** Most positives, as written: `all, 100, 10`. */
  readonly positives: string;
  /** Whether hyper-parameters are searched first, and how long each search goes on; null for no such limit. */
  readonly isSearched: boolean;
  readonly trials: number | null;
  readonly minutes: number | null;
}

export interface ExperimentState {
  readonly draft: ExperimentDraft;
  readonly shown: string | null;
  /** The experiment whose cells are being computed. */
  readonly running: string | null;
}

/** The numbers of positives of the paper's scarce-data sweep. */
export const paperPositives = "1, 2, 5, 10, 25, 50, 100, 250, 500, 1000";

export const experiment = createStore<ExperimentState>(() => ({
  draft: {
    name: "Real, Syn, Syn→Real",
    tasks: ["af"],
    architectures: ["gru"],
    settings: ["real", "synthetic", "syntheticToReal"],
    runs: 5,
    positives: "all",
    isSearched: false,
    trials: 20,
    minutes: null,
  },
  shown: null,
  running: null,
}));

/** `all, 100, 10` → `[null, 100, 10]`; null where it is not such a list. */
export function positivesOf(text: string): (number | null)[] | null {
  const parts = text
    .split(/[,;\s]+/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const values = parts.map((part) => (part === "all" ? null : Number(part)));
  const isRight =
    values.length > 0 && values.every((each) => each === null || (Number.isInteger(each) && each > 0));
  return isRight ? values : null;
}

async function specificationOf(draft: ExperimentDraft): Promise<ExperimentSpecification> {
  const single = training.getState().draft;
  const real = await realSourceOf(single.realSource, single.byPatient);
  const { form, synthetic, seed } = cellOf(single, real);
  return {
    kind: "Real, Syn, Syn→Real experiment",
    name: draft.name,
    tasks: draft.tasks,
    architectures: draft.architectures.map((architecture) => ({
      architecture,
      hyperparameters: cellOf({ ...single, architecture }, real).hyperparameters,
    })),
    settings: real === null ? ["synthetic"] : draft.settings,
    splits: Array.from({ length: draft.runs }, (_, index) => index + 1),
    positives: positivesOf(draft.positives) ?? [null],
    form,
    synthetic,
    real,
    seed,
    ...(draft.isSearched ? { search: budgetOf(draft) } : {}),
  };
}

const budgetOf = ({ trials, minutes }: ExperimentDraft): SearchBudget => ({
  ...(trials === null ? {} : { trials }),
  ...(minutes === null ? {} : { minutes }),
});

let stopWanted = false;

/** Goes on with the searches of an experiment, and makes its cells when all have ended. */
async function search(id: string): Promise<void> {
  const { search: budget, found } = (await findExperiment(id))?.specification ?? {};
  if (budget === undefined || found !== undefined) return;
  for (;;) {
    const open = await workers.training.nextSearch(id);
    if (open === null) return workers.training.settleExperiment(id);
    for (;;) {
      const run = stopWanted ? null : await workers.training.nextTrialRun(open.id);
      if (stopWanted) return;
      if (run === null) break;
      const failure = await trialFailure(run.id);
      if (!(await workers.training.endTrial(open.id, run.id, failure))) return;
    }
  }
}

/** Trains a trial. @returns why it could not be trained, or null: an unlucky choice of values ends no search */
async function trialFailure(run: string): Promise<string | null> {
  try {
    await trainingActions.resume(run, training.getState().draft.backend);
    return null;
  } catch (error) {
    const failure = asFailure(error);
    if (failure.code === "run-running" || failure.code === "worker-lost") throw error;
    return failure.describe();
  }
}

export const experimentActions = {
  draft(changes: Partial<ExperimentDraft>): void {
    experiment.setState(({ draft }) => ({ draft: { ...draft, ...changes } }));
  },
  show(shown: string | null): void {
    experiment.setState({ shown });
  },
  /** Keeps what is set up as an experiment, and begins to compute it. */
  async start(): Promise<void> {
    const specification = await specificationOf(experiment.getState().draft);
    const { id } = await workers.training.prepareExperiment(specification);
    experiment.setState({ shown: id });
    await experimentActions.compute(id);
  },
  /** Keeps an experiment from a file; its cells wait. */
  async open(text: string, file: string): Promise<void> {
    const { id } = await workers.training.readExperiment(text, file);
    experiment.setState({ shown: id });
  },
  /** Computes the cells that are not finished, one after the other. One that fails is told and passed over. */
  async compute(id: string): Promise<void> {
    if (experiment.getState().running !== null) return;
    experiment.setState({ running: id });
    stopWanted = false;
    try {
      await search(id);
      const found = await findExperiment(id);
      for (const run of found?.runs ?? []) {
        if (stopWanted) break;
        const [now, current] = await Promise.all([findRun(run), findExperiment(id)]);
        const isDone = now === null || now.result !== null || now.state === "diverged";
        if (isDone || current === null || current.skipped.includes(run)) continue;
        try {
          await trainingActions.resume(run, training.getState().draft.backend);
        } catch (error) {
          actions.report(asFailure(error));
          if (asFailure(error).code === "run-running") break;
        }
      }
    } finally {
      experiment.setState({ running: null });
    }
  },
  /** Stops after the step at hand; everything that is computed stays. */
  stop(): void {
    stopWanted = true;
    trainingActions.stop();
  },
};
