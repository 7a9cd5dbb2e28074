import type { Interval } from "../evaluation/statistics/bootstrap.ts";

export const columnGroups = {
  closeness: "Closeness",
  usefulness: "Usefulness",
  privacy: "Privacy",
  cost: "Cost",
} as const;
export type ColumnGroup = keyof typeof columnGroups;
export const columnGroupNames = Object.keys(columnGroups) as ColumnGroup[];

/** Which values are good: small or large ones, or those near a half or one. */
export type Direction = "lower" | "higher" | "nearHalf" | "nearOne";

export interface LeagueColumn {
  readonly group: ColumnGroup;
  readonly title: string;
  readonly better: Direction;
  /** What it says, in a sentence. */
  readonly says: string;
}

/** The columns of the table, group after group. */
export const leagueColumns = {
  gaussianDiscrepancy: {
    group: "closeness",
    title: "MMD²",
    better: "lower",
    says: "Squared maximum mean discrepancy of the samples, with one Gaussian kernel: 0 on average for equal distributions.",
  },
  energy: {
    group: "closeness",
    title: "Energy distance",
    better: "lower",
    says: "How much farther synthetic beats lie from real ones than beats of each set from their own.",
  },
  frechetOfFeatures: {
    group: "closeness",
    title: "Fréchet distance",
    better: "lower",
    says: "How far mean and covariance lie apart in what a fixed classifier sees, trained on the training patients.",
  },
  toldApart: {
    group: "closeness",
    title: "Told apart",
    better: "nearHalf",
    says: "Share of right answers of a classifier that tells synthetic from real beats of tested patients; a half is guessing.",
  },
  coverage: {
    group: "closeness",
    title: "Coverage",
    better: "higher",
    says: "Share of real beats with a synthetic one among their nearest: small where variety is lost.",
  },
  density: {
    group: "closeness",
    title: "Density",
    better: "nearOne",
    says: "How often synthetic beats lie where real ones are dense; 1 on average for equal distributions.",
  },
  gain: {
    group: "usefulness",
    title: "Over real alone",
    better: "higher",
    says: "Macro F1 on tested patients after training on real and synthetic beats, less that after real beats alone.",
  },
  gainOverRepeated: {
    group: "usefulness",
    title: "Over real repeated",
    better: "higher",
    says: "The same, less that after as many repeated real beats: what the new beats themselves are worth.",
  },
  alone: {
    group: "usefulness",
    title: "Synthetic alone",
    better: "higher",
    says: "Macro F1 on tested patients after training on synthetic beats alone.",
  },
  nearer: {
    group: "privacy",
    title: "Nearer to training",
    better: "nearHalf",
    says: "Share of beats nearer to a training beat than to any of other patients, as many of both; a half is fair.",
  },
  membership: {
    group: "privacy",
    title: "Membership",
    better: "nearHalf",
    says: "Area under the curve of guessing who was in the training set by the nearest synthetic beat; a half is guessing.",
  },
  copies: {
    group: "privacy",
    title: "Copies",
    better: "lower",
    says: "Share of beats less than half as far from a training beat as from any beat of other patients.",
  },
  trainingSeconds: {
    group: "cost",
    title: "Training, s",
    better: "lower",
    says: "Time of training, of the machine that computed it.",
  },
  beatMilliseconds: {
    group: "cost",
    title: "A beat, ms",
    better: "lower",
    says: "Time for a beat, many drawn at once, of the machine that computed it.",
  },
  parameters: {
    group: "cost",
    title: "Parameters",
    better: "lower",
    says: "Trained numbers of all networks that make the beats.",
  },
} as const satisfies Readonly<Record<string, LeagueColumn>>;

export type ColumnKey = keyof typeof leagueColumns;
export const columnKeys = Object.keys(leagueColumns) as ColumnKey[];

export const columnOf = (key: ColumnKey): LeagueColumn => leagueColumns[key];

/** How bad a value is: larger is worse, whichever way the column runs. */
export function badness(value: number, better: Direction): number {
  if (better === "nearHalf") return Math.abs(value - 0.5);
  if (better === "nearOne") return Math.abs(value - 1);
  return better === "higher" ? -value : value;
}

/** The badness that an interval of values spans. */
export function badnessOf({ low, high }: Interval, better: Direction): Interval {
  const ends = [badness(low, better), badness(high, better)];
  const best = better === "nearHalf" ? 0.5 : better === "nearOne" ? 1 : null;
  const holdsBest = best !== null && low <= best && high >= best;
  return { low: holdsBest ? 0 : Math.min(...ends), high: Math.max(...ends) };
}

/** A number in a cell: as many digits as its size bears. */
export function numberInWords(value: number | null): string {
  if (value === null) return "–";
  const size = Math.abs(value);
  return size >= 100 ? value.toFixed(0) : size >= 10 ? value.toFixed(1) : value.toFixed(3);
}
