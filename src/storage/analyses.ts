import { database, type StoredAnalysis, type StoredBeats } from "./database.ts";

/** What was found in a record, or null. */
export async function findAnalysis(hash: string): Promise<StoredAnalysis | null> {
  return (await database.analyses.get(hash)) ?? null;
}

/** The analyses of several records; null where there is none. */
export async function findAnalyses(hashes: readonly string[]): Promise<(StoredAnalysis | null)[]> {
  return (await database.analyses.bulkGet([...hashes])).map((analysis) => analysis ?? null);
}

/** Adds the waves to an analysis. */
export async function keepWaves(hash: string, waves: Int32Array): Promise<void> {
  await database.analyses.update(hash, { waves });
}

/** The beats that were cut out of a record, or null. */
export async function findBeats(hash: string): Promise<StoredBeats | null> {
  return (await database.beats.get(hash)) ?? null;
}
