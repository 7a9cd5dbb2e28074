import { type LeagueExperiment, leagueDefaults } from "../../experiments/league/specification.ts";
import { briefAverage, shortened, shortenedSimVanillaGan } from "../../experiments/shortened.ts";
import type { ChosenGenerator } from "../../experiments/syntheticBeats/specification.ts";

const untrained = (generator: string): ChosenGenerator => ({ generator, hyperparameters: {}, iterations: 0 });

/** Of dense layers, which take more iterations in the same time. */
const connected = { weightAverage: 0.99 };
/** A size that trains in seconds. */
const tinyDiffusion = { size: "tiny", batchSize: 32, averageDecay: 0.99 };

/** The league, reduced so that a core computes a source in about a quarter of an hour. */
export function reducedLeague(name: string): LeagueExperiment {
  return {
    ...leagueDefaults,
    name: `League on ${name}`,
    source: { name, members: [] },
    mostSignals: 300,
    beatsPerClass: 80,
    division: { byPatient: true, testShare: 0.3, validationShare: 0.25, seed: 1 },
    classifier: {
      architecture: "beatResNet",
      hyperparameters: { width: 0.125, depth: 3, batchSize: 50, epochs: 3, patience: 2, learningRate: 3e-3 },
    },
    generators: [
      untrained("gaussian"),
      untrained("simulator"),
      shortened("vanillaGan", 800, connected),
      shortened("dcgan", 300, briefAverage),
      shortened("ecgGan", 200, briefAverage),
      shortened("wgan", 150, briefAverage),
      shortenedSimVanillaGan(800, connected),
      shortened("simDcgan", 300, briefAverage),
      shortened("simWgan", 150, briefAverage),
      shortened("refineGan", 300, briefAverage),
      shortened("diffWave", 300, tinyDiffusion),
      shortened("timeDiffusion", 300, tinyDiffusion),
      shortened("timeVqVae", 300, { size: "tiny", batchSize: 32 }),
    ],
    seeds: [1, 2],
  };
}
