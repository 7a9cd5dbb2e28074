import { briefAverage, shortened } from "../shortened.ts";
import { type LeagueExperiment, leagueDefaults } from "./specification.ts";

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
    shortened("vanillaGan", 500, briefAverage),
    shortened("dcgan", 150, briefAverage),
  ],
  seeds: [1, 2],
};
