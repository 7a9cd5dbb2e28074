import type { ClosenessEntry } from "./report.ts";

/** Where a value lies between other real patients and noise. */
export interface ScalePlace {
  /** 0 where real patients are or nearer, 1 where noise is or farther. */
  readonly share: number;
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

/** Shares of the way up to which a value is near, and in between. */
const [nearShare, betweenShare] = [0.2, 0.5];

/**
 * The place of a value on the way from the near to the far anchor, whichever of them is larger. Within the interval of the
 * near anchor, or on its other side, it cannot be told from real patients.
 * @returns null where an anchor is missing, or both are equal
 */
export function placeOf({
  value,
  near,
  far,
  nearInterval,
}: Pick<ClosenessEntry<string>, "value" | "near" | "far" | "nearInterval">): ScalePlace | null {
  if (value === null || near === null || far === null || near === far) return null;
  const way = (value - near) / (far - near);
  const share = Math.min(1, Math.max(0, way));
  const isWithin = nearInterval !== null && value >= nearInterval.low && value <= nearInterval.high;
  if (isWithin || way <= 0) return { share, verdict: "real" };
  return { share, verdict: share <= nearShare ? "near" : share <= betweenShare ? "between" : "far" };
}

/** How many values lie where. */
export function verdictCounts(places: readonly (ScalePlace | null)[]): Readonly<Record<Verdict, number>> {
  const counts = { real: 0, near: 0, between: 0, far: 0 };
  for (const place of places) if (place !== null) counts[place.verdict]++;
  return counts;
}
