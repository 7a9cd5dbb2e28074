import type { BeatFilter } from "../../domain/beatFilters.ts";
import { type BeatTarget, beatTargets } from "../../domain/beatTargets.ts";
import type { RunEnd } from "../../domain/experiment.ts";
import type { BeatClass } from "../../domain/libraryRecord.ts";
import type { Values } from "../../domain/schema.ts";

/** The most beats of a class that are taken of a record; all where a class is not named. */
export type MostPerRecord = Readonly<Partial<Record<BeatClass, number>>>;

/** The records that an experiment is about, by their hashes. */
export interface BeatSource {
  readonly name: string;
  readonly members: readonly string[];
  readonly lead: string;
  readonly filter: BeatFilter;
  /** Fewer beats to train on, validate on and test with alike; all where not given. */
  readonly mostPerRecord?: MostPerRecord;
}

/** A network with what differs from its defaults, those of its training among them. */
export interface ChosenClassifier {
  readonly architecture: string;
  readonly hyperparameters: Values;
}

/**
 * What stands beside a generator's beats: nothing; nothing but as much training as with added beats; white noise of 1 mV
 * (the paper's); the real beats of the class again.
 */
export const beatControls = ["none", "continued", "noise", "oversampled"] as const;

/** Where added beats come from, with what differs from a generator's defaults. */
export interface ChosenGenerator {
  /** Of the registry, or one of `beatControls`. */
  readonly generator: string;
  readonly hyperparameters: Values;
  /** Iterations of its training. */
  readonly iterations: number;
}

/** On real beats first and then on both (the paper), or once on both (its program). */
export const trainingOrders = ["realThenBoth", "union"] as const;
export type TrainingOrder = (typeof trainingOrders)[number];

interface BeatCellBase {
  readonly target: BeatTarget;
  readonly classifier: ChosenClassifier;
  readonly source: BeatSource;
  /** Share of the training patients that decide when to stop and how many beats are added. */
  readonly validationShare: number;
  /** Of everything that is drawn: validation patients, weights, generated beats. */
  readonly seed: number;
}

/** One class against the rest, trained on DS1 with beats added, tested on DS2 (Golany et al., ICML 2020). */
export interface SimGanCell extends BeatCellBase {
  readonly kind: "SimGAN";
  readonly added: ChosenGenerator;
  /** Added beats over the real ones of the class. */
  readonly ratio: number;
  readonly order: TrainingOrder;
  /**
   * Records 201 and 202 are of one man and stand on different sides of the published division. Kept in training, the test
   * is not by patient; left out, it is.
   */
  readonly keepsSharedPatients: boolean;
}

/** The rows of PGAN's comparison, with our control of the longer training: those that know nothing of the patient, then the personal ones. */
export const pganMethods = {
  none: { title: "No synthesis", generator: null, isPersonal: false },
  continued: { title: "Longer training", generator: null, isPersonal: false },
  gan: { title: "GAN", generator: "vanillaGan", isPersonal: false },
  dcgan: { title: "DCGAN", generator: "dcgan", isPersonal: false },
  ecgGan: { title: "ECG GAN", generator: "ecgGan", isPersonal: false },
  personalisedLstm: { title: "Personalised LSTM", generator: null, isPersonal: true },
  personalisedGan: { title: "Personalised GAN", generator: "personalisedGan", isPersonal: true },
  personalisedDcgan: { title: "Personalised DCGAN", generator: "personalisedDcgan", isPersonal: true },
  pgan: { title: "PGAN", generator: "pgan", isPersonal: true },
} as const satisfies Readonly<
  Record<string, { readonly title: string; readonly generator: string | null; readonly isPersonal: boolean }>
>;
export type PganMethod = keyof typeof pganMethods;
export const pganMethodNames = Object.keys(pganMethods) as PganMethod[];

/** What adds no number of beats that could be chosen, though it is not nothing. */
export const isUncounted = (method: string): boolean =>
  method === "continued" || method === "personalisedLstm";

/** The beginning of the tested patient's record, which a personal method may see without its labels. */
export interface Adaptation {
  /** min */
  readonly minutes: number;
  /** Beats of it that are most probably of the class, by the network trained on the other patients. */
  readonly confidentBeats: number;
}

/** One patient left out and tested (Golany & Radinsky, AAAI 2019). */
export interface PganCell extends BeatCellBase {
  readonly kind: "PGAN";
  readonly method: PganMethod;
  readonly hyperparameters: Values;
  readonly iterations: number;
  /** Added beats. */
  readonly count: number;
  readonly patient: string;
  readonly adaptation: Adaptation;
}

export type BeatCell = SimGanCell | PganCell;

interface BeatExperimentBase {
  readonly name: string;
  readonly targets: readonly BeatTarget[];
  readonly seeds: readonly number[];
  readonly classifier: ChosenClassifier;
  readonly source: BeatSource;
  readonly validationShare: number;
}

export interface SimGanExperiment extends BeatExperimentBase {
  readonly kind: "SimGAN experiment";
  readonly generators: readonly ChosenGenerator[];
  readonly ratios: readonly number[];
  readonly order: TrainingOrder;
  readonly keepsSharedPatients: boolean;
  /** Recall at which precisions are compared. */
  readonly recalls: Readonly<Record<BeatTarget, number>>;
}

/** Patients that are tested for each class. */
export type TestedPatients = Readonly<Partial<Record<BeatTarget, readonly string[]>>>;

export interface ChosenMethod {
  readonly method: PganMethod;
  readonly hyperparameters: Values;
  readonly iterations: number;
}

export interface PganExperiment extends BeatExperimentBase {
  readonly kind: "PGAN experiment";
  readonly methods: readonly ChosenMethod[];
  readonly counts: readonly number[];
  readonly adaptation: Adaptation;
  /** Beats of the class behind the adaptation window that a patient needs to be tested. */
  readonly leastBeats: number;
  /** Who is tested for each class; absent until the beats were looked at: all with enough of them. */
  readonly patients?: TestedPatients;
}

export type BeatExperiment = SimGanExperiment | PganExperiment;

/** Rows of one record in a set of beats. */
export interface BeatOrigin {
  readonly record: string;
  /** Of the record's files, where it is known. */
  readonly hash?: string;
  readonly patient: string;
  readonly division: "DS1" | "DS2" | null;
  readonly paced: boolean;
  readonly count: number;
}

/** Scored beats, record after record. */
export interface ScoredBeats {
  /** Probability of the class. */
  readonly probabilities: Float32Array;
  /** 1 where the beat is of the class. */
  readonly labels: Uint8Array;
  /** Whose the beats are, in their order. */
  readonly origins: readonly BeatOrigin[];
}

export interface ClassCount {
  readonly positive: number;
  readonly negative: number;
}

/** The outcome of a cell. */
export interface BeatCellResult {
  readonly tested: ScoredBeats;
  /** Beats of the validation patients: what is chosen is chosen by them. */
  readonly validated: ScoredBeats;
  /** Real beats that were trained on, validated on and tested on. */
  readonly counts: Readonly<Record<"train" | "validation" | "test", ClassCount>>;
  /** Beats that were added to the real ones. */
  readonly added: number;
  /** Mean distance between generated beats over that between real ones of the class, both from −1 to 1; null for others. */
  readonly diversity?: number | null;
  /** Beats of the adaptation window, and how many of them a personal method used; 0 where there is none. */
  readonly adaptation: { readonly window: number; readonly used: number };
  /** Best validation loss of the last training and its epoch; null where another cell had trained it. */
  readonly best: { readonly epoch: number; readonly loss: number } | null;
}

/** The trainings of a cell: of the classifier on real beats, of the generator, of the classifier on real and added ones. */
export type BeatPhase = "base" | "generator" | "added";

/** A cell that has ended, with its outcome. */
export interface FinishedBeatCell<C extends BeatCell = BeatCell> {
  readonly cell: C;
  readonly result: BeatCellResult;
}

export type BeatCellEnd = Extract<RunEnd, "finished" | "stoppedEarly">;

/** Five runs: fewer tell nothing of the luck of a training. */
const usualSeeds = [1, 2, 3, 4, 5];

/** Widths of the papers' convolutional networks; the workbench offers a quarter of them for a tab. */
const paperWidths: Values = { generatorWidth: "64", discriminatorWidth: "64" };
/** Beats in an update, as the names of the released checkpoints suggest. */
const guidedBatch: Values = { batchSize: 150 };

const usualGenerator = (
  generator: string,
  iterations: number,
  hyperparameters: Values = {},
): ChosenGenerator => ({ generator, hyperparameters, iterations });

/** What the papers' networks have otherwise than the defaults, by generator. */
const paperValues: Readonly<Record<string, Values>> = {
  dcgan: paperWidths,
  ecgGan: paperWidths,
  personalisedDcgan: paperWidths,
  pgan: paperWidths,
};

/** What a file or form need not say of an experiment after SimGAN. Iterations are those of the released checkpoints. */
export const simGanDefaults: Omit<SimGanExperiment, "name" | "source"> = {
  kind: "SimGAN experiment",
  targets: beatTargets,
  generators: [
    usualGenerator("none", 0),
    usualGenerator("continued", 0),
    usualGenerator("noise", 0),
    usualGenerator("oversampled", 0),
    usualGenerator("vanillaGan", 2000),
    usualGenerator("dcgan", 2000, paperWidths),
    usualGenerator("simulator", 0),
    usualGenerator("simVanillaGan", 5000, guidedBatch),
    usualGenerator("simDcgan", 5000, { ...paperWidths, ...guidedBatch }),
    usualGenerator("wgan", 2000, paperWidths),
    usualGenerator("simWgan", 2000, paperWidths),
    usualGenerator("refineGan", 2000, paperWidths),
  ],
  ratios: [0, 0.1, 0.3, 0.5, 0.8, 1, 1.5, 2],
  seeds: usualSeeds,
  order: "realThenBoth",
  keepsSharedPatients: false,
  classifier: { architecture: "beatResNet", hyperparameters: {} },
  validationShare: 0.2,
  recalls: { S: 0.41, V: 0.91, F: 0.6 },
};

/** What a file or form need not say of an experiment after PGAN. */
export const pganDefaults: Omit<PganExperiment, "name" | "source"> = {
  kind: "PGAN experiment",
  targets: beatTargets,
  methods: pganMethodNames.map((method) => ({
    method,
    hyperparameters: paperValues[pganMethods[method].generator ?? ""] ?? {},
    iterations: pganMethods[method].generator === null ? 0 : 2000,
  })),
  counts: [0, 500, 1000, 5000, 8000, 10_000, 15_000, 20_000],
  seeds: usualSeeds,
  classifier: { architecture: "beatLstm", hyperparameters: {} },
  validationShare: 0.2,
  adaptation: { minutes: 5, confidentBeats: 50 },
  leastBeats: 50,
};

/** Training as the authors' programs have it, where a cell does not say otherwise; validation is ours. */
export const trainingDefaults: Readonly<Record<BeatCell["kind"], Values>> = {
  SimGAN: {
    learningRate: 1e-4,
    batchSize: 300,
    epochs: 15,
    evaluateEvery: 1,
    patience: 5,
    maskRatio: 0,
    maxShiftRatio: 0,
  },
  PGAN: {
    learningRate: 2e-4,
    batchSize: 20,
    epochs: 5,
    evaluateEvery: 1,
    patience: 3,
    maskRatio: 0,
    maxShiftRatio: 0,
  },
};
