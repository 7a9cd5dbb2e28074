import { Failure } from "../../domain/failure.ts";
import { createRandom, type Random } from "../../signal/random.ts";
import { requireCount, requireShare } from "../checks.ts";
import type { Interval } from "../statistics/bootstrap.ts";
import { meanOf, quantileOf } from "../statistics/resampling.ts";
import { type DrawnPool, drawnPools, type OwnedRows, type PoolOfSize } from "./drawnPools.ts";
import { type DrawnInterval, drawnComparisons, drawnInterval, halvesOf, splitOf } from "./halfSampling.ts";
import { type ClosenessKey, closenessMeasures } from "./index.ts";
import { type ClosenessMeasure, type GroupComparison, positionsOf } from "./measure.ts";
import { type Memorisation, type MemorisationOptions, memorisation } from "./memorisation.ts";
import { permutationProbability } from "./permutationTest.ts";
import type { SignalRows } from "./signalRows.ts";
import { finishWithPauses, type Pace, type Work } from "./work.ts";

/** Rows that stand for the ends of a measure's scale. Each is compared with the real rows just as the synthetic rows are. */
export interface Anchors {
  /** Other real rows, of other patients: what a generator would reach that draws from real patients. */
  readonly near: SignalRows;
  /** Noise with the spectrum of the real rows, and white noise for the measures that see nothing but the spectrum. */
  readonly far: SignalRows;
  readonly white: SignalRows;
}

/** The patient of each row of a set. */
type Owners = ArrayLike<string | number>;

export interface ClosenessOptions<Key extends string = ClosenessKey> extends Pace {
  /** Hz */
  readonly samplingFrequency: number;
  /** The measures that there are; those of whole rows. */
  readonly registry?: Readonly<Record<Key, ClosenessMeasure>>;
  /** Those to compute, in this order; all of the registry. */
  readonly measures?: readonly Key[];
  /** Rows of each set, drawn at random where there are more; as many as each measure can take. */
  readonly mostRows?: number;
  /** Half samples, and splits of the real rows; 100. */
  readonly draws?: number;
  /** Shuffles of a test by permutation; 200. */
  readonly permutations?: number;
  /** Of the intervals; 0.95. */
  readonly level?: number;
  /** Of the random numbers; 1. */
  readonly seed?: number;
  readonly anchors?: Anchors;
  /**
   * Of the rows of the real set and of the near anchor. Rows of a patient are alike: where they have several each, halves
   * are of the patients with all of their rows, and intervals are for other patients. Synthetic rows are of nobody.
   */
  readonly patients?: { readonly real: Owners; readonly near?: Owners };
  /** The check for copies of training rows, where there are rows that the generator has never seen. */
  readonly memorisation?: MemorisationOptions & {
    readonly training: SignalRows;
    readonly heldOut: SignalRows;
  };
  /** Called with every entry as soon as it is there. */
  readonly onEntry?: (entry: ClosenessEntry<Key>) => void;
}

/** What a measure says of a synthetic and a real set. */
export interface ClosenessEntry<Key extends string = ClosenessKey> extends DrawnInterval {
  readonly key: Key;
  /** Of as many synthetic as real rows; null where it does not exist. */
  readonly value: number | null;
  /** Mean of synthetic against real half samples: what `floor` is to be compared with, as values depend on the number of rows. */
  readonly valueOfHalves: number | null;
  /**
   * Mean of real against other real rows, both half as many, of other patients where these are known: what a perfect
   * generator would give.
   */
  readonly floor: number | null;
  /** Where that lies for most splits of the real rows. */
  readonly floorInterval: Interval | null;
  /** What the near and the far anchor have in place of the synthetic rows; null without anchors. */
  readonly near: number | null;
  readonly nearInterval: Interval | null;
  /** As `intervalReason`, of the near anchor. */
  readonly nearIntervalReason?: string | null;
  readonly far: number | null;
  /**
   * Of so large a value were synthetic and real rows of one distribution, and of that of the near anchor: null where the
   * measure is not tested. See `permutationProbability` for what patients do to it.
   */
  readonly probability: number | null;
  readonly nearProbability: number | null;
  /** Rows of each set. */
  readonly rows: number;
  /** Why there is no value; null where there is one. */
  readonly reason: string | null;
  /** What must be known of the value; absent where nothing must. */
  readonly note?: string;
}

export interface ClosenessReport<Key extends string = ClosenessKey> {
  readonly outcome: "finished" | "cancelled";
  /** Those that were reached. */
  readonly entries: readonly ClosenessEntry<Key>[];
  /** null where it was not asked for, or not reached. */
  readonly memorisation: Memorisation | null;
}

/**
 * Measures of closeness, each with its interval and with what the real rows have among themselves. The same seed gives
 * the same report.
 * @throws Failure for too few rows, or rows of different lengths
 */
export async function closenessReport<Key extends string = ClosenessKey>(
  synthetic: SignalRows,
  real: SignalRows,
  options: ClosenessOptions<Key>,
): Promise<ClosenessReport<Key>> {
  const registry = (options.registry ?? closenessMeasures) as Readonly<Record<Key, ClosenessMeasure>>;
  const keys = options.measures ?? (Object.keys(registry) as Key[]);
  const { seed = 1, draws = 100, permutations = 200, level = 0.95, anchors, patients } = options;
  requireCount(draws, "the number of draws", 20);
  requireShare(level, "the level");
  const owned = { rows: real, patients: patients?.real };
  const poolOfSize = (set: OwnedRows) => drawnPools(set, owned, options.samplingFrequency, seed);
  const made = {
    synthetic: poolOfSize({ rows: synthetic }),
    ...(anchors && madeOf(anchors, patients?.near, poolOfSize)),
  };
  const sizes = [synthetic, real, ...(anchors === undefined ? [] : [anchors.near])].map(({ count }) => count);
  const most = Math.min(...sizes, options.mostRows ?? Number.POSITIVE_INFINITY);
  const entries: ClosenessEntry<Key>[] = [];
  for (const key of keys) {
    const measure = registry[key];
    const rows = Math.min(most, measure.mostRows(real.length));
    // Each measure draws its own halves, so that none depends on which others were chosen.
    const drawing = { draws, permutations, level, seed };
    const found = await finishWithPauses(
      rows < 2 * measure.leastRows
        ? nothing(key, rows, tooFew(measure, most))
        : entryOf({ key, measure, rows }, made, drawing),
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

interface Pools {
  readonly synthetic: PoolOfSize;
  readonly near?: PoolOfSize;
  readonly far?: PoolOfSize;
  readonly white?: PoolOfSize;
}

const madeOf = (
  { near, far, white }: Anchors,
  nearPatients: Owners | undefined,
  of: (set: OwnedRows) => PoolOfSize,
): Omit<Pools, "synthetic"> => ({
  near: of({ rows: near, patients: nearPatients }),
  far: of({ rows: far }),
  white: of({ rows: white }),
});

interface Drawing {
  readonly draws: number;
  readonly permutations: number;
  readonly level: number;
  readonly seed: number;
}

interface Asked<Key extends string> {
  readonly key: Key;
  readonly measure: ClosenessMeasure;
  readonly rows: number;
}

function* entryOf<Key extends string>(
  { key, measure, rows }: Asked<Key>,
  made: Pools,
  drawing: Drawing,
): Work<ClosenessEntry<Key>> {
  const { draws, level } = drawing;
  try {
    const random = createRandom(drawing.seed, 1);
    const drawn = made.synthetic(rows);
    const compare = yield* measure.prepare(drawn.pool);
    const own = yield* ownValue(measure, compare, drawn, drawing, random);
    if (own.value === null) return yield* nothing(key, rows, "It does not exist for these rows.");
    const { leastRows } = measure;
    const splits = yield* drawnComparisons(compare, () => splitOf(drawn.second, random), draws, leastRows);
    const tail = (1 - level) / 2;
    const sorted = Float64Array.from(splits).sort();
    const near = made.near === undefined ? null : yield* anchored(measure, made.near(rows), drawing);
    const note = measure.noteOf?.(rows, drawn.pool.rows.length) ?? null;
    const farPool = measure.farEnd === "white" ? made.white : made.far;
    return {
      key,
      ...own,
      floor: splits.length > 0 ? meanOf(splits) : null,
      floorInterval:
        splits.length > 0 ? { low: quantileOf(sorted, tail), high: quantileOf(sorted, 1 - tail) } : null,
      near: near?.value ?? null,
      nearInterval: near?.interval ?? null,
      nearIntervalReason: near?.intervalReason ?? null,
      nearProbability: near?.probability ?? null,
      far: farPool === undefined ? null : whole(yield* measure.prepare(farPool(rows).pool), rows),
      rows,
      reason: null,
      ...(note === null ? {} : { note }),
    };
  } catch (error) {
    // Rows that one measure cannot take are no reason to lose the others.
    if (error instanceof Failure) return yield* nothing(key, rows, error.describe());
    throw error;
  }
}

const whole = (compare: GroupComparison, rows: number) =>
  compare(positionsOf(0, rows), positionsOf(rows, 2 * rows));

function* anchored(measure: ClosenessMeasure, drawn: DrawnPool, drawing: Drawing) {
  const compare = yield* measure.prepare(drawn.pool);
  return yield* ownValue(measure, compare, drawn, drawing, createRandom(drawing.seed, 2));
}

type OwnValue = Pick<
  ClosenessEntry,
  "value" | "interval" | "drawn" | "intervalReason" | "valueOfHalves" | "probability"
>;

const none = { interval: null, intervalReason: null } as const;

/** The first rows of a pool against the others. */
function* ownValue(
  { range, isTested, leastRows }: ClosenessMeasure,
  compare: GroupComparison,
  { pool: { synthetic: rows }, first, second }: DrawnPool,
  { draws, level, permutations }: Drawing,
  random: Random,
): Work<OwnValue> {
  const value = whole(compare, rows);
  const halves = yield* drawnComparisons(compare, () => halvesOf(first, second, random), draws, leastRows);
  return {
    value,
    ...(value === null ? none : drawnInterval([first, second], value, halves, draws, level, range)),
    valueOfHalves: halves.length > 0 ? meanOf(halves) : null,
    probability:
      isTested === true ? yield* permutationProbability(compare, rows, 2 * rows, permutations, random) : null,
  };
}

// biome-ignore lint/correctness/useYield: there is no work, but it stands where work is expected.
function* nothing<Key extends string>(key: Key, rows: number, reason: string): Work<ClosenessEntry<Key>> {
  const noValue = { ...none, value: null, valueOfHalves: null, floor: null, floorInterval: null };
  const noAnchor = { near: null, nearInterval: null, far: null, probability: null, nearProbability: null };
  return { key, ...noValue, ...noAnchor, rows, reason };
}

function tooFew({ leastRows }: ClosenessMeasure, most: number): string {
  return most < 2 * leastRows
    ? `There are ${most} rows of each set; with halves it needs ${2 * leastRows}.`
    : "The rows are too long for so costly a measure; cut them into beats.";
}
