import type { RecordDescription } from "../domain/libraryRecord.ts";
import { hashFiles } from "../records/hash.ts";
import type { ImportOutcome } from "../records/importFiles.ts";
import { writeRecord } from "../records/wfdb/write.ts";
import { type CohortEntry, type CohortSize, simulatedCohort, usualSize } from "../simulators/cohort/plan.ts";
import { catalogue } from "./catalogue.ts";
import { type ImportReport, refuseSecondImport, runJob } from "./importJob.ts";

const title = "the simulated stand-in";

/** Records are made one by one as they are stored; those that are stored already are not made again. */
async function* outcomesOf(
  entries: readonly CohortEntry[],
  { seed }: CohortSize,
): AsyncGenerator<ImportOutcome> {
  const known = new Map([...(await catalogue()).values()].map((record) => [record.source, record]));
  for (const { name, description, generate } of entries) {
    const source = `simulated cohort ${seed} ${name}`;
    const record = known.get(source);
    if (record === undefined)
      yield { kind: "record", record: await made(name, description, generate, source) };
    else yield { kind: "known", record };
  }
}

async function made(
  name: string,
  description: RecordDescription,
  generate: CohortEntry["generate"],
  source: string,
) {
  const { recording } = generate();
  const files = new Map(writeRecord(recording).map((file) => [file.name, file.bytes]));
  const hash = await hashFiles(files);
  return { name, hash, files, recording, description, source };
}

/** What the records worker offers of the simulated cohort. */
export const standInFunctions = {
  /** Makes the simulated cohort and stores it, with the progress of an import. @throws Failure `import-running` */
  async makeStandIn(size: CohortSize = usualSize): Promise<ImportReport> {
    refuseSecondImport(title);
    const entries = simulatedCohort(size);
    return runJob(title, entries.length, outcomesOf(entries, size));
  },

  /** Makes half-hour records of the first so many virtual patients, as far as they are not stored. */
  async makeVirtualPatients(count: number): Promise<ImportReport> {
    return standInFunctions.makeStandIn({ ...usualSize, holters: count, tenSeconds: 0 });
  },
};
