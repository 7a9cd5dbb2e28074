import { distinctTitles, type Named } from "../domain/distinctTitles.ts";
import { canonicalJson } from "./canonical.ts";
import type { ChosenGenerator } from "./syntheticBeats/specification.ts";
import type { Titles } from "./syntheticBeats/tables.ts";

/** Titles of chosen generators for `titleOfChosen`: by their names, and, where one is chosen several times, by its values. */
export async function chosenTitles(
  chosen: readonly ChosenGenerator[],
  named: (generator: string) => Promise<Named>,
): Promise<Titles> {
  const names = [...new Set(chosen.map(({ generator }) => generator))];
  const known = new Map(await Promise.all(names.map(async (name) => [name, await named(name)] as const)));
  const of = (name: string): Named => known.get(name) ?? { title: name, hyperparameters: {} };
  const trainings = chosen.map(({ generator, ...how }) => ({ name: generator, ...how }));
  const distinct = distinctTitles(trainings, of);
  return Object.fromEntries([
    ...names.map((name) => [name, of(name).title] as const),
    ...chosen.flatMap((each, at) =>
      distinct[at] === of(each.generator).title ? [] : [[canonicalJson(each), distinct[at]] as const],
    ),
  ]);
}

/** What tables call a chosen generator; undefined where the titles know nothing of it. */
export const titleOfChosen = (titles: Titles, chosen: ChosenGenerator): string | undefined =>
  titles[canonicalJson(chosen)] ?? titles[chosen.generator];
