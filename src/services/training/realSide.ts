import type { GenerationSource, GenerationSpecification } from "../../domain/generation.ts";
import { mayStandForReal } from "../../domain/libraryRecord.ts";
import type { RowsWanted } from "../../experiments/generation/simulatedRows.ts";
import { findRecords } from "../../storage/records.ts";
import { readSource } from "./beatSources.ts";
import { candidatesOf } from "./recordingSources.ts";

/** A source without its synthetic records, and how many these are. */
export async function withoutSynthetic(
  source: GenerationSource,
): Promise<{ readonly real: GenerationSource; readonly leftOut: number }> {
  if (source.kind === "simulated") return { real: source, leftOut: 0 };
  const records = await findRecords(source.members);
  const members = source.members.filter((_, at) => {
    const record = records[at];
    return record === null || mayStandForReal(record);
  });
  const leftOut = source.members.length - members.length;
  return { real: leftOut === 0 ? source : { ...source, members }, leftOut };
}

/** What some trainings learned from: virtual patients, and all real records together. */
export async function sourcesLearned(
  trainings: Iterable<GenerationSpecification>,
): Promise<GenerationSource[]> {
  const virtual = new Map<string, GenerationSource>();
  const members = new Set<string>();
  let name: string | null = null;
  for (const { source } of trainings) {
    if (source.kind === "simulated") virtual.set(JSON.stringify(source), source);
    else {
      name ??= source.name;
      for (const hash of source.members) members.add(hash);
    }
  }
  if (name === null) return [...virtual.values()];
  const { real } = await withoutSynthetic({ kind: "records", name, members: [...members] });
  return [...virtual.values(), real];
}

/** How the patient of a source is called wherever it is met. */
export const nameIn = (source: GenerationSource, patient: string): string =>
  source.kind === "records" ? patient : `virtual ${source.seed}/${patient}`;

/** The names of all patients whose signals a source holds, also of those of whom none are drawn. */
export async function patientsIn(
  source: GenerationSource,
  { form, filter }: Pick<RowsWanted, "form" | "filter">,
): Promise<string[]> {
  const held = form === "beats" ? await readSource(source, filter) : await candidatesOf(source);
  return held.map(({ patient }) => nameIn(source, patient));
}

/** What is left of a real set when some patients are taken from it, told by the records' own descriptions. */
export async function besides(
  real: GenerationSource,
  patients: ReadonlySet<string>,
): Promise<GenerationSource> {
  if (real.kind === "simulated") return real;
  const records = await findRecords(real.members);
  const isOther = (hash: string, at: number) => !patients.has(records[at]?.patient ?? hash);
  return { ...real, members: real.members.filter(isOther) };
}

/** As many further virtual patients where a generator has learned from those that stand for real ones. */
export function beyond(real: GenerationSource, learned: GenerationSource): GenerationSource {
  if (real.kind !== "simulated" || learned.kind !== "simulated" || real.seed !== learned.seed) return real;
  return { ...real, patients: real.patients + learned.patients };
}
