import type { Interval } from "../statistics/bootstrap.ts";
import type { ClosenessMeasure } from "./measure.ts";
import type { ClosenessEntry } from "./report.ts";

/** Where a value lies between other real patients and noise. */
export interface ScalePlace {
  /** 0 where real patients are or nearer, 1 where noise is or farther. */
  readonly share: number;
  /** The same of the ends of its interval, in rising order; both as `share` without one. */
  readonly low: number;
  readonly high: number;
  readonly verdict: Verdict;
}

/** In words; from near to far. */
export const verdicts = {
  real: "as other real patients",
  near: "near them",
  between: "in between",
  far: "nearer to noise",
} as const;
export type Verdict = keyof typeof verdicts;

/**
 * The verdict in words. Of patients that a generator has learned from there is none: to be near them says nothing of others.
 * @param none what is said where there is no place
 */
export function verdictWords(place: ScalePlace | null, isUnseen: boolean, none: string): string {
  if (!isUnseen) return "learned from these";
  return place === null ? none : verdicts[place.verdict];
}

type Placed = Pick<ClosenessEntry<string>, "value" | "interval" | "near" | "far" | "nearInterval">;
type Better = ClosenessMeasure["better"];

/** Shares of the way up to which a value is near, and in between. */
const [nearShare, betweenShare] = [0.2, 0.5];
/** Ratios below count as this. */
const leastRatio = 1e-3;

/** How bad a value is: larger is worse, whichever way the measure runs. */
function badness(value: number, better: Better): number {
  if (better === "nearOne") return Math.abs(Math.log(Math.max(leastRatio, value)));
  return better === "higher" ? -value : value;
}

/** The interval of badness that an interval of values has. */
function badnessOf({ low, high }: Interval, better: Better): Interval {
  const ends = [badness(low, better), badness(high, better)];
  const holdsBest = better === "nearOne" && low <= 1 && high >= 1;
  return { low: holdsBest ? 0 : Math.min(...ends), high: Math.max(...ends) };
}

/**
 * The place of a value on the way from the near to the far anchor. What is no worse than the worst that the near anchor's
 * interval holds cannot be told from real patients, unless that interval reaches more than half of the way to noise.
 * @returns null where an anchor is missing, or noise is no worse than real patients: the measure does not see the difference
 */
export function placeOf(
  { value, interval, near, far, nearInterval }: Placed,
  better: Better,
): ScalePlace | null {
  if (value === null || near === null || far === null) return null;
  const [own, from, to] = [value, near, far].map((each) => badness(each, better));
  if (to <= from) return null;
  const shareOf = (each: number) => Math.min(1, Math.max(0, (each - from) / (to - from)));
  const share = shareOf(own);
  const spread = interval === null ? { low: own, high: own } : badnessOf(interval, better);
  const limit = nearInterval === null ? from : badnessOf(nearInterval, better).high;
  const verdict =
    own <= from || (own <= limit && share <= betweenShare)
      ? "real"
      : share <= nearShare
        ? "near"
        : share <= betweenShare
          ? "between"
          : "far";
  return { share, low: shareOf(spread.low), high: shareOf(spread.high), verdict };
}

/** How many values lie where. */
export function verdictCounts(places: readonly (ScalePlace | null)[]): Readonly<Record<Verdict, number>> {
  const counts = { real: 0, near: 0, between: 0, far: 0 };
  for (const place of places) if (place !== null) counts[place.verdict]++;
  return counts;
}
