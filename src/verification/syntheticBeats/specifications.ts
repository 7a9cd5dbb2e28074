import { briefAverage, shortened, shortenedSimVanillaGan } from "../../experiments/shortened.ts";
import {
  beatControls,
  type ChosenGenerator,
  type MostPerRecord,
  type PganExperiment,
  pganDefaults,
  pganMethodNames,
  pganMethods,
  type SimGanExperiment,
  simGanDefaults,
} from "../../experiments/syntheticBeats/specification.ts";
import type { shortTrainings } from "../../generators/shortTrainings.ts";

/**
 * Beats of a record that take part in SimGAN's experiment. Normal ones are most of a record and are thinned most; of fusion
 * beats, the rarest, only records that are full of them lose some.
 */
const fewPerRecord: MostPerRecord = { N: 15, S: 30, V: 20, F: 60, Q: 0 };
/** In PGAN's, where the beats of one patient are tested. */
const morePerRecord: MostPerRecord = { N: 30, S: 60, V: 40, F: 120, Q: 0 };

const lead = "MLII";

/** The short training of a generator, of which dense layers take more iterations in the same time, and critics fewer. */
function brief(generator: keyof typeof shortTrainings): ChosenGenerator {
  if (generator === "simVanillaGan") return shortenedSimVanillaGan(400, denseAverage);
  if (dense.includes(generator)) return shortened(generator, 400, denseAverage);
  return shortened(generator, critics.includes(generator) ? 60 : 100, briefAverage);
}

const dense: readonly string[] = ["vanillaGan", "personalisedGan"];
const denseAverage = { weightAverage: 0.99 } as const;
const critics: readonly string[] = ["wgan", "simWgan"];

const untrained = (generator: string): ChosenGenerator => ({ generator, hyperparameters: {}, iterations: 0 });

const training = { evaluateEvery: 1, maskRatio: 0, maxShiftRatio: 0 } as const;

/** SimGAN's experiment, reduced so that a core computes it within half an hour or so. */
export function reducedSimGan(name: string, ratios: readonly number[]): SimGanExperiment {
  return {
    ...simGanDefaults,
    name: `SimGAN on ${name}`,
    generators: [
      ...[...beatControls, "simulator"].map(untrained),
      ...(["vanillaGan", "simVanillaGan", "dcgan", "simDcgan", "wgan", "simWgan", "refineGan"] as const).map(
        brief,
      ),
    ],
    ratios,
    seeds: [1, 2, 3, 4, 5],
    classifier: {
      architecture: "beatResNet",
      hyperparameters: {
        ...training,
        width: 0.125,
        depth: 3,
        batchSize: 50,
        epochs: 6,
        patience: 2,
        learningRate: 3e-3,
      },
    },
    source: { name, members: [], lead, filter: "none", mostPerRecord: fewPerRecord },
  };
}

/** PGAN's experiment, reduced likewise: up to six patients a class, those with most of its beats. */
export function reducedPgan(name: string, patients: NonNullable<PganExperiment["patients"]>): PganExperiment {
  return {
    ...pganDefaults,
    name: `PGAN on ${name}`,
    methods: pganMethodNames.map((method) => {
      const { generator } = pganMethods[method];
      if (generator === null) return { method, hyperparameters: {}, iterations: 0 };
      const { hyperparameters, iterations } = brief(generator);
      return { method, hyperparameters, iterations };
    }),
    counts: [0, 400],
    // Further runs would not help: what is missing are patients.
    seeds: [1],
    classifier: {
      architecture: "beatLstm",
      hyperparameters: {
        ...training,
        recurrentDepth: 1,
        recurrentUnits: "32",
        stepLength: 12,
        batchSize: 32,
        epochs: 8,
        patience: 3,
        learningRate: 5e-3,
      },
    },
    adaptation: { minutes: 5, confidentBeats: 50 },
    leastBeats: 20,
    patients,
    source: { name, members: [], lead, filter: "bandPass", mostPerRecord: morePerRecord },
  };
}

/** Added beats over real ones of the class; validation patients choose where there are several. */
export const ratiosInMitBih = [0.5, 1] as const;
export const ratiosInStandIn = [1] as const;

const inMitBih = (...records: readonly string[]) => records.map((record) => `mitdb/${record}`);
const inStandIn = (...numbers: readonly number[]) => numbers.map((each) => `simulated/holter-${each}`);

/** The patients with most beats of each class behind the window; of the database only two have twenty of F. */
export const testedInMitBih = {
  S: inMitBih("118", "207", "209", "220", "223", "232"),
  V: inMitBih("106", "119", "200", "208", "223", "233"),
  F: inMitBih("208", "213"),
} as const;
export const testedInStandIn = {
  S: inStandIn(3, 4, 7, 22),
  V: inStandIn(3, 7, 14, 18),
  F: inStandIn(3, 13, 15),
} as const;
