import type { Values } from "../../domain/schema.ts";
import { type LeagueExperiment, leagueDefaults } from "../../experiments/league/specification.ts";
import type { ChosenGenerator } from "../../experiments/syntheticBeats/specification.ts";
import { shortTrainings } from "../../generators/shortTrainings.ts";

const untrained = (generator: string): ChosenGenerator => ({ generator, hyperparameters: {}, iterations: 0 });

/** A short training of fewer iterations. */
const of = (
  generator: keyof typeof shortTrainings,
  iterations: number,
  changes: Values = {},
): ChosenGenerator => ({
  generator,
  hyperparameters: { ...shortTrainings[generator].hyperparameters, ...changes },
  iterations,
});

/** Averages that reach less far back, and sizes that train in seconds. */
const connected = { weightAverage: 0.99 };
const narrow = { weightAverage: 0.98 };
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
      of("vanillaGan", 800, connected),
      of("dcgan", 300, narrow),
      of("ecgGan", 200, narrow),
      of("wgan", 150, narrow),
      of("simVanillaGan", 800, connected),
      of("simDcgan", 300, narrow),
      of("simWgan", 150, narrow),
      of("refineGan", 300, narrow),
      of("diffWave", 300, tinyDiffusion),
      of("timeDiffusion", 300, tinyDiffusion),
      of("timeVqVae", 300, { size: "tiny", batchSize: 32 }),
    ],
    seeds: [1, 2],
  };
}
