import { createStore } from "zustand/vanilla";
import type { ProtocolSpecification } from "../../domain/experiment.ts";
import { findExperiment, isOfRealSynthetic } from "../../storage/experiments.ts";
import { findRun } from "../../storage/runs.ts";
import { workers } from "../workers.ts";
import { asFailure } from "./report.ts";
import { actions } from "./store.ts";
import { training, trainingActions } from "./training.ts";

export interface ExperimentState {
  /** Kind of the protocol whose form is shown. */
  readonly protocol: string;
  readonly shown: string | null;
  /** The experiment whose cells are being computed. */
  readonly running: string | null;
}

export const experiment = createStore<ExperimentState>(() => ({
  protocol: "Real, Syn, Syn→Real experiment",
  shown: null,
  running: null,
}));

let stopWanted = false;

/** Goes on with the searches of an experiment, and makes its cells when all have ended. */
async function search(id: string): Promise<void> {
  const found = await findExperiment(id);
  if (found === null || !isOfRealSynthetic(found)) return;
  if (found.specification.search === undefined || found.specification.found !== undefined) return;
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
  /** Shows the form of a protocol. */
  choose(protocol: string): void {
    experiment.setState({ protocol });
  },
  show(shown: string | null): void {
    experiment.setState({ shown });
  },
  /** Keeps an experiment, and begins to compute it. */
  async begin(specification: ProtocolSpecification): Promise<void> {
    const { id } = await workers.training.prepareExperiment(specification);
    experiment.setState({ shown: id });
    await experimentActions.compute(id);
  },
  /** Keeps an experiment from a file; its cells wait. */
  async open(text: string, file: string): Promise<void> {
    const { id, specification } = await workers.training.readExperiment(text, file);
    experiment.setState({ shown: id, protocol: specification.kind });
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
