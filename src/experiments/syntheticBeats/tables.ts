import { type Estimate, meanInterval } from "../../evaluation/statistics/bootstrap.ts";
import type { Comparison } from "../../evaluation/statistics/comparison.ts";
import { covarianceOf, meanOf } from "../../evaluation/statistics/resampling.ts";

/** A number over runs or patients. */
export interface Spread {
  readonly values: readonly number[];
  readonly mean: number | null;
  /** n − 1; null for fewer than two. */
  readonly standardDeviation: number | null;
  /** 95 %; null where it cannot be told. */
  readonly interval: Estimate["interval"];
}

/** Names of generators for people, by their keys. */
export type Titles = Readonly<Record<string, string>>;

export interface TableOptions {
  readonly titles?: Titles;
  /** Bootstrap resamples of an interval; 1,000. */
  readonly resamples?: number;
  /** Permutations of a test; 1,999. */
  readonly permutations?: number;
}

export const usualOptions: Required<TableOptions> = { titles: {}, resamples: 1000, permutations: 1999 };

/** Rates lie between 0 and 1, and so do their means. */
export const withinRange = (interval: Estimate["interval"]): Estimate["interval"] =>
  interval && { low: Math.max(0, interval.low), high: Math.min(1, interval.high) };

/** @param interval Student's over the values, where not given */
export function spreadOf(values: readonly number[], interval?: Estimate["interval"]): Spread {
  const isSpread = values.length >= 2;
  return {
    values,
    mean: values.length === 0 ? null : meanOf(values),
    standardDeviation: isSpread ? Math.sqrt(covarianceOf(values, values)) : null,
    interval: withinRange(
      interval === undefined ? (isSpread ? meanInterval(values).interval : null) : interval,
    ),
  };
}

/** The values of a map of the best mean; of equals the first. @returns null for none */
export function bestOf<T>(
  candidates: readonly { readonly key: T; readonly values: readonly number[] }[],
): T | null {
  let best: { readonly key: T; readonly mean: number } | null = null;
  for (const { key, values } of candidates) {
    if (values.length === 0) continue;
    const mean = meanOf(values);
    if (best === null || mean > best.mean) best = { key, mean };
  }
  return best?.key ?? null;
}

/** Undecided comparisons that are named one by one; more are counted. */
const mostNamed = 3;

/** What comparisons with one baseline say and do not say, for a reader who does not read intervals. */
export function verdictsInWords(
  judged: readonly { readonly title: string; readonly comparison: Comparison | null }[],
  { measure, baseline }: { readonly measure: string; readonly baseline: string },
): string {
  const of = (verdict: Comparison["verdict"]) =>
    judged.filter(({ comparison }) => comparison?.verdict === verdict).map(({ title }) => title);
  const [better, worse, undecided] = [of("better"), of("worse"), of("undecided")];
  const isAlone = better.length + worse.length === 0;
  const counted = isAlone
    ? `none of ${undecided.length} differences is decided: all may be chance`
    : `for the ${undecided.length} others the runs do not tell: the differences may be chance`;
  const named = `for ${list(undecided)} the runs do not tell: the difference may be chance`;
  const parts = [
    better.length > 0 ? `${list(better)} raised ${measure}` : "",
    worse.length > 0 ? `${list(worse)} lowered ${better.length > 0 ? "it" : measure}` : "",
    undecided.length === 0 ? "" : undecided.length > mostNamed ? counted : named,
  ].filter((part) => part !== "");
  return parts.length === 0
    ? `Nothing can be compared with ${baseline} yet.`
    : `Against ${baseline}: ${parts.join("; ")}.`;
}

/** What a row is compared with: all baselines, or, where it is one itself, those before it. */
export function baselinesBefore<Baseline extends string>(
  baselines: readonly Baseline[],
  row: string,
): readonly Baseline[] {
  const own = (baselines as readonly string[]).indexOf(row);
  return own < 0 ? baselines : baselines.slice(0, own);
}

/** Beats less different from each other than so much of what real ones are. */
const leastDiversity = 0.5;

/** Generators whose beats are nearly all alike, which a table of gains would hide. */
export function collapsesInWords(
  rows: readonly { readonly title: string; readonly diversity: number | null }[],
): string {
  const collapsed = rows.flatMap(({ title, diversity }) =>
    diversity !== null && diversity < leastDiversity ? [`${title} (${Math.round(100 * diversity)} %)`] : [],
  );
  return collapsed.length === 0
    ? ""
    : `Collapsed: beats of ${list(collapsed)} differ from each other less than half as much as real ones.`;
}

/** A title within a sentence: `Macro F1` becomes `macro F1`. */
export const withinSentence = (title: string): string => title.charAt(0).toLowerCase() + title.slice(1);

export function list(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** `0.912 ± 0.013`; a dash where nothing has ended. */
export function spreadInWords({ mean, standardDeviation }: Spread): string {
  if (mean === null) return "–";
  return standardDeviation === null
    ? mean.toFixed(3)
    : `${mean.toFixed(3)} ± ${standardDeviation.toFixed(3)}`;
}
