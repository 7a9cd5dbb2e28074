import type { BeatClass, BeatCounts, Dataset, Quality, Sex } from "./libraryRecord.ts";

/** Which records of the library are meant; what is absent does not restrict. */
export interface RecordQuery {
  /** Words that must all occur in name, patient, labels, report or comments. */
  readonly text?: string;
  readonly datasets?: readonly Dataset[];
  /** Any of these labels. */
  readonly labels?: readonly string[];
  /** None of these labels. */
  readonly withoutLabels?: readonly string[];
  /** At least one beat of each of these classes. */
  readonly beatClasses?: readonly BeatClass[];
  readonly patients?: readonly string[];
  readonly sexes?: readonly Sex[];
  /** Years, both ends included. */
  readonly age?: { readonly from: number; readonly to: number };
  readonly folds?: readonly number[];
  readonly divisions?: readonly ("DS1" | "DS2")[];
  readonly qualities?: readonly Quality[];
  /** Records of paced patients are left out. */
  readonly withoutPaced?: boolean;
  /** s */
  readonly shortest?: number;
}

export const sides = ["train", "validation", "test"] as const;
export type Side = (typeof sides)[number];

/** Shares of train, validation and test; they sum to 1. */
export type Shares = Readonly<Record<Side, number>>;

/** How the records of a cohort are divided. */
export type Split =
  | { readonly kind: "record"; readonly seed: number; readonly shares: Shares }
  | { readonly kind: "patient"; readonly seed: number; readonly shares: Shares }
  /**
   * As published: DS1 against DS2, with validation patients drawn from DS1; and folds by number. A record that has
   * neither is left out.
   */
  | {
      readonly kind: "published";
      readonly seed: number;
      /** Share of DS1's patients that become validation. */
      readonly validationShare: number;
      readonly validationFolds: readonly number[];
      readonly testFolds: readonly number[];
    }
  /** One patient is tested; validation patients are drawn from the others. */
  | {
      readonly kind: "leaveOnePatientOut";
      readonly seed: number;
      readonly patient: string;
      readonly validationShare: number;
    };

/** A named selection of records with its split; every experiment trains on one. */
export interface Cohort {
  readonly id: string;
  readonly name: string;
  /** ms since 1970 */
  readonly createdAt: number;
  readonly query: RecordQuery;
  readonly split: Split;
  /** Hashes of the records that the query gave when the cohort was saved: the cohort stays what it was. */
  readonly members: readonly string[];
}

/** What stands on one side of a split. */
export interface SideSummary {
  readonly records: number;
  readonly patients: number;
  readonly beats: BeatCounts;
  /** Records by label. */
  readonly labels: Readonly<Record<string, number>>;
}

/** A cohort in numbers. */
export interface CohortSummary {
  readonly whole: SideSummary;
  readonly sides: Readonly<Record<Side, SideSummary>>;
  /** Records that the split can place on no side. */
  readonly leftOut: number;
  /** Members that are not in this library. */
  readonly missing: number;
  /** Patients with records on more than one side. */
  readonly leakingPatients: readonly string[];
  /** Years; null where no record tells. */
  readonly age: { readonly mean: number; readonly standardDeviation: number } | null;
  readonly sexes: Readonly<Record<Sex | "unknown", number>>;
}
