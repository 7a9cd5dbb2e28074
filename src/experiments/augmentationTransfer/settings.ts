/** The kinds of signals that a cell's classifier is trained on, first and then, and what it is tested on. */
export interface AugmentationSetting {
  /** As tables call it: what it learns from → what it is tested on. */
  readonly title: string;
  /** Its name in the authors' program; null for what they lack. */
  readonly code: string | null;
  /** The question that it answers, in a sentence. */
  readonly says: string;
  /** What is trained on first, before the training that counts; null where there is one training. */
  readonly before: "synthetic" | null;
  readonly train: "real" | "synthetic" | "both" | "repeated" | "weighted" | "origin";
  /**
   * Where real signals are repeated or weighted: up to the counts that synthetic ones would give beside them, or each class up to
   * the largest one. Null where neither is done.
   */
  readonly counts: "beside" | "largest" | null;
  /** Decides when training stops. */
  readonly validation: "real" | "synthetic" | "origin";
  readonly test: "real" | "synthetic" | "origin";
  /** What grows from cell to cell: real training signals, synthetic ones, or as many of both. */
  readonly grows: "real" | "synthetic" | "both";
}

/**
 * The settings of Núñez et al. 2024, with the controls that they lack: real signals repeated, or weighted in the loss, so that
 * more data and balanced data are told apart. For augmentation they have the class counts that synthetic ones would give; for
 * transfer a share of the real ones is levelled to its largest class, for what is learned first is balanced.
 */
export const augmentationSettings = {
  realToReal: {
    title: "Real → real",
    code: "TrRTeR",
    says: "What real signals alone give: the baseline.",
    before: null,
    train: "real",
    counts: null,
    validation: "real",
    test: "real",
    grows: "real",
  },
  repeatedToReal: {
    title: "Real, repeated → real",
    code: null,
    says: "What equal class counts give without any new signal: the control.",
    before: null,
    train: "repeated",
    counts: "beside",
    validation: "real",
    test: "real",
    grows: "synthetic",
  },
  weightedToReal: {
    title: "Real, weighted → real",
    code: null,
    says: "What equal class counts give by the weights of the loss alone, in as many steps as without: a second control.",
    before: null,
    train: "weighted",
    counts: "beside",
    validation: "real",
    test: "real",
    grows: "synthetic",
  },
  bothToReal: {
    title: "Real and synthetic → real",
    code: "TrRSTeR",
    says: "Whether synthetic signals beside the real ones help: augmentation.",
    before: null,
    train: "both",
    counts: null,
    validation: "real",
    test: "real",
    grows: "synthetic",
  },
  syntheticToReal: {
    title: "Synthetic → real",
    code: "TrSTeR",
    says: "Whether synthetic signals can stand in for real ones.",
    before: null,
    train: "synthetic",
    counts: null,
    validation: "synthetic",
    test: "real",
    grows: "synthetic",
  },
  realToSynthetic: {
    title: "Real → synthetic",
    code: "TrRTeS",
    says: "Whether synthetic signals show their classes to who knows the real ones.",
    before: null,
    train: "real",
    counts: null,
    validation: "real",
    test: "synthetic",
    grows: "real",
  },
  syntheticToSynthetic: {
    title: "Synthetic → synthetic",
    code: "TrSTeS",
    says: "How far apart the synthetic classes are from each other.",
    before: null,
    train: "synthetic",
    counts: null,
    validation: "synthetic",
    test: "synthetic",
    grows: "synthetic",
  },
  levelledToReal: {
    title: "Real, levelled by repeating → real",
    code: null,
    says: "What a share of the real signals gives with its rare classes repeated up to its largest: the control of transfer.",
    before: null,
    train: "repeated",
    counts: "largest",
    validation: "real",
    test: "real",
    grows: "real",
  },
  levelledWeightsToReal: {
    title: "Real, levelled by weights → real",
    code: null,
    says: "The same by the weights of the loss alone: a second control of transfer.",
    before: null,
    train: "weighted",
    counts: "largest",
    validation: "real",
    test: "real",
    grows: "real",
  },
  tunedToReal: {
    title: "Synthetic, then real → real",
    code: "fine-tuning",
    says: "Whether learning from synthetic signals first helps where real ones are few: transfer.",
    before: "synthetic",
    train: "real",
    counts: null,
    validation: "real",
    test: "real",
    grows: "real",
  },
  realOrSynthetic: {
    title: "Real or synthetic?",
    code: "TrRSTeRS",
    says: "Whether a classifier tells synthetic signals from real ones: the two-sample test.",
    before: null,
    train: "origin",
    counts: null,
    validation: "origin",
    test: "origin",
    grows: "both",
  },
} as const satisfies Readonly<Record<string, AugmentationSetting>>;

export type AugmentationSettingName = keyof typeof augmentationSettings;

export const augmentationSettingNames = Object.keys(augmentationSettings) as AugmentationSettingName[];

export const settingNamed = (name: AugmentationSettingName): AugmentationSetting =>
  augmentationSettings[name];

/** Whether a setting gives real signals the class counts that synthetic ones would give. */
export const isControl = (name: AugmentationSettingName): boolean => settingNamed(name).counts === "beside";

/** Whether a setting levels the classes of a share of the real signals. */
export const isLevelled = (name: AugmentationSettingName): boolean => settingNamed(name).counts === "largest";

/** Whether a setting needs synthetic signals. */
export function usesSynthetic(name: AugmentationSettingName): boolean {
  const { before, train, test } = settingNamed(name);
  return (
    before === "synthetic" ||
    train === "synthetic" ||
    train === "both" ||
    train === "origin" ||
    test === "synthetic"
  );
}
