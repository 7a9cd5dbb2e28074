import { beatClasses } from "../../domain/libraryRecord.ts";
import { briefAverage, shortened, shortenedSimVanillaGan } from "../shortened.ts";
import {
  type BeatSource,
  type MostPerRecord,
  type PganExperiment,
  pganDefaults,
  type SimGanExperiment,
  simGanDefaults,
} from "./specification.ts";

/** A preset for a form, with the data's thinning beside: the source is not known yet. */
type Quick<Experiment> = Omit<Experiment, "name" | "source"> & Pick<BeatSource, "mostPerRecord">;

/** So many beats of a class from each record, spread evenly over it. */
const few = (most: number): MostPerRecord =>
  Object.fromEntries(beatClasses.map((beatClass) => [beatClass, most]));

/** A narrow network that learns in seconds without a graphics card. */
const quickResNet = {
  architecture: "beatResNet",
  hyperparameters: { width: 0.125, epochs: 4, batchSize: 64, learningRate: 3e-3, patience: 2 },
};
const quickLstm = {
  architecture: "beatLstm",
  hyperparameters: {
    recurrentDepth: 1,
    recurrentUnits: "32",
    stepLength: 12,
    epochs: 4,
    batchSize: 64,
    learningRate: 3e-3,
    patience: 2,
  },
};

/** SimGAN's experiment for a first look, in a few minutes: one class, two generators of dense networks, and all controls. */
export const quickSimGan: Quick<SimGanExperiment> = {
  ...simGanDefaults,
  mostPerRecord: few(60),
  targets: ["V"],
  generators: [
    { generator: "none", hyperparameters: {}, iterations: 0 },
    { generator: "continued", hyperparameters: {}, iterations: 0 },
    { generator: "noise", hyperparameters: {}, iterations: 0 },
    { generator: "oversampled", hyperparameters: {}, iterations: 0 },
    { generator: "simulator", hyperparameters: {}, iterations: 0 },
    shortened("vanillaGan", 400, briefAverage),
    shortenedSimVanillaGan(400, briefAverage),
  ],
  ratios: [1],
  seeds: [1, 2, 3],
  classifier: quickResNet,
};

/** A method of PGAN's experiment by the short training of its generator. */
function quick(method: "gan" | "personalisedGan", name: "vanillaGan" | "personalisedGan") {
  const { hyperparameters, iterations } = shortened(name, 400, briefAverage);
  return { method, hyperparameters, iterations };
}

/** PGAN's experiment for a first look, in a few minutes. */
export const quickPgan: Quick<PganExperiment> = {
  ...pganDefaults,
  mostPerRecord: few(60),
  targets: ["V"],
  methods: [
    { method: "none", hyperparameters: {}, iterations: 0 },
    { method: "continued", hyperparameters: {}, iterations: 0 },
    quick("gan", "vanillaGan"),
    { method: "personalisedLstm", hyperparameters: {}, iterations: 0 },
    quick("personalisedGan", "personalisedGan"),
  ],
  counts: [0, 500],
  seeds: [1],
  classifier: quickLstm,
};
