import { Failure } from "../domain/failure.ts";
import type { Recording } from "../domain/recording.ts";

/** What a person states about files that do not say it themselves: tables and MATLAB matrices. */
export interface Assumptions {
  /** Hz */
  readonly samplingFrequency?: number;
  readonly unit?: string;
  /** Name of the matrix that holds the signals. */
  readonly variable?: string;
}

/** What an import keeps of what it finds. */
export interface ImportChoice {
  /** Names of leads, small or capital; null for all. */
  readonly leads: readonly string[] | null;
  /** PTB-XL comes at two rates; null for both, Hz. */
  readonly ptbXlRate: 100 | 500 | null;
  /** Records with any of these labels; null for all. */
  readonly labels: readonly string[] | null;
  /** At most this many records of each label; null for all. */
  readonly mostOfEach: number | null;
  readonly assumed: Assumptions;
}

/** Everything, as it comes. */
export const keepAll: ImportChoice = {
  leads: null,
  ptbXlRate: null,
  labels: null,
  mostOfEach: null,
  assumed: {},
};

/**
 * The recording with the chosen leads alone, in the recording's own order.
 * @throws Failure `no-such-lead` where it has none of them
 */
export function keepLeads(recording: Recording, leads: ImportChoice["leads"]): Recording {
  if (leads === null) return recording;
  const wanted = new Set(leads.map((name) => name.toLowerCase()));
  const kept = recording.leads.filter(({ name }) => wanted.has(name.toLowerCase()));
  if (kept.length === recording.leads.length) return recording;
  if (kept.length === 0) {
    throw new Failure(
      "no-such-lead",
      `It has none of the leads ${leads.join(", ")}, but ${recording.leads.map(({ name }) => name).join(", ")}.`,
      recording.name,
      "Choose among its leads, or keep all.",
    );
  }
  return { ...recording, leads: kept };
}

/**
 * Counts records by label and tells which are still wanted: those with a chosen label of which there are not enough
 * yet. The same records in the same order give the same answers, so that an import that goes on keeps the same ones.
 */
export function createQuota(choice: ImportChoice): (labels: readonly string[]) => boolean {
  const counts = new Map<string, number>();
  return (labels) => {
    const counted =
      choice.labels === null ? labels : labels.filter((label) => choice.labels?.includes(label));
    if (choice.labels !== null && counted.length === 0) return false;
    const most = choice.mostOfEach;
    if (most === null) return true;
    const named = counted.length === 0 ? [""] : counted;
    if (named.every((label) => (counts.get(label) ?? 0) >= most)) return false;
    for (const label of named) counts.set(label, (counts.get(label) ?? 0) + 1);
    return true;
  };
}
