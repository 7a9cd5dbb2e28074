import type { Cohort } from "../domain/cohort.ts";
import { Failure } from "../domain/failure.ts";
import type { SyntheticOrigin } from "../domain/syntheticOrigin.ts";
import { type ImportOutcome, importRecords } from "../records/importFiles.ts";
import type { WrittenFile } from "../records/wfdb/write.ts";
import { saveCohort } from "../storage/cohorts.ts";
import { wantedGeneration } from "../storage/generations.ts";
import { keepOrigin } from "../storage/origins.ts";
import { markRecords } from "../storage/records.ts";
import { catalogue, refreshCatalogue } from "./catalogue.ts";
import { refuseSecondImport, runJob } from "./importJob.ts";

/** What the records worker offers of signals that a generator made. */
export const generatedRecordFunctions = {
  /**
   * Keeps generated signals among the records, marked with what made them, and as a cohort.
   * @param id of the generator
   * @param made the files of the records, with the words by which these are found
   * @throws Failure `import-running`, `no-such-generator`, `cohort-name`, and what keeps a record from being stored
   */
  async keepGenerated(
    id: string,
    { files, text }: { readonly files: readonly WrittenFile[]; readonly text: string },
    cohortName: string,
  ): Promise<Cohort> {
    refuseSecondImport(cohortName);
    const { name, specification } = await wantedGeneration(id);
    await keepOrigin({ id, name, specification });
    const synthetic: SyntheticOrigin = { kind: "generator", id, name };
    const made: string[] = [];
    const outcomes = importRecords(
      files.map((file) => ({
        path: file.name,
        size: file.bytes.length,
        // Another generator may give files of the same names and sizes.
        stamp: id,
        read: async () => file.bytes,
      })),
    );
    const headers = files.filter((file) => file.name.endsWith(".hea")).length;
    const { failures } = await runJob(cohortName, headers, marked(outcomes, synthetic, made));
    for (const { code, message, place, remedy } of failures) throw new Failure(code, message, place, remedy);
    // The same files may have been imported before, when nobody could tell what had made them.
    await markRecords(made, synthetic);
    await refreshCatalogue(made);
    const library = await catalogue();
    const cohort: Cohort = {
      id: crypto.randomUUID(),
      name: cohortName,
      createdAt: Date.now(),
      query: { text },
      split: { kind: "record", seed: 1, shares: { train: 1, validation: 0, test: 0 } },
      // An import that was cancelled has stored some of them.
      members: made.filter((hash) => library.has(hash)),
    };
    await saveCohort(cohort);
    return cohort;
  },
};

/** The same records with their mark. @param hashes gets that of each */
async function* marked(
  outcomes: AsyncIterable<ImportOutcome>,
  synthetic: SyntheticOrigin,
  hashes: string[],
): AsyncGenerator<ImportOutcome> {
  for await (const outcome of outcomes) {
    if (outcome.kind !== "record") yield outcome;
    else {
      const { record } = outcome;
      hashes.push(record.hash);
      yield { kind: "record", record: { ...record, description: { ...record.description, synthetic } } };
    }
  }
}
