import { database, type Setting } from "./database.ts";

/** A preference, or the fallback where it was never set. */
export async function readSetting<T extends Setting["value"]>(key: string, fallback: T): Promise<T> {
  const stored = (await database.settings.get(key))?.value;
  return typeof stored === typeof fallback ? (stored as T) : fallback;
}

/** Keeps a preference. */
export async function writeSetting(key: string, value: Setting["value"]): Promise<void> {
  await database.settings.put({ key, value });
}
