import { database, type StoredImport } from "./database.ts";

/** The journals of imports, newest first. */
export async function listImports(): Promise<StoredImport[]> {
  return database.imports.orderBy("startedAt").reverse().toArray();
}

/** Writes a journal. */
export async function keepImport(journal: StoredImport): Promise<void> {
  await database.imports.put(journal);
}

/** Forgets journals. */
export async function forgetImports(ids: readonly string[]): Promise<void> {
  await database.imports.bulkDelete([...ids]);
}
