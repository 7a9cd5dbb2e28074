import { scoresBetween, twoSampleScore } from "../../domain/twoSampleScore.ts";
import { joined, rowsAt, type SignalRows } from "../../evaluation/closeness/signalRows.ts";
import { spectralNoise } from "../../evaluation/closeness/spectralNoise.ts";
import type { Interval } from "../../evaluation/statistics/bootstrap.ts";
import { meanOf, unitsOf } from "../../evaluation/statistics/resampling.ts";
import { wilsonInterval } from "../../evaluation/statistics/wilson.ts";
import { createRandom, type Random } from "../../signal/random.ts";
import {
  decisionsOf,
  type NetworkHooks,
  type SmallTraining,
  smallTraining,
  trainSmallNetwork,
} from "./smallNetwork.ts";

/** How well a classifier tells synthetic from real rows that it has not seen. */
export interface TwoSampleResult {
  /** Mean share of right answers over the seeds; a half is guessing. */
  readonly accuracy: number;
  /** Of each seed. */
  readonly accuracies: readonly number[];
  /** Wilson's interval of the mean accuracy for the test rows of one seed: the seeds share their real rows. */
  readonly low: number;
  readonly high: number;
  /** 1 − 2 |accuracy − ½|: 1 cannot be told apart, 0 always. */
  readonly score: number;
  /** What the limits of the accuracy make of it. */
  readonly scoreInterval: Interval;
  /**
   * The same of other real patients, and of noise with the spectrum of the real rows, each over as many seeds; null where
   * the held-out patients cannot be divided. Comparisons of before have one training of each, and no intervals.
   */
  readonly nearScore: number | null;
  readonly nearInterval?: Interval | null;
  readonly farScore: number;
  readonly farInterval?: Interval;
  /** Tested rows of each kind. */
  readonly tested: number;
}

export interface TwoSampleSets {
  readonly synthetic: SignalRows;
  /** Real rows that the classifier learns from, and those of other patients that it is tested on. */
  readonly training: SignalRows;
  readonly heldOut: SignalRows;
}

/** With the patients of the held-out rows: half of them stand for those that are learned from where real is told from real. */
export interface TwoSampleRows extends TwoSampleSets {
  readonly heldOutPatients: readonly string[];
}

/** Trainings of classifiers on synthetic rows, where nothing else is said. */
const usualSeeds = 5;
/** Rows of each kind that are learned from, and that are tested. */
const mostRows = 400;

/**
 * The classifier two-sample test (Lopez-Paz & Oquab, ICLR 2017): a classifier learns to tell synthetic rows from real ones of
 * some patients, and is tested on other synthetic rows and real ones of other patients, as many of both. The division
 * comes before any training.
 *
 * The ends of the scale are judged in the same way and with the same seeds. For the near one the rows of the training
 * patients stand in place of the synthetic rows, and real ones are learned from half of the held-out patients and tested on
 * the other half: all three groups are of different patients, and the rows in place of the synthetic ones are of the same
 * patients in training and test, as synthetic ones are of the same generator. For the far one noise stands there.
 * @returns null where it was stopped
 * @throws Failure for too few rows
 */
export async function twoSampleTest(
  { synthetic, training, heldOut, heldOutPatients }: TwoSampleRows,
  { seed, seeds = usualSeeds }: { readonly seed: number; readonly seeds?: number },
  hooks: NetworkHooks,
): Promise<TwoSampleResult | null> {
  const real = { training, heldOut };
  const near = nearSets(real, heldOutPatients, seed);
  const noise = spectralNoise(joined(training, heldOut), seed);
  const tests = [{ ...real, synthetic }, { ...real, synthetic: noise }, ...(near === null ? [] : [near])];
  let done = 0;
  const own: NetworkHooks = {
    stopped: hooks.stopped,
    onShare: (share) => hooks.onShare?.((done + share) / (seeds * tests.length)),
  };
  const found: Scored[] = [];
  for (const sets of tests) {
    const sizes = sizesOf(countsOf(sets));
    const accuracies: number[] = [];
    for (let number = 0; number < seeds; number++) {
      const accuracy = await judged(sets, sizes, seed, number, own);
      if (accuracy === null) return null;
      accuracies.push(accuracy);
      done++;
    }
    found.push(scoredOf(accuracies, sizes.tested));
  }
  const [whole, far, other] = found;
  return {
    ...whole,
    nearScore: other?.score ?? null,
    nearInterval: other?.scoreInterval ?? null,
    farScore: far.score,
    farInterval: far.scoreInterval,
  };
}

type Scored = Pick<
  TwoSampleResult,
  "accuracy" | "accuracies" | "low" | "high" | "score" | "scoreInterval" | "tested"
>;

/** The score of the mean accuracy over the seeds. @param tested rows of each kind */
function scoredOf(accuracies: readonly number[], tested: number): Scored {
  const accuracy = meanOf(accuracies);
  const [low, high] = wilsonInterval(Math.round(accuracy * 2 * tested), 2 * tested);
  const [score, scoreInterval] = [twoSampleScore(accuracy), scoresBetween(low, high)];
  return { accuracy, accuracies, low, high, score, scoreInterval, tested };
}

/** Fewest rows of a kind that real is told from real by. */
const fewestRows = 10;

/** The sets of the near anchor; null where the held-out patients are too few to be divided. */
function nearSets(
  { training, heldOut }: Omit<TwoSampleSets, "synthetic">,
  patients: readonly string[],
  seed: number,
): TwoSampleSets | null {
  const units = unitsOf({ truths: patients.map(() => true), groups: patients });
  const sides: [number[], number[]] = [[], []];
  for (const place of drawn(units.length, units.length, createRandom(seed, 80))) {
    const [one, other] = sides;
    (one.length <= other.length ? one : other).push(...units[place]);
  }
  const [learned, tested] = sides.map((side) => rowsAt(heldOut, side));
  const sets = { synthetic: training, training: learned, heldOut: tested };
  const sizes = sizesOf(countsOf(sets));
  return Math.min(sizes.learned, sizes.tested) < fewestRows ? null : sets;
}

/** Rows of each kind that are learned from and tested. */
interface Sizes {
  readonly learned: number;
  readonly tested: number;
}

/** How many rows there are of each kind. */
type Counts = Readonly<Record<keyof TwoSampleSets, number>>;

const countsOf = ({ synthetic, training, heldOut }: TwoSampleSets): Counts => ({
  synthetic: synthetic.count,
  training: training.count,
  heldOut: heldOut.count,
});

function sizesOf({ synthetic, training, heldOut }: Counts): Sizes {
  const half = synthetic >> 1;
  return {
    learned: Math.min(mostRows, half, training),
    tested: Math.min(mostRows, half, heldOut),
  };
}

/**
 * The share of right answers of one training, without anchors, and Wilson's interval.
 * @returns null where it was stopped
 * @throws Failure for too few rows
 */
export async function toldApart(
  sets: TwoSampleSets,
  seed: number,
  hooks: NetworkHooks,
): Promise<{ readonly accuracy: number; readonly low: number; readonly high: number } | null> {
  const sizes = sizesOf(countsOf(sets));
  const accuracy = await judged(sets, sizes, seed, 0, hooks);
  if (accuracy === null) return null;
  const trials = 2 * sizes.tested;
  const [low, high] = wilsonInterval(Math.round(accuracy * trials), trials);
  return { accuracy, low, high };
}

async function judged(
  { synthetic, training, heldOut }: TwoSampleSets,
  { learned, tested }: Sizes,
  seed: number,
  number: number,
  hooks: NetworkHooks,
): Promise<number | null> {
  const random = createRandom(seed, 70 + number);
  const fakes = drawn(synthetic.count, Math.min(synthetic.count, learned + tested), random);
  // Never the same synthetic row on both sides.
  const [learn, test] = [fakes.slice(0, fakes.length - tested), fakes.slice(fakes.length - tested)];
  const real = drawn(training.count, learn.length, random);
  const unseen = drawn(heldOut.count, test.length, random);
  return accuracyOf(
    { fake: rowsAt(synthetic, learn), real: rowsAt(training, real) },
    { fake: rowsAt(synthetic, test), real: rowsAt(heldOut, unseen) },
    seed + number,
    hooks,
  );
}

/** What `toldApart` trains. @param counts rows of each kind */
export function toldApartTraining(counts: Counts, length: number): SmallTraining {
  const { learned, tested } = sizesOf(counts);
  const used = Math.min(learned, counts.synthetic - tested);
  return smallTraining(2 * used, 2 * tested, { length, outputs: 2 });
}

interface Kinds {
  readonly fake: SignalRows;
  readonly real: SignalRows;
}

async function accuracyOf(
  learned: Kinds,
  tested: Kinds,
  seed: number,
  hooks: NetworkHooks,
): Promise<number | null> {
  const together = ({ fake, real }: Kinds) => ({
    rows: joined(fake, real),
    labels: Uint8Array.from({ length: fake.count + real.count }, (_, row) => (row < fake.count ? 1 : 0)),
  });
  const network = await trainSmallNetwork(together(learned), 2, { seed }, hooks);
  if (network === null) return null;
  try {
    const { rows, labels } = together(tested);
    const logits = await network.logits(rows);
    if (logits === null) return null;
    const right = decisionsOf(logits, 2).filter((decision, row) => decision === labels[row]).length;
    return right / labels.length;
  } finally {
    network.dispose();
  }
}

/** Positions without one twice, in random order. */
function drawn(count: number, wanted: number, random: Random): number[] {
  const order = Array.from({ length: count }, (_, index) => index);
  for (let place = order.length - 1; place > 0; place--) {
    const other = random.integer(place + 1);
    [order[place], order[other]] = [order[other], order[place]];
  }
  return order.slice(0, Math.min(count, wanted));
}
