import { useLiveQuery } from "dexie-react-hooks";
import { useStore } from "zustand";
import type { RealOffer } from "../services/realRecords.ts";
import { listCohorts } from "../storage/cohorts.ts";
import { formatCount } from "./format.ts";
import { library } from "./state/library.ts";
import { useAnswer } from "./useAnswer.ts";
import { workers } from "./workers.ts";

/** What can stand for real records, as a select takes it: the library, and cohorts that are not synthetic altogether. */
export function useRealOptions(): readonly { readonly value: string; readonly label: string }[] {
  const revision = useStore(library, (state) => state.revision);
  const cohorts = useLiveQuery(listCohorts);
  const known = cohorts?.map(({ id, name }) => `${id} ${name}`).join(" ");
  const offers = useAnswer(
    known === undefined ? null : `${known} ${revision}`,
    () => workers.records.realOffers(),
    true,
  );
  return (offers ?? [{ id: "library", name: "", leftOut: 0 }]).map((offer) => ({
    value: offer.id,
    label: labelOf(offer),
  }));
}

function labelOf({ id, name, leftOut }: RealOffer): string {
  const label = id === "library" ? "All records of the library" : `Cohort ${name}`;
  return leftOut === 0 ? label : `${label}, without ${formatCount(leftOut)} synthetic`;
}
