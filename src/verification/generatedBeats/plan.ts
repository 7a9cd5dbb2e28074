import { shortTrainings } from "../../generators/shortTrainings.ts";
import type { BeatCell } from "./cells.ts";
import { type BeatSource, type ShownClass, shownClasses } from "./sources.ts";

/** Every trained generator of one class of beats, in the order of the papers, trained as the workbench offers it for a short while. */
export const provenGenerators = [
  "vanillaGan",
  "dcgan",
  "ecgGan",
  "personalisedGan",
  "personalisedDcgan",
  "pgan",
  "simVanillaGan",
  "simDcgan",
  "wgan",
  "simWgan",
  "refineGan",
] as const satisfies readonly (keyof typeof shortTrainings)[];
export type ProvenGenerator = (typeof provenGenerators)[number];

/** What is trained on a class of a source: the generators of its table, and the seeds of those that are compared. */
interface ClassPlan {
  readonly generators: readonly ProvenGenerator[];
  readonly rivalSeeds: readonly number[];
}

/** One seed is no comparison; fewer generators where another table tells as much. */
export const plan: Readonly<Record<BeatSource["key"], Readonly<Record<ShownClass, ClassPlan>>>> = {
  real: {
    N: { generators: provenGenerators, rivalSeeds: [1, 2, 3] },
    V: { generators: provenGenerators, rivalSeeds: [1, 2, 3] },
  },
  simulated: {
    N: { generators: provenGenerators, rivalSeeds: [1] },
    V: { generators: ["vanillaGan", "dcgan", "ecgGan", "simDcgan"], rivalSeeds: [1] },
  },
};

/** Those that are compared over several seeds: with the DCGAN, the first. */
export const rivals = ["dcgan", "ecgGan", "simDcgan"] as const satisfies readonly ProvenGenerator[];

export const cellOf = (
  source: BeatSource["key"],
  beatClass: ShownClass,
  generator: ProvenGenerator,
  seed = 1,
): BeatCell => ({ source, beatClass, generator, seed, ...shortTrainings[generator] });

/** All trainings on a source, those that stand in a table first. */
export function cellsOf(source: BeatSource["key"]): BeatCell[] {
  const planned = shownClasses.map((beatClass) => ({ beatClass, ...plan[source][beatClass] }));
  return [
    ...planned.flatMap(({ beatClass, generators }) =>
      generators.map((generator) => cellOf(source, beatClass, generator)),
    ),
    ...planned.flatMap(({ beatClass, rivalSeeds }) =>
      rivals.flatMap((generator) =>
        rivalSeeds.filter((seed) => seed !== 1).map((seed) => cellOf(source, beatClass, generator, seed)),
      ),
    ),
  ];
}
