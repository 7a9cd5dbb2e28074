/** A measurement of speed or size beside a named baseline that is measured in the same run. */
export interface Benchmark {
  readonly name: string;
  readonly unit: string;
  readonly better: "higher" | "lower";
  /** What `measureBaseline` measures. */
  readonly baseline: string;
  measure(): number | Promise<number>;
  measureBaseline(): number | Promise<number>;
  /** The least that `measure` may be as a multiple of the baseline (its inverse where lower is better). */
  readonly atLeastRatio?: number;
}
