import type { RunEnd } from "../../domain/experiment.ts";
import type { Interval } from "../../evaluation/statistics/bootstrap.ts";
import type { SignalDivision, SignalSource } from "../augmentationTransfer/specification.ts";
import type { ChosenClassifier, ChosenGenerator } from "../syntheticBeats/specification.ts";

interface LeagueBase {
  /** Real beats of one database, or of virtual patients. */
  readonly source: SignalSource;
  /** AAMI classes. */
  readonly classes: readonly string[];
  readonly lead: string;
  /** Real beats of each class that are used at most, drawn evenly over the source. */
  readonly mostSignals: number;
  /** The same for all runs: generators see the training side alone. */
  readonly division: SignalDivision;
  /** Tells the classes apart, to measure what synthetic beats are worth. */
  readonly classifier: ChosenClassifier;
  /** Synthetic beats of each class that are drawn. */
  readonly beatsPerClass: number;
}

/** One contestant in one run. Two cells with the same specification are the same cell. */
export interface LeagueCell extends LeagueBase {
  readonly kind: "League of generators";
  readonly contestant: ChosenGenerator;
  /** Of the generator's training, of what is drawn from it and of the classifiers. */
  readonly seed: number;
}

/** Every contestant in every run. */
export interface LeagueExperiment extends LeagueBase {
  readonly kind: "League of generators experiment";
  readonly name: string;
  /** The references take part beside them. */
  readonly generators: readonly ChosenGenerator[];
  readonly seeds: readonly number[];
}

/** What is measured of a class: the samples in mV, features of a fixed classifier, and a classifier's right answers. */
export const closenessKeys = [
  "gaussianDiscrepancy",
  "energy",
  "frechetOfFeatures",
  "toldApart",
  "coverage",
  "density",
] as const;
export type LeagueCloseness = (typeof closenessKeys)[number];

/** A number with its interval over the beats; null where it does not exist. */
export interface Measurement {
  readonly value: number;
  readonly interval: Interval | null;
}

export type ClassCloseness = Readonly<Record<LeagueCloseness, Measurement | null>>;

/** Whether beats are copies of training beats; held-out patients are the yardstick. */
export interface LeaguePrivacy {
  /** Share of the beats nearer to a training than to any held-out beat, as many of both; a half is fair. */
  readonly nearer: Measurement;
  /** Area under the curve of guessing training beats by their nearest synthetic one; a half is guessing. */
  readonly membership: Measurement;
  /** Share of the beats less than half as far from a training beat as from any held-out one. */
  readonly copies: Measurement;
  /** Of so many copies or near beats, were training and held-out patients exchangeable; after Holm. */
  readonly probability: number;
  readonly isMemorising: boolean;
}

/** Of the machine that computed the cell. */
export interface LeagueCost {
  /** s of training; 0 where nothing is trained. */
  readonly trainingSeconds: number;
  /** ms for a beat, drawn many at once. */
  readonly beatMilliseconds: number;
  /** Numbers that are trained in all networks that make beats. */
  readonly parameters: number;
}

/** Logits of three classifiers on the same beats of tested patients, `[count, classes]`. */
export interface LeagueScores {
  /** Trained on real beats alone. */
  readonly real: Float32Array;
  /** On real and synthetic ones. */
  readonly both: Float32Array;
  /** On synthetic ones alone. */
  readonly synthetic: Float32Array;
  readonly labels: Uint8Array;
  readonly patients: readonly string[];
}

export interface LeagueResult {
  /** By class. */
  readonly closeness: Readonly<Record<string, ClassCloseness>>;
  readonly privacy: LeaguePrivacy;
  readonly cost: LeagueCost;
  readonly scores: LeagueScores;
  /** Real beats of each class that were trained on, and patients on each side. */
  readonly counts: {
    readonly train: readonly number[];
    readonly trainPatients: number;
    readonly testPatients: number;
  };
}

export interface FinishedLeagueCell {
  readonly cell: LeagueCell;
  readonly result: LeagueResult;
}

export type LeagueEnd = Extract<RunEnd, "finished">;

const of = (generator: string, iterations: number): ChosenGenerator => ({
  generator,
  hyperparameters: {},
  iterations,
});

/** What a file or form need not say: every generator at the size and length that its own program or ours has. */
export const leagueDefaults: Omit<LeagueExperiment, "name" | "source"> = {
  kind: "League of generators experiment",
  classes: ["N", "V"],
  lead: "MLII",
  mostSignals: 4000,
  division: { byPatient: true, testShare: 0.3, validationShare: 0.2, seed: 1 },
  classifier: { architecture: "beatResNet", hyperparameters: {} },
  beatsPerClass: 1000,
  generators: [
    of("gaussian", 0),
    of("simulator", 0),
    of("vanillaGan", 5000),
    of("dcgan", 5000),
    of("ecgGan", 5000),
    of("wgan", 5000),
    of("simVanillaGan", 5000),
    of("simDcgan", 5000),
    of("simWgan", 5000),
    of("refineGan", 5000),
    of("diffWave", 20_000),
    of("timeDiffusion", 20_000),
    of("timeVqVae", 20_000),
  ],
  seeds: [1, 2, 3, 4, 5],
};
