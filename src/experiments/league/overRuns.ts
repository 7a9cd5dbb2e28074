import type { Interval } from "../../evaluation/statistics/bootstrap.ts";
import { meanOf } from "../../evaluation/statistics/resampling.ts";
import { spreadOf } from "../syntheticBeats/tables.ts";
import type { Ranked } from "./ranks.ts";
import type { Measurement } from "./specification.ts";

/** What has not been measured. */
export const noValue: Ranked = { value: null, interval: null };

/** Mean over the runs; from the lowest to the highest limit of their intervals, which know the beats, and the runs by their spread. */
export function hull(measurements: readonly Measurement[]): Ranked {
  if (measurements.length === 0) return noValue;
  const value = meanOf(measurements.map((each) => each.value));
  const intervals = measurements.flatMap(({ interval }) => interval ?? []);
  if (intervals.length < measurements.length) return { value, interval: null };
  return { value, interval: hullOf(intervals) };
}

const hullOf = (intervals: readonly Interval[]): Interval => ({
  low: Math.min(...intervals.map(({ low }) => low)),
  high: Math.max(...intervals.map(({ high }) => high)),
});

/** Mean over the runs, from the least to the most. */
export function spanOf(values: readonly number[]): Ranked {
  if (values.length === 0) return noValue;
  return {
    value: meanOf(values),
    interval: values.length < 2 ? null : { low: Math.min(...values), high: Math.max(...values) },
  };
}

/** Mean over the runs with Student's interval. */
export function overRuns(values: readonly number[]): Ranked {
  const { mean, interval } = spreadOf(values);
  return { value: mean, interval };
}
