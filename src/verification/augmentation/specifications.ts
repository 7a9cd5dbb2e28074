import type { AugmentationSettingName } from "../../experiments/augmentationTransfer/settings.ts";
import {
  type AugmentationExperiment,
  augmentationDefaults,
  type SignalSource,
} from "../../experiments/augmentationTransfer/specification.ts";

/** Records of the stand-in that take part: its first ones, 30 of each of its five labels. */
export const standInRecordsUsed = 150;

/** Synthetic signals beside real ones, with what they are held against. */
const besideReal: readonly AugmentationSettingName[] = [
  "realToReal",
  "repeatedToReal",
  "weightedToReal",
  "bothToReal",
];

/** Synthetic signals before real ones, with what they are held against. */
const beforeReal: readonly AugmentationSettingName[] = [
  "realToReal",
  "levelledToReal",
  "levelledWeightsToReal",
  "tunedToReal",
];

/** Synthetic signals in place of real ones, to learn from and to be tested on. */
const inPlaceOfReal: readonly AugmentationSettingName[] = [
  "realToReal",
  "syntheticToReal",
  "realToSynthetic",
  "syntheticToSynthetic",
  "realOrSynthetic",
];

const common: Omit<AugmentationExperiment, "name" | "sources" | "settings" | "shares"> = {
  ...augmentationDefaults,
  // Labels of both PTB-XL and the stand-in that at least eight of the shared records have alone.
  classes: ["NORM", "AFIB", "PVC"],
  mostSignals: 40,
  // More are tested than in the paper: of a hundred records a tenth is hardly anybody.
  division: { byPatient: true, testShare: 0.3, validationShare: 0.25, seed: 1 },
  classifier: {
    architecture: "dilatedCnn",
    hyperparameters: {
      ...{ depth: 5, filters: "8", kernel: "3", hidden: "32", hiddenLayers: 1, dropout: 0.1 },
      ...{ batchSize: 8, epochs: 14, patience: 4, learningRate: 2e-3 },
    },
  },
  syntheticPerClass: 20,
  generators: [
    {
      generator: "diffWave",
      hyperparameters: { size: "tiny", batchSize: 8, learningRate: 2e-3, averageDecay: 0.99 },
      iterations: 300,
    },
    {
      generator: "timeDiffusion",
      hyperparameters: {
        ...{ size: "tiny", batchSize: 4, learningRate: 2e-3, averageDecay: 0.98 },
        samplingSteps: 10,
      },
      iterations: 100,
    },
    {
      generator: "timeVqVae",
      hyperparameters: { size: "tiny", batchSize: 8, learningRate: 2e-3 },
      iterations: 120,
    },
  ],
  hasAllTogether: true,
  seeds: [1, 2, 3],
};

/** Real signals with growing shares of synthetic ones beside them. */
export const reducedAugmentation = (source: SignalSource): AugmentationExperiment => ({
  ...common,
  name: `Augmentation on ${source.name}`,
  sources: [source],
  settings: besideReal,
  shares: [0.5, 1],
});

/** Learning from synthetic signals first, then from growing shares of real ones. */
export const reducedTransfer = (source: SignalSource): AugmentationExperiment => ({
  ...common,
  name: `Transfer on ${source.name}`,
  sources: [source],
  settings: beforeReal,
  hasAllTogether: false,
  shares: [0.25, 0.5, 1],
});

/** Every other way to train on the one and test on the other. */
export const reducedReplacement = (source: SignalSource): AugmentationExperiment => ({
  ...common,
  name: `Replacement on ${source.name}`,
  sources: [source],
  settings: inPlaceOfReal,
  hasAllTogether: false,
  shares: [1],
});
