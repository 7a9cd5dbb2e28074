import { database, type StoredOrigin } from "./database.ts";

/** What the generator of some records had learned from, or null. It stays when the generator is deleted. */
export async function findOrigin(id: string): Promise<StoredOrigin | null> {
  return (await database.origins.get(id)) ?? null;
}

export async function keepOrigin(origin: StoredOrigin): Promise<void> {
  await database.origins.put(origin);
}
