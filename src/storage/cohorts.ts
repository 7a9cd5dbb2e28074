import type { Cohort } from "../domain/cohort.ts";
import { Failure } from "../domain/failure.ts";
import { database } from "./database.ts";

/** All cohorts by name. */
export async function listCohorts(): Promise<Cohort[]> {
  return database.cohorts.orderBy("name").toArray();
}

/** One cohort. @throws Failure `no-such-cohort` */
export async function findCohort(id: string): Promise<Cohort> {
  const cohort = await database.cohorts.get(id);
  if (cohort !== undefined) return cohort;
  throw new Failure("no-such-cohort", "There is no such cohort.", id, "Choose one of the list.");
}

/** Keeps a cohort, new or changed. @throws Failure `cohort-name` where it has none, or another one bears it */
export async function saveCohort(cohort: Cohort): Promise<void> {
  const name = cohort.name.trim();
  if (name === "") {
    throw new Failure("cohort-name", "A cohort needs a name.", "name", "Type one.");
  }
  await database.transaction("rw", database.cohorts, async () => {
    const namesake = await database.cohorts.where("name").equals(name).first();
    if (namesake !== undefined && namesake.id !== cohort.id) {
      throw new Failure("cohort-name", "Another cohort bears this name.", name, "Choose another name.");
    }
    await database.cohorts.put({ ...cohort, name });
  });
}

/** Forgets a cohort; its records stay. */
export async function deleteCohort(id: string): Promise<void> {
  await database.cohorts.delete(id);
}
