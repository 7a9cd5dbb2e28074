import { Failure } from "../domain/failure.ts";
import { database } from "./database.ts";
import type { StoredBlindTest, StoredCloseness } from "./storedCloseness.ts";

/** All comparisons, newest first. */
export async function listCloseness(): Promise<StoredCloseness[]> {
  return database.closeness.orderBy("createdAt").reverse().toArray();
}

export async function findCloseness(id: string): Promise<StoredCloseness | null> {
  return (await database.closeness.get(id)) ?? null;
}

/** @throws Failure `no-such-comparison` */
export async function wantedCloseness(id: string): Promise<StoredCloseness> {
  const found = await findCloseness(id);
  if (found !== null) return found;
  throw new Failure(
    "no-such-comparison",
    "There is no such comparison.",
    id.slice(0, 12),
    "Choose one of the list.",
  );
}

export async function keepCloseness(closeness: StoredCloseness): Promise<void> {
  await database.closeness.put(closeness);
}

/** Changes some of a comparison. */
export async function changeCloseness(id: string, changes: Partial<StoredCloseness>): Promise<void> {
  await database.closeness.update(id, { ...changes, updatedAt: Date.now() });
}

export async function deleteCloseness(id: string): Promise<void> {
  await database.closeness.delete(id);
}

/** All tests of the eye, newest first. */
export async function listBlindTests(): Promise<StoredBlindTest[]> {
  return database.blindTests.orderBy("createdAt").reverse().toArray();
}

export async function findBlindTest(id: string): Promise<StoredBlindTest | null> {
  return (await database.blindTests.get(id)) ?? null;
}

export async function keepBlindTest(test: StoredBlindTest): Promise<void> {
  await database.blindTests.put(test);
}

export async function deleteBlindTest(id: string): Promise<void> {
  await database.blindTests.delete(id);
}
