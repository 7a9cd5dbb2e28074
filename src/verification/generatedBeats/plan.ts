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

/** Those that are compared over several seeds: with the DCGAN, the first. */
export const rivals = ["dcgan", "ecgGan", "simDcgan"] as const satisfies readonly ProvenGenerator[];
export const rivalSeeds = [1, 2, 3, 4, 5] as const;

export const cellOf = (
  source: BeatSource["key"],
  beatClass: ShownClass,
  generator: ProvenGenerator,
  seed = 1,
): BeatCell => ({ source, beatClass, generator, seed, ...shortTrainings[generator] });

/** All trainings on a source, those that stand in a table first. */
export const cellsOf = (source: BeatSource["key"]): BeatCell[] => [
  ...shownClasses.flatMap((beatClass) =>
    provenGenerators.map((generator) => cellOf(source, beatClass, generator)),
  ),
  ...shownClasses.flatMap((beatClass) =>
    rivals.flatMap((generator) =>
      rivalSeeds.filter((seed) => seed !== 1).map((seed) => cellOf(source, beatClass, generator, seed)),
    ),
  ),
];
