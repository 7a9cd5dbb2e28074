import type { Cohort, CohortSummary, RecordQuery, Split } from "../domain/cohort.ts";
import { Failure } from "../domain/failure.ts";
import { parseCohort, writeCohort } from "../records/library/cohortFile.ts";
import {
  type CohortOverlap,
  overlapOf,
  summariseCohort,
  trainingMembers,
} from "../records/library/summary.ts";
import { deleteCohort, findCohort, listCohorts, saveCohort } from "../storage/cohorts.ts";
import { catalogue, queryHashes } from "./catalogue.ts";
import { realHashes } from "./realOnly.ts";

/** What the records worker offers of cohorts. */
export const cohortFunctions = {
  /** What a query and a split would give, without keeping it. */
  async previewCohort(query: RecordQuery, split: Split): Promise<CohortSummary> {
    return summariseCohort({ members: await queryHashes(query), split }, await catalogue());
  },

  /** Keeps a new cohort with the records that its query gives now. @throws Failure `cohort-name`, `empty-cohort` */
  async createCohort(name: string, query: RecordQuery, split: Split): Promise<Cohort> {
    const members = await queryHashes(query);
    if (members.length === 0) {
      throw new Failure(
        "empty-cohort",
        "No record fits these filters.",
        name,
        "Loosen the filters, or import records first.",
      );
    }
    const cohort: Cohort = {
      id: crypto.randomUUID(),
      name: name.trim(),
      createdAt: Date.now(),
      query,
      split,
      members,
    };
    await saveCohort(cohort);
    return cohort;
  },

  /** Gives a cohort another name or split; its members stay. */
  async changeCohort(id: string, changes: Partial<Pick<Cohort, "name" | "split">>): Promise<void> {
    await saveCohort({ ...(await findCohort(id)), ...changes });
  },

  async listCohorts(): Promise<Cohort[]> {
    return listCohorts();
  },

  async removeCohort(id: string): Promise<void> {
    await deleteCohort(id);
  },

  /** @throws Failure `no-such-cohort` */
  async summariseCohort(id: string): Promise<CohortSummary> {
    return summariseCohort(await findCohort(id), await catalogue());
  },

  /**
   * A cohort's name, and the real records that its split trains on.
   * @throws Failure `no-such-cohort`, `no-training-side`, `synthetic-records`
   */
  async trainingSide(id: string): Promise<Pick<Cohort, "name" | "members">> {
    const cohort = await findCohort(id);
    const library = await catalogue();
    const members = realHashes(cohort.name, trainingMembers(cohort, library), library);
    if (members.length > 0) return { name: cohort.name, members };
    throw new Failure(
      "no-training-side",
      "The cohort's split leaves nothing to learn from.",
      cohort.name,
      "Learn from all of the cohort, or give it another split in Records.",
    );
  },

  /** What two cohorts share. @throws Failure `no-such-cohort` */
  async compareCohorts(one: string, other: string): Promise<CohortOverlap> {
    return overlapOf(await findCohort(one), await findCohort(other), await catalogue());
  },

  /** The definition as JSON: query, split, seed and the hashes of the members. */
  async exportCohort(id: string): Promise<string> {
    const cohort = await findCohort(id);
    const library = await catalogue();
    return writeCohort(
      cohort,
      cohort.members.map((hash) => ({ hash, name: library.get(hash)?.recordName ?? "" })),
    );
  },

  /** Keeps a definition that was exported; a name that is taken gets a number. @throws Failure `cohort-file` */
  async importCohort(text: string, fileName: string): Promise<Cohort> {
    const read = parseCohort(text, fileName);
    const names = new Set((await listCohorts()).map(({ name }) => name));
    let name = read.name;
    for (let number = 2; names.has(name); number++) name = `${read.name} (${number})`;
    const cohort: Cohort = { ...read, id: crypto.randomUUID(), name };
    await saveCohort(cohort);
    return cohort;
  },

  /** Number of patients that a leave-one-patient-out split can hold out, by name. */
  async patientsOf(query: RecordQuery): Promise<string[]> {
    const library = await catalogue();
    const patients = (await queryHashes(query)).flatMap((hash) => library.get(hash)?.patient ?? []);
    return [...new Set(patients)];
  },
};
