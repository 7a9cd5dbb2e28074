import { type LeagueExperiment, leagueDefaults } from "./specification.ts";

/** Widths at which a generator trains in seconds without a graphics card. */
const narrow = { generatorWidth: "4", discriminatorWidth: "4", batchSize: 16, learningRate: 1.5e-3 };

/** A league for a first look: both simulators and two small networks, two runs. */
export const quickLeague: Omit<LeagueExperiment, "name" | "source"> = {
  ...leagueDefaults,
  mostSignals: 600,
  beatsPerClass: 120,
  division: { byPatient: true, testShare: 0.3, validationShare: 0.25, seed: 1 },
  classifier: {
    architecture: "beatResNet",
    hyperparameters: { width: 0.125, depth: 3, epochs: 6, patience: 2, batchSize: 64, learningRate: 3e-3 },
  },
  generators: [
    { generator: "gaussian", hyperparameters: {}, iterations: 0 },
    { generator: "simulator", hyperparameters: {}, iterations: 0 },
    { generator: "vanillaGan", hyperparameters: { batchSize: 32, learningRate: 1e-3 }, iterations: 400 },
    { generator: "dcgan", hyperparameters: narrow, iterations: 150 },
  ],
  seeds: [1, 2],
};
