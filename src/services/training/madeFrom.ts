import type { SyntheticSource } from "../../domain/closeness.ts";
import type { GenerationSpecification } from "../../domain/generation.ts";
import { type LibraryRecord, mayStandForReal, natureOf } from "../../domain/libraryRecord.ts";
import { findGeneration } from "../../storage/generations.ts";
import { findOrigin } from "../../storage/origins.ts";
import { findRecords } from "../../storage/records.ts";

/** What synthetic rows were made from. */
export interface MadeFrom {
  /** Trainings of the generators behind them, by the generators' ids; none where no real row has part in them. */
  readonly trainings: ReadonlyMap<string, GenerationSpecification>;
  /** Whether that is all that they can have been made from. */
  readonly isKnown: boolean;
}

/**
 * The trainings behind a synthetic source: its generator's, or those by which its records are marked; and those behind the
 * synthetic records that these in turn learned from.
 */
export async function madeFrom(source: SyntheticSource): Promise<MadeFrom> {
  const trainings = new Map<string, GenerationSpecification>();
  switch (source.kind) {
    case "simulator":
    case "virtual":
      return { trainings, isKnown: true };
    case "generator":
      return { trainings, isKnown: await follow(source.id, trainings) };
    case "records": {
      const records = (await findRecords(source.members)).filter((record) => record !== null);
      return { trainings, isKnown: await followAll(records, trainings) };
    }
  }
}

type Trainings = Map<string, GenerationSpecification>;

/** @returns whether everything behind these synthetic records is known */
async function followAll(records: readonly LibraryRecord[], trainings: Trainings): Promise<boolean> {
  let isKnown = true;
  for (const record of records) {
    // An exported simulation may stand at the fit of a beat of somebody; that of the stand-in is of nobody's.
    if (natureOf(record) === "standIn") continue;
    const { synthetic } = record;
    const isFollowed = synthetic?.kind === "generator" && (await follow(synthetic.id, trainings));
    isKnown &&= isFollowed;
  }
  return isKnown;
}

async function follow(id: string, trainings: Trainings): Promise<boolean> {
  if (trainings.has(id)) return true;
  const found = (await findOrigin(id)) ?? (await findGeneration(id));
  if (found === null) return false;
  const { specification } = found;
  trainings.set(id, specification);
  const { source } = specification;
  if (source.kind === "simulated") return true;
  const learned = await findRecords(source.members);
  const synthetic = learned.filter((record) => record !== null && !mayStandForReal(record));
  // Of a record that is gone nobody can say whose it was: its patient may have others here.
  return (await followAll(synthetic as LibraryRecord[], trainings)) && !learned.includes(null);
}
