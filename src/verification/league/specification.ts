import type { Values } from "../../domain/schema.ts";
import { type LeagueExperiment, leagueDefaults } from "../../experiments/league/specification.ts";
import type { ChosenGenerator } from "../../experiments/syntheticBeats/specification.ts";

const of = (generator: string, iterations = 0, hyperparameters: Values = {}): ChosenGenerator => ({
  generator,
  hyperparameters,
  iterations,
});

/** Widths at which a training takes seconds, with what keeps discriminators as narrow as these from being sure too early. */
const connected = { batchSize: 32, learningRate: 1e-3, gradientPenalty: 0.05, weightAverage: 0.99 };
const narrow = {
  ...{ generatorWidth: "4", discriminatorWidth: "4", batchSize: 16, learningRate: 2e-3 },
  ...{ gradientPenalty: 0.2, weightAverage: 0.98, seesSpread: true },
};
const critic = {
  ...narrow,
  ...{
    learningRate: 1e-3,
    optimiser: "adam",
    constraint: "penalty",
    gradientPenalty: 1,
    discriminatorSteps: 2,
  },
};
const waves = { ...narrow, generatorSteps: 1, waveWeight: 0.05, wavePairing: "ordered" };
/** What tells the signal itself makes smooth beats early. */
const tinyDiffusion = {
  ...{ size: "tiny", schedule: "cosine200", prediction: "signal", weighting: "limited", batchSize: 32 },
  ...{ learningRate: 2e-3, rateFalls: true, warmUp: 50, averageDecay: 0.99, samplingSteps: 12 },
};

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
      of("diffWave", 300, { ...tinyDiffusion, stepFrequencies: "falling" }),
      of("timeDiffusion", 300, tinyDiffusion),
      of("timeVqVae", 300, {
        size: "tiny",
        learningRate: 2e-3,
        decay: 0.95,
        lowSteps: 13,
        lowTemperature: 20,
      }),
    ],
    seeds: [1, 2],
  };
}
