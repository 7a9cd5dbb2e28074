import { workers } from "../../../workers.ts";
import { following } from "./importing.ts";

/** Makes the simulated cohort, record by record, with the progress of an import. */
export async function importStandIn(): Promise<void> {
  await following(() => workers.records.makeStandIn());
}
