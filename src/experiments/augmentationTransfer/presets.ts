import { briefAverage, shortened } from "../shortened.ts";
import { type AugmentationExperiment, augmentationDefaults } from "./specification.ts";

/** The experiments for a first look: beats of two classes, one generator of dense networks, three runs. */
export const quickAugmentation: Omit<AugmentationExperiment, "name" | "sources"> = {
  ...augmentationDefaults,
  form: "beats",
  classes: ["N", "V"],
  lead: "MLII",
  mostSignals: 400,
  division: { byPatient: true, testShare: 0.25, validationShare: 0.25, seed: 1 },
  classifier: {
    architecture: "dilatedCnn",
    hyperparameters: {
      ...{ depth: 3, filters: "8", kernel: "5", hidden: "32", hiddenLayers: 1 },
      ...{ epochs: 12, patience: 3, learningRate: 1e-3 },
    },
  },
  syntheticPerClass: 200,
  settings: [
    "realToReal",
    "repeatedToReal",
    "bothToReal",
    "syntheticToReal",
    "levelledToReal",
    "tunedToReal",
  ],
  generators: [shortened("vanillaGan", 600, briefAverage)],
  hasAllTogether: false,
  shares: [0.2, 1],
  freezesConvolutions: [true],
  seeds: [1, 2, 3],
};
