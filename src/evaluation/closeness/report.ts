import { Failure } from "../../domain/failure.ts";
import { createRandom, type Random } from "../../signal/random.ts";
import { requireCount, requireShare } from "../checks.ts";
import type { Interval } from "../statistics/bootstrap.ts";
import { meanOf, quantileOf } from "../statistics/resampling.ts";
import { drawnComparisons, halfSampleInterval, halvesOf, shuffled, splitOf } from "./halfSampling.ts";
import { type ClosenessKey, closenessMeasures } from "./index.ts";
import { type ClosenessMeasure, type Pool, poolOf, positionsOf } from "./measure.ts";
import { type Memorisation, type MemorisationOptions, memorisation } from "./memorisation.ts";
import { rowsAt, type SignalRows } from "./signalRows.ts";
import { finishWithPauses, type Pace, type Work } from "./work.ts";

export interface ClosenessOptions extends Pace {
  /** Hz */
  readonly samplingFrequency: number;
  /** Those to compute, in this order; all of the registry. */
  readonly measures?: readonly ClosenessKey[];
  /** Rows of each set, drawn at random where there are more; as many as each measure can take. */
  readonly mostRows?: number;
  /** Half samples, and splits of the real rows; 100. */
  readonly draws?: number;
  /** Of the intervals; 0.95. */
  readonly level?: number;
  /** Of the random numbers; 1. */
  readonly seed?: number;
  /** The check for copies of training rows, where there are rows that the generator has never seen. */
  readonly memorisation?: MemorisationOptions & {
    readonly training: SignalRows;
    readonly heldOut: SignalRows;
  };
  /** Called with every entry as soon as it is there. */
  readonly onEntry?: (entry: ClosenessEntry) => void;
}

/** What a measure says of a synthetic and a real set. */
export interface ClosenessEntry {
  readonly key: ClosenessKey;
  /** Of as many synthetic as real rows; null where it does not exist. */
  readonly value: number | null;
  /** What other rows of the same origin would give, from half samples. */
  readonly interval: Interval | null;
  /** Mean of synthetic against real half samples: what `floor` is to be compared with, as values depend on the number of rows. */
  readonly valueOfHalves: number | null;
  /** Mean of real against other real rows, both half as many: what a perfect generator would give. */
  readonly floor: number | null;
  /** Where that lies for most splits of the real rows. */
  readonly floorInterval: Interval | null;
  /** Rows of each set. */
  readonly rows: number;
  /** Why there is no value; null where there is one. */
  readonly reason: string | null;
}

export interface ClosenessReport {
  readonly outcome: "finished" | "cancelled";
  /** Those that were reached. */
  readonly entries: readonly ClosenessEntry[];
  /** null where it was not asked for, or not reached. */
  readonly memorisation: Memorisation | null;
}

/**
 * Measures of closeness, each with its interval and with what the real rows have among themselves. The same seed gives
 * the same report.
 * @throws Failure for too few rows, or rows of different lengths
 */
export async function closenessReport(
  synthetic: SignalRows,
  real: SignalRows,
  options: ClosenessOptions,
): Promise<ClosenessReport> {
  const keys = options.measures ?? (Object.keys(closenessMeasures) as ClosenessKey[]);
  const { seed = 1, draws = 100, level = 0.95 } = options;
  requireCount(draws, "the number of draws", 20);
  requireShare(level, "the level");
  const poolOfSize = pools(synthetic, real, options.samplingFrequency, createRandom(seed));
  const most = Math.min(synthetic.count, real.count, options.mostRows ?? Number.POSITIVE_INFINITY);
  const entries: ClosenessEntry[] = [];
  for (const key of keys) {
    const measure: ClosenessMeasure = closenessMeasures[key];
    const rows = Math.min(most, measure.mostRows(real.length));
    // Each measure draws its own halves, so that none depends on which others were chosen.
    const found = await finishWithPauses(
      rows < 2 * measure.leastRows
        ? nothing(key, rows, tooFew(measure, most))
        : entryOf(key, poolOfSize(rows), { draws, level, random: createRandom(seed, 1) }),
      options,
    );
    if (found === null) return { outcome: "cancelled", entries, memorisation: null };
    entries.push(found.result);
    options.onEntry?.(found.result);
  }
  if (options.memorisation === undefined) return { outcome: "finished", entries, memorisation: null };
  const { training, heldOut, ...rest } = options.memorisation;
  const found = await finishWithPauses(
    memorisation(synthetic, training, heldOut, { seed, ...rest }),
    options,
  );
  return found === null
    ? { outcome: "cancelled", entries, memorisation: null }
    : { outcome: "finished", entries, memorisation: found.result };
}

/** The first rows of both sets in random order, by their number; a pool is made once, so that its distances are too. */
function pools(
  synthetic: SignalRows,
  real: SignalRows,
  samplingFrequency: number,
  random: Random,
): (rows: number) => Pool {
  // All rows are checked at once, not only those that are drawn.
  poolOf(synthetic, real, samplingFrequency);
  const [first, second] = [synthetic, real].map(({ count }) => shuffled(positionsOf(0, count), random));
  const made = new Map<number, Pool>();
  return (rows) => {
    const known = made.get(rows);
    if (known !== undefined) return known;
    const [one, other] = [rowsAt(synthetic, first.subarray(0, rows)), rowsAt(real, second.subarray(0, rows))];
    const pool = poolOf(one, other, samplingFrequency);
    made.set(rows, pool);
    return pool;
  };
}

interface Drawing {
  readonly draws: number;
  readonly level: number;
  readonly random: Random;
}

function* entryOf(key: ClosenessKey, pool: Pool, { draws, level, random }: Drawing): Work<ClosenessEntry> {
  const rows = pool.synthetic;
  const measure: ClosenessMeasure = closenessMeasures[key];
  try {
    const compare = yield* measure.prepare(pool);
    const [synthetic, real] = [positionsOf(0, rows), positionsOf(rows, pool.rows.count)];
    const value = compare(synthetic, real);
    const halves = yield* drawnComparisons(compare, () => halvesOf(synthetic, real, random), draws);
    const splits = yield* drawnComparisons(compare, () => splitOf(real, random), draws);
    if (value === null) return yield* nothing(key, rows, "It does not exist for these rows.");
    const tail = (1 - level) / 2;
    const sorted = Float64Array.from(splits).sort();
    return {
      key,
      value,
      interval: halfSampleInterval(value, halves, draws, level, measure.range),
      valueOfHalves: halves.length > 0 ? meanOf(halves) : null,
      floor: splits.length > 0 ? meanOf(splits) : null,
      floorInterval:
        splits.length > 0 ? { low: quantileOf(sorted, tail), high: quantileOf(sorted, 1 - tail) } : null,
      rows,
      reason: null,
    };
  } catch (error) {
    // Rows that one measure cannot take are no reason to lose the others.
    if (error instanceof Failure) return yield* nothing(key, rows, error.describe());
    throw error;
  }
}

// biome-ignore lint/correctness/useYield: there is no work, but it stands where work is expected.
function* nothing(key: ClosenessKey, rows: number, reason: string): Work<ClosenessEntry> {
  const none = { value: null, interval: null, valueOfHalves: null, floor: null, floorInterval: null };
  return { key, ...none, rows, reason };
}

function tooFew({ leastRows }: ClosenessMeasure, most: number): string {
  return most < 2 * leastRows
    ? `There are ${most} rows of each set; with halves it needs ${2 * leastRows}.`
    : "The rows are too long for so costly a measure; cut them into beats.";
}
