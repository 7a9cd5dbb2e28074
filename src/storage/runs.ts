import { Failure } from "../domain/failure.ts";
import { database } from "./database.ts";
import { isOutOfRoom, outOfRoom } from "./room.ts";
import type { AnyRun, StoredCheckpoint, StoredModel, StoredPretraining, StoredRun } from "./trainings.ts";

/** Whether a run trained a classifier of recordings, which can be looked at and used. */
export const isOfRecordings = (run: AnyRun): run is StoredRun => run.cell.kind === "Real, Syn, Syn→Real";

/** All trainings of classifiers of recordings but the trials of searches, newest first. */
export async function listRuns(): Promise<StoredRun[]> {
  const runs = await database.runs.orderBy("createdAt").reverse().toArray();
  return runs.filter(isOfRecordings).filter(({ search }) => search === undefined);
}

/** A run of any protocol. */
export async function findRun(id: string): Promise<AnyRun | null> {
  return (await database.runs.get(id)) ?? null;
}

/** The training of a classifier of recordings. */
export async function findTraining(id: string): Promise<StoredRun | null> {
  const run = await findRun(id);
  return run !== null && isOfRecordings(run) ? run : null;
}

/** Those runs that are there, in the order of their ids. */
export async function runsNamed(ids: readonly string[]): Promise<AnyRun[]> {
  return (await database.runs.bulkGet([...ids])).flatMap((run) => run ?? []);
}

/** Keeps a run, new or changed. @throws Failure `storage-full` */
export async function keepRun(run: AnyRun): Promise<void> {
  await storing(run.name, () => database.runs.put(run));
}

/** Changes some of a run. */
export async function changeRun(id: string, changes: Partial<AnyRun>): Promise<void> {
  await database.runs.update(id, { ...changes, updatedAt: Date.now() });
}

/** Forgets runs with their checkpoints; models that came of them stay. */
export async function deleteRuns(ids: readonly string[]): Promise<void> {
  const { runs, checkpoints } = database;
  await database.transaction("rw", runs, checkpoints, async () => {
    await runs.bulkDelete([...ids]);
    await checkpoints.bulkDelete([...ids]);
  });
}

export async function findCheckpoint(id: string): Promise<StoredCheckpoint | null> {
  return (await database.checkpoints.get(id)) ?? null;
}

/** Keeps a checkpoint with the state of its run, both or neither. @throws Failure `storage-full` */
export async function keepCheckpoint(checkpoint: StoredCheckpoint, changes: Partial<AnyRun>): Promise<void> {
  const { runs, checkpoints } = database;
  await storing(checkpoint.id.slice(0, 12), () =>
    database.transaction("rw", runs, checkpoints, async () => {
      await checkpoints.put(checkpoint);
      await runs.update(checkpoint.id, { ...changes, updatedAt: Date.now() });
    }),
  );
}

/** Ends a run: its checkpoint is no longer needed. */
export async function endRun(id: string, changes: Partial<AnyRun>): Promise<void> {
  const { runs, checkpoints } = database;
  await database.transaction("rw", runs, checkpoints, async () => {
    await runs.update(id, { ...changes, updatedAt: Date.now() });
    await checkpoints.delete(id);
  });
}

/** All trained networks, newest first. */
export async function listModels(): Promise<StoredModel[]> {
  return database.models.orderBy("createdAt").reverse().toArray();
}

/** @throws Failure `no-such-model` */
export async function findModel(id: string): Promise<StoredModel> {
  const model = await database.models.get(id);
  if (model !== undefined) return model;
  throw new Failure("no-such-model", "There is no such network.", id, "Choose one of the list.");
}

/** @throws Failure `storage-full` */
export async function keepModel(model: StoredModel): Promise<void> {
  await storing(model.name, () => database.models.put(model));
}

export async function deleteModel(id: string): Promise<void> {
  await database.models.delete(id);
}

export async function findPretraining(id: string): Promise<StoredPretraining | null> {
  return (await database.pretrainings.get(id)) ?? null;
}

export async function keepPretraining(pretraining: StoredPretraining): Promise<void> {
  await storing(pretraining.id.slice(0, 12), () => database.pretrainings.put(pretraining));
}

async function storing(name: string, write: () => PromiseLike<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    throw isOutOfRoom(error) ? outOfRoom(name, 0) : error;
  }
}

export async function countModels(): Promise<number> {
  return database.models.count();
}
