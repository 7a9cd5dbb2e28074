import type { ClosenessParts } from "../../../domain/closeness.ts";
import { type Collapse, collapseOf } from "../../../evaluation/closeness/collapse.ts";
import {
  placeOf,
  type ScalePlace,
  type Verdict,
  verdictCounts,
  verdicts,
} from "../../../evaluation/closeness/reading.ts";
import type { ClosenessDescription } from "../../../services/training/closeness.ts";
import { formatShare } from "./numbers.ts";

/** Patients of a side below which a comparison of patients says little. */
const fewPatients = 10;

/**
 * What the numbers say together, in plain words; no verdict where the generator has learned from all patients.
 * @returns empty sentences where there is nothing to say
 */
export function readingWords(
  { measures = [], features, privacy, sets }: ClosenessParts,
  described: ClosenessDescription["measures"],
): { readonly isAlarming: boolean; readonly words: string } {
  const collapse = collapseOf(measures, features?.value?.entries ?? null);
  const isCollapsed = collapse?.isCollapsed === true;
  const isMemorising = privacy?.value?.memorisation.isMemorising === true;
  const isUnseen = sets?.isUnseen ?? true;
  const places = measures.map((entry) => placeOf(entry, described[entry.key].better));
  const sentences = [
    isUnseen && countsInWords(places),
    isCollapsed && collapseInWords(collapse, isUnseen),
    isMemorising && "It repeats beats that it learned from.",
    isUnseen && adviceOf(places, isCollapsed || isMemorising),
    isUnseen && patientsInWords(Math.min(sets?.trainingPatients ?? 0, sets?.heldOutPatients ?? 0)),
  ];
  return {
    isAlarming: isCollapsed || isMemorising,
    words: sentences.filter((sentence) => sentence !== false && sentence !== "").join(" "),
  };
}

function countsInWords(places: readonly (ScalePlace | null)[]): string {
  const counts = verdictCounts(places);
  const told = places.filter((place) => place !== null).length;
  const parts = (Object.keys(verdicts) as Verdict[])
    .filter((verdict) => counts[verdict] > 0)
    .map(
      (verdict) => `${counts[verdict]} ${counts[verdict] === 1 ? "places" : "place"} it ${verdicts[verdict]}`,
    );
  return `Of ${told} measures ${parts.join(", ")}.`;
}

const byWords: Readonly<Record<Collapse["by"], string>> = {
  features: "by what the fixed classifier sees",
  samples: "by samples",
};

function collapseInWords({ by, covered, reached }: Collapse, isUnseen: boolean): string {
  const of = isUnseen ? "what other real patients cover" : "what these patients cover of each other";
  return `It covers less than half of ${of}, ${byWords[by]} (${formatShare(covered)} against ${formatShare(reached)}): it has collapsed, or forgotten shapes.`;
}

const adviceOf = (places: readonly (ScalePlace | null)[], isAlarming: boolean) =>
  verdictCounts(places).far === 0 && !isAlarming
    ? "Nothing here tells it from beats of other patients by a wide margin; other measures, or an experienced eye, still may."
    : "Look below at which ones, and at the pictures for why.";

const patientsInWords = (fewest: number) =>
  fewest < fewPatients
    ? `Only ${fewest} patients stand on one side: so few differ from each other nearly as much as from anything else, and a poor set can pass.`
    : "";
