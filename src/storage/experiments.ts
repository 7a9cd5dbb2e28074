import { database, type StoredExperiment } from "./database.ts";

/** All experiments, newest first. */
export async function listExperiments(): Promise<StoredExperiment[]> {
  return database.experiments.orderBy("createdAt").reverse().toArray();
}

export async function findExperiment(id: string): Promise<StoredExperiment | null> {
  return (await database.experiments.get(id)) ?? null;
}

export async function keepExperiment(experiment: StoredExperiment): Promise<void> {
  await database.experiments.put(experiment);
}

/** Forgets an experiment; its runs stay. */
export async function deleteExperiment(id: string): Promise<void> {
  await database.experiments.delete(id);
}
