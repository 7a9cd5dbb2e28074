import { badness, badnessOf, type Direction } from "../../domain/leagueColumns.ts";
import type { Interval } from "../../evaluation/statistics/bootstrap.ts";

export interface Ranked {
  readonly value: number | null;
  readonly interval: Interval | null;
}

/** A place in a column, 1 the best. */
export interface Rank {
  /** By the values as they stand; equal values share the mean of their places. */
  readonly place: number;
  /** The places that the intervals leave open. */
  readonly from: number;
  readonly to: number;
}

/**
 * Ranks of a column. By its interval a row is behind another only where the two do not overlap: `from` counts those that are
 * surely better, `to` those that are not surely worse. A row without an interval is as sure as its value.
 * @returns null for rows without a value
 */
export function ranksOf(rows: readonly Ranked[], better: Direction): (Rank | null)[] {
  const spans = rows.map(({ value, interval }) => {
    if (value === null) return null;
    const own = badness(value, better);
    const span = interval === null ? { low: own, high: own } : badnessOf(interval, better);
    return { own, ...span };
  });
  const known = spans.filter((span) => span !== null);
  return spans.map((span) => {
    if (span === null) return null;
    const count = (isCounted: (other: (typeof known)[number]) => boolean) => known.filter(isCounted).length;
    const ahead = count(({ own }) => own < span.own);
    const equal = count(({ own }) => own === span.own);
    return {
      place: ahead + (equal + 1) / 2,
      from: 1 + count(({ high }) => high < span.low),
      to: known.length - count(({ low }) => low > span.high),
    };
  });
}

/** The mean of the places that there are; null for none. */
export function meanRank(ranks: readonly (Rank | null)[]): number | null {
  const places = ranks.flatMap((rank) => rank?.place ?? []);
  return places.length === 0 ? null : places.reduce((sum, place) => sum + place, 0) / places.length;
}
