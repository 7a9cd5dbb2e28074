import { Failure } from "../domain/failure.ts";
import { database, type StoredGeneration, type StoredGenerator } from "./database.ts";
import { isOutOfRoom, outOfRoom } from "./room.ts";

/** All trainings of generators, newest first. */
export async function listGenerations(): Promise<StoredGeneration[]> {
  return database.generations.orderBy("createdAt").reverse().toArray();
}

export async function findGeneration(id: string): Promise<StoredGeneration | null> {
  return (await database.generations.get(id)) ?? null;
}

export async function keepGeneration(generation: StoredGeneration): Promise<void> {
  await database.generations.put(generation);
}

/** Changes some of a training of a generator. */
export async function changeGeneration(id: string, changes: Partial<StoredGeneration>): Promise<void> {
  await database.generations.update(id, { ...changes, updatedAt: Date.now() });
}

/** Keeps the networks of a generator with the state of its training, both or neither. @throws Failure `storage-full` */
export async function keepGenerator(
  generator: StoredGenerator,
  changes: Partial<StoredGeneration>,
): Promise<void> {
  const { generations, generators } = database;
  try {
    await database.transaction("rw", generations, generators, async () => {
      await generators.put(generator);
      await generations.update(generator.id, { ...changes, updatedAt: Date.now() });
    });
  } catch (error) {
    throw isOutOfRoom(error) ? outOfRoom(generator.id.slice(0, 12), 0) : error;
  }
}

/** The networks of a generator, or null before the first checkpoint. */
export async function findGenerator(id: string): Promise<StoredGenerator | null> {
  return (await database.generators.get(id)) ?? null;
}

/** @throws Failure `no-such-generator` */
export async function wantedGeneration(id: string): Promise<StoredGeneration> {
  const generation = await findGeneration(id);
  if (generation !== null) return generation;
  throw new Failure(
    "no-such-generator",
    "There is no such generator.",
    id.slice(0, 12),
    "Choose one of the list.",
  );
}

/** Forgets a generator with its networks. */
export async function deleteGeneration(id: string): Promise<void> {
  const { generations, generators } = database;
  await database.transaction("rw", generations, generators, async () => {
    await generations.delete(id);
    await generators.delete(id);
  });
}
