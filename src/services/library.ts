import type { RecordQuery } from "../domain/cohort.ts";
import type { Facets } from "../records/library/facets.ts";
import type { Order } from "../records/library/query.ts";
import { type QueryAnswer, queryFacets, queryHashes, queryRecords } from "./catalogue.ts";
import { cohortFunctions } from "./cohorts.ts";
import { beatFunctions } from "./gallery.ts";
import { generatedRecordFunctions } from "./generatedRecords.ts";
import { addFiles, beginImport, cancelImport, importFiles, runImport, surveyImport } from "./importing.ts";
import { dismissImports, importProgress, interruptedImports } from "./importJob.ts";
import { realRecordFunctions } from "./realRecords.ts";
import { recordFunctions } from "./records.ts";
import { standInFunctions } from "./standIn.ts";

/** What the records worker offers. */
export const libraryService = {
  ...recordFunctions,
  ...cohortFunctions,
  ...beatFunctions,
  ...standInFunctions,
  ...generatedRecordFunctions,
  ...realRecordFunctions,
  beginImport,
  addFiles,
  surveyImport,
  runImport,
  importFiles,
  importProgress,
  cancelImport,
  interruptedImports,
  dismissImports,

  /** Some rows of the records that a query gives. */
  async queryRecords(query: RecordQuery, order: Order, from: number, count: number): Promise<QueryAnswer> {
    return queryRecords(query, order, from, count);
  },

  /** Hashes of all records that a query gives. */
  async recordHashes(query: RecordQuery): Promise<string[]> {
    return queryHashes(query);
  },

  /** What the records of a query have, and what the whole library offers. */
  async queryFacets(query: RecordQuery): Promise<{ found: Facets; whole: Facets }> {
    return queryFacets(query);
  },
};

export type LibraryService = typeof libraryService;
