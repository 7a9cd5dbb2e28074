import type { SyntheticOrigin } from "./syntheticOrigin.ts";

/** The classes of beats after ANSI/AAMI EC57, in its order. */
export const beatClasses = ["N", "S", "V", "F", "Q"] as const;
export type BeatClass = (typeof beatClasses)[number];

/** Beats of a record by class. */
export type BeatCounts = Readonly<Record<BeatClass, number>>;

export type Sex = "female" | "male";

/** How far the signal of a record can be trusted, by a rule of ours (see `signal/quality`). */
export const qualities = ["good", "doubtful", "poor"] as const;
export type Quality = (typeof qualities)[number];

/** Where a record comes from; `simulated` is the built-in stand-in. */
export const datasets = {
  mitBih: "MIT-BIH Arrhythmia",
  ptbXl: "PTB-XL",
  chapman: "Chapman–Shaoxing–Ningbo",
  ludb: "LUDB",
  qt: "QT Database",
  simulated: "Simulated stand-in",
  other: "Other records",
} as const;
export type Dataset = keyof typeof datasets;

/** What a record is about, as its database says. */
export interface RecordDescription {
  readonly dataset: Dataset;
  /** Unique over all datasets (`mitBih 201`); null where the database does not tell. */
  readonly patient: string | null;
  /** Years; 90 stands for "over 89" where a database hides higher ages. */
  readonly age: number | null;
  readonly sex: Sex | null;
  /** Statements and rhythms: SCP-ECG codes, rhythm texts such as `AFIB`, diagnoses in words. */
  readonly labels: readonly string[];
  /** Likelihood of each label in %, where the database states it. */
  readonly likelihoods: Readonly<Record<string, number>>;
  /** Published fold, from 1. */
  readonly fold: number | null;
  /** Published division into training and test. */
  readonly division: "DS1" | "DS2" | null;
  readonly paced: boolean;
  /** A report in words, empty where there is none. */
  readonly report: string;
  /** What the database says about its noise. */
  readonly noiseNotes: readonly string[];
  /** What made it, where it is no recording of a person. */
  readonly synthetic?: SyntheticOrigin;
}

/** What is known of a record about which no database says anything. */
export const undescribed: RecordDescription = {
  dataset: "other",
  patient: null,
  age: null,
  sex: null,
  labels: [],
  likelihoods: {},
  fold: null,
  division: null,
  paced: false,
  report: "",
  noiseNotes: [],
};

/** One lead as a list shows it. */
export interface LeadSummary {
  readonly name: string;
  readonly unit: string;
  /** Hz */
  readonly samplingFrequency: number;
}

/** A stored record without its samples, so that lists and queries never load them. */
export interface LibraryRecord extends RecordDescription {
  /** SHA-256 of its files as they were imported, and of what was chosen to be kept; the same record is stored once. */
  readonly hash: string;
  readonly name: string;
  /** Name inside the header and of the files. */
  readonly recordName: string;
  /** ms since 1970 */
  readonly importedAt: number;
  /** Hz */
  readonly samplingFrequency: number;
  /** frames */
  readonly length: number;
  readonly leads: readonly LeadSummary[];
  /** Lead in which R peaks were found and beats were cut. */
  readonly analysedLead: string | null;
  /** Annotated beats, or detected ones where there are no annotations. */
  readonly beatCount: number;
  readonly annotationCount: number;
  readonly beatCounts: BeatCounts;
  /** Median rate over the detected R peaks, 1/min. */
  readonly heartRate: number | null;
  readonly quality: Quality;
  readonly comments: readonly string[];
  /** Checksums that do not hold, in words. */
  readonly warnings: readonly string[];
  /** bytes */
  readonly byteSize: number;
  /** Paths, sizes and dates of its files with what was chosen: an import that goes on knows by it what it has. */
  readonly source: string;
}

/** What a record is, in the words by which it is shown. */
export const natures = {
  recorded: "Real record",
  standIn: "Simulated stand-in",
  synthetic: "Synthetic record",
} as const;
export type Nature = keyof typeof natures;

/** Whether a record is one of a person, of the built-in stand-in, or synthetic otherwise. */
export function natureOf({ dataset, synthetic }: Pick<RecordDescription, "dataset" | "synthetic">): Nature {
  if (dataset === "simulated") return "standIn";
  return synthetic === undefined ? "recorded" : "synthetic";
}

/** Whether a record may stand where real ones are asked for: the built-in stand-in may, all else that is synthetic may not. */
export const mayStandForReal = (record: Pick<RecordDescription, "dataset" | "synthetic">): boolean =>
  natureOf(record) !== "synthetic";

/** Length in s. */
export const durationOf = (record: Pick<LibraryRecord, "length" | "samplingFrequency">): number =>
  record.length / record.samplingFrequency;
