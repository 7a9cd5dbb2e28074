import type { Values } from "../../domain/schema.ts";
import { type LeagueExperiment, leagueDefaults } from "../../experiments/league/specification.ts";
import type { ChosenGenerator } from "../../experiments/syntheticBeats/specification.ts";

const of = (generator: string, iterations = 0, hyperparameters: Values = {}): ChosenGenerator => ({
  generator,
  hyperparameters,
  iterations,
});

/** Widths at which a training takes seconds. */
const narrow = { generatorWidth: "4", discriminatorWidth: "4", batchSize: 16, learningRate: 1.5e-3 };
const connected = { batchSize: 32, learningRate: 1e-3 };
const critic = { ...narrow, discriminatorSteps: 3, weightLimit: 0.05 };
const waves = { ...narrow, learningRate: 1e-3, generatorSteps: 1, waveWeight: 0.05, wavePairing: "ordered" };
const tinyDiffusion = { size: "tiny", batchSize: 32, learningRate: 2e-3 };

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
      of("gaussian"),
      of("simulator"),
      of("vanillaGan", 800, connected),
      of("dcgan", 300, narrow),
      of("ecgGan", 200, waves),
      of("wgan", 150, critic),
      of("simVanillaGan", 800, connected),
      of("simDcgan", 300, narrow),
      of("simWgan", 150, critic),
      of("refineGan", 200, narrow),
      of("diffWave", 300, { ...tinyDiffusion, samplingSteps: 20 }),
      of("timeDiffusion", 300, { ...tinyDiffusion, warmUp: 50, samplingSteps: 20 }),
      of("timeVqVae", 300, { size: "tiny" }),
    ],
    seeds: [1, 2],
  };
}
