import { database } from "./database.ts";
import type { StoredSearch } from "./trainings.ts";

export async function findSearch(id: string): Promise<StoredSearch | null> {
  return (await database.searches.get(id)) ?? null;
}

/** Those searches that are there, in the order of their ids. */
export async function searchesNamed(ids: readonly string[]): Promise<StoredSearch[]> {
  return (await database.searches.bulkGet([...ids])).flatMap((search) => search ?? []);
}

export async function keepSearch(search: StoredSearch): Promise<void> {
  await database.searches.put(search);
}

export async function deleteSearches(ids: readonly string[]): Promise<void> {
  await database.searches.bulkDelete([...ids]);
}
