/** What is said of every measurement. */
interface Named {
  readonly name: string;
  readonly unit: string;
  /** What the baseline is. */
  readonly baseline: string;
}

/** A measurement of speed or size beside a named baseline that is measured in the same run. */
export interface Benchmark extends Named {
  readonly better: "higher" | "lower";
  measure(): number | Promise<number>;
  measureBaseline(): number | Promise<number>;
  /** The least that `measure` may be as a multiple of the baseline (its inverse where lower is better). */
  readonly atLeastRatio?: number;
}

/** A measurement that takes turns with its baseline, so that what else the machine does slows both. Higher is better. */
export interface PairedBenchmark extends Named {
  readonly atLeastRatio: number;
  /** Both, the baseline null where it fails. */
  measureBoth(): Promise<{ readonly value: number; readonly against: number | null }>;
}

export type AnyBenchmark = Benchmark | PairedBenchmark;
