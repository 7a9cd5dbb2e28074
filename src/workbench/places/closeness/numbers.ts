import type { DrawnInterval } from "../../../evaluation/closeness/halfSampling.ts";
import type { Interval } from "../../../evaluation/statistics/bootstrap.ts";

/** A number with three significant digits, without powers of ten where that can be avoided. */
export function formatNumber(value: number | null): string {
  if (value === null) return "–";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e5 || size < 5e-4) return value.toExponential(1).replace("-", "−").replace("e+", "e");
  const digits = Math.min(4, Math.max(0, 2 - Math.floor(Math.log10(size))));
  return value.toFixed(digits).replace("-", "−");
}

/** @param reason why there is no interval, where that is known */
export const formatInterval = (interval: Interval | null, reason: string | null = null): string =>
  interval === null ? (reason ?? "") : `${formatNumber(interval.low)} to ${formatNumber(interval.high)}`;

/** What the intervals of measures are for. */
export function intervalWords(entries: readonly Pick<DrawnInterval, "drawn">[]): string {
  return entries.some(({ drawn }) => drawn === "patients")
    ? "Intervals are of 95 % and for other patients and other synthetic rows, from halves of the patients with all of their rows: none where a side has fewer than four patients."
    : "Intervals are of 95 % and for other rows of the same origin, from halves of the rows: they say nothing of other patients.";
}

/** A share in %. */
export const formatShare = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;

/** `signal` is the unit of the rows. */
export const unitOf = (unit: string, ofRows: string): string => unit.replace("signal", ofRows);
