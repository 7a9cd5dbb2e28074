import { type LeagueExperiment, leagueDefaults } from "../experiments/league/specification.ts";

/** A league of one small generator, one run of which takes seconds. */
export const smallLeague: LeagueExperiment = {
  ...leagueDefaults,
  name: "small",
  source: { name: "simulated", members: ["1"] },
  division: { byPatient: true, testShare: 0.3, validationShare: 0.3, seed: 1 },
  classifier: {
    architecture: "dilatedCnn",
    hyperparameters: {
      ...{ depth: 2, filters: "4", kernel: "3", hidden: "16", hiddenLayers: 1, dropout: 0 },
      ...{ epochs: 2, learningRate: 1e-2, batchSize: 32, patience: 2 },
    },
  },
  beatsPerClass: 24,
  generators: [{ generator: "vanillaGan", hyperparameters: { batchSize: 8 }, iterations: 6 }],
  seeds: [1],
};
