import { database } from "./database.ts";
import type { AnyExperiment, StoredExperiment } from "./trainings.ts";

/** All experiments, newest first. */
export async function listExperiments(): Promise<AnyExperiment[]> {
  return database.experiments.orderBy("createdAt").reverse().toArray();
}

export async function findExperiment(id: string): Promise<AnyExperiment | null> {
  return (await database.experiments.get(id)) ?? null;
}

export async function keepExperiment(experiment: AnyExperiment): Promise<void> {
  await database.experiments.put(experiment);
}

/** Whether an experiment is of Real, Syn, Syn→Real, the one whose hyper-parameters can be searched. */
export const isOfRealSynthetic = (experiment: AnyExperiment): experiment is StoredExperiment =>
  experiment.specification.kind === "Real, Syn, Syn→Real experiment";

/** Forgets an experiment; its runs stay. */
export async function deleteExperiment(id: string): Promise<void> {
  await database.experiments.delete(id);
}
