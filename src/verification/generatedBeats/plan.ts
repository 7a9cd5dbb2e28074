import type { Values } from "../../domain/schema.ts";
import type { GeneratorName } from "../../generators/index.ts";
import type { BeatCell } from "./cells.ts";
import { type BeatSource, type ShownClass, shownClasses } from "./sources.ts";

/** How a generator is trained here: narrow and briefly, so that one core trains them all in about an hour and a half. */
export interface ChosenTraining {
  readonly hyperparameters: Values;
  readonly iterations: number;
}

/**
 * A slight penalty on slopes instead of batch normalisation in the discriminator, and averaged weights: with the papers' own
 * settings narrow discriminators know every beat after some hundred iterations, and generators learn no more. Without the
 * spread of the batch before their eyes, convolutional generators give beats that are all alike.
 */
const steady = { gradientPenalty: 0.2, weightAverage: 0.99, seesSpread: true } as const;
const narrow = { generatorWidth: "4", discriminatorWidth: "4", batchSize: 16, learningRate: 2e-3 } as const;
const dense: ChosenTraining = {
  hyperparameters: { batchSize: 32, learningRate: 1e-3, gradientPenalty: 0.05, weightAverage: 0.998 },
  iterations: 4000,
};
const convolutional: ChosenTraining = { hyperparameters: { ...narrow, ...steady }, iterations: 1000 };
const critic: ChosenTraining = {
  hyperparameters: {
    ...narrow,
    ...steady,
    learningRate: 1e-3,
    optimiser: "adam",
    constraint: "penalty",
    gradientPenalty: 1,
    discriminatorSteps: 2,
  },
  iterations: 800,
};
const waves: ChosenTraining = {
  hyperparameters: { ...narrow, ...steady, generatorSteps: 1, waveWeight: 0.05, wavePairing: "ordered" },
  iterations: 1000,
};

/** Every trained generator of one class of beats, in the order of the papers. */
export const trainings = {
  vanillaGan: dense,
  dcgan: convolutional,
  ecgGan: waves,
  personalisedGan: dense,
  personalisedDcgan: convolutional,
  pgan: waves,
  simVanillaGan: dense,
  simDcgan: convolutional,
  wgan: critic,
  simWgan: critic,
  refineGan: convolutional,
} as const satisfies Partial<Record<GeneratorName, ChosenTraining>>;
export type ProvenGenerator = keyof typeof trainings;
export const provenGenerators = Object.keys(trainings) as ProvenGenerator[];

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
    V: { generators: provenGenerators, rivalSeeds: [1] },
  },
};

/** Those that are compared over several seeds: with the DCGAN, the first. */
export const rivals = ["dcgan", "ecgGan", "simDcgan"] as const satisfies readonly ProvenGenerator[];

export const cellOf = (
  source: BeatSource["key"],
  beatClass: ShownClass,
  generator: ProvenGenerator,
  seed = 1,
): BeatCell => ({ source, beatClass, generator, seed, ...trainings[generator] });

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
