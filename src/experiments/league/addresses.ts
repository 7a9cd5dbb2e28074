import { workbenchVersion } from "../../domain/version.ts";
import { realParts } from "../augmentationTransfer/addresses.ts";
import { canonicalAddress } from "../cell.ts";
import type { ClassifierPhase } from "./run.ts";
import type { LeagueCell } from "./specification.ts";

/** What the real beats of a cell and their division depend on. */
const realBeats = (cell: LeagueCell) => realParts({ ...cell, form: "beats" });

const withVersion = (cell: LeagueCell, parts: object) =>
  canonicalAddress({ league: 1, ...realBeats(cell), ...parts, version: workbenchVersion });

/** The address of a cell: the hash of all that its result depends on, and of nothing else. */
export async function leagueAddress(cell: LeagueCell): Promise<string> {
  const { contestant, seed, classifier, beatsPerClass } = cell;
  return withVersion(cell, { phase: "cell", contestant, seed, classifier, beatsPerClass });
}

/** The address of what a contestant draws in a run, with what it cost. */
export async function beatsAddress(cell: LeagueCell): Promise<string> {
  const { contestant, seed, beatsPerClass } = cell;
  return withVersion(cell, { phase: "beats", contestant, seed, beatsPerClass });
}

/** The address of a classifier's logits; that of real beats alone is the same for all contestants of a run. */
export async function logitsAddress(cell: LeagueCell, trained: ClassifierPhase): Promise<string> {
  const { contestant, seed, classifier, beatsPerClass } = cell;
  const added = trained === "base" ? {} : { contestant, beatsPerClass };
  return withVersion(cell, { phase: "logits", trained, seed, classifier, ...added });
}

/** The address of the fixed classifier whose features are compared: the same for the whole league. */
export async function featuresAddress(cell: LeagueCell): Promise<string> {
  return withVersion(cell, { phase: "features" });
}
