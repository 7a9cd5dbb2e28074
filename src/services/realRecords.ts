import { findCohort, listCohorts } from "../storage/cohorts.ts";
import { catalogue } from "./catalogue.ts";
import { isSynthetic, realHashes } from "./realOnly.ts";

/** Records that stand for real ones, by their hashes; synthetic ones are left out. */
export interface RealSet {
  readonly name: string;
  readonly members: readonly string[];
}

/** A choice of records that may stand for real ones, with the number of synthetic ones that would be left out. */
export interface RealOffer {
  /** `library`, or a cohort's id. */
  readonly id: string;
  readonly name: string;
  readonly leftOut: number;
}

/** What the records worker offers where real records are asked for. */
export const realRecordFunctions = {
  /** All that can be chosen: the library, and every cohort but those of which all is synthetic. */
  async realOffers(): Promise<RealOffer[]> {
    const library = await catalogue();
    const syntheticAmong = (hashes: Iterable<string>) =>
      [...hashes].filter((hash) => isSynthetic(library.get(hash))).length;
    const cohorts = (await listCohorts()).flatMap(({ id, name, members }): RealOffer[] => {
      const leftOut = syntheticAmong(members);
      return leftOut > 0 && leftOut === members.length ? [] : [{ id, name, leftOut }];
    });
    return [{ id: "library", name: "all records", leftOut: syntheticAmong(library.keys()) }, ...cohorts];
  },

  /**
   * The records of a choice without the synthetic ones; a member of a cohort that is not in the library stays one.
   * @param choice `library`, or a cohort's id
   * @throws Failure `no-such-cohort`, or `synthetic-records` where nothing is left of a cohort
   */
  async realSet(choice: string): Promise<RealSet> {
    const library = await catalogue();
    if (choice === "library") {
      const members = [...library].filter(([, record]) => !isSynthetic(record)).map(([hash]) => hash);
      return { name: "all records", members: members.sort() };
    }
    const { name, members } = await findCohort(choice);
    return { name, members: realHashes(name, members, library) };
  },
};
