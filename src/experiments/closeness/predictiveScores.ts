import { type Estimate, type Interval, metricInterval } from "../../evaluation/statistics/bootstrap.ts";
import { meanOf } from "../../evaluation/statistics/resampling.ts";
import { breathe } from "../../neural/training/breathe.ts";
import { decisionsOf, type LabelledRows, type NetworkHooks, trainSmallNetwork } from "./smallNetwork.ts";

/** Mean over the seeds, with its 95 % interval for other test patients or rows; null where they are too few or may lack a class. */
export interface PredictiveScore {
  readonly mean: number;
  readonly interval: Interval | null;
  /** Of each seed. */
  readonly seeds: readonly number[];
}

/** Macro F1 of classifiers that learn from one set and are tested on another. */
export interface PredictiveResult {
  /** Real patients to other real patients: what is to be reached. */
  readonly realToReal: PredictiveScore;
  /** Synthetic rows to real patients: are they of use? */
  readonly syntheticToReal: PredictiveScore;
  /** Real patients to synthetic rows: are they what they are said to be? */
  readonly realToSynthetic: PredictiveScore;
  /** Usefulness: synthetic to real over real to real; null where nothing real can be told. */
  readonly ratio: number | null;
  /** Of the ratio, for other test patients. */
  readonly ratioInterval: Interval | null;
  /** Classes with rows in all sets. */
  readonly classes: readonly string[];
}

export interface PredictiveSets {
  readonly synthetic: LabelledRows;
  readonly training: LabelledRows;
  /** With whose each row is: rows of a patient are alike. */
  readonly heldOut: LabelledRows & { readonly patients: readonly string[] };
  /** Names of the labels 0, 1, … */
  readonly classes: readonly string[];
}

/** Trainings on each set, where nothing else is said. */
const usualSeeds = 3;
/** Of the intervals: their limits are shown with three digits. */
const resamples = 1000;
/** Fewer patients say nothing of others. */
const fewestPatients = 3;

/**
 * Train on synthetic, test on real, and the reverse (Esteban, Hyland & Rätsch 2017, arXiv 1706.02633), beside real to
 * real. Real test rows are of patients that no training row is of.
 * @returns null where it was stopped
 */
export async function predictiveScores(
  { synthetic, training, heldOut, classes }: PredictiveSets,
  { seed, seeds = usualSeeds }: { readonly seed: number; readonly seeds?: number },
  hooks: NetworkHooks,
): Promise<PredictiveResult | null> {
  const found: Record<"realToReal" | "syntheticToReal" | "realToSynthetic", Uint8Array[]> = {
    realToReal: [],
    syntheticToReal: [],
    realToSynthetic: [],
  };
  const outputs = classes.length;
  let done = 0;
  const own: NetworkHooks = {
    stopped: hooks.stopped,
    onShare: (share) => hooks.onShare?.((done + share) / (2 * seeds)),
  };
  for (let number = 0; number < seeds; number++) {
    for (const [set, tests] of [
      [training, { realToReal: heldOut, realToSynthetic: synthetic }],
      [synthetic, { syntheticToReal: heldOut }],
    ] as const) {
      const network = await trainSmallNetwork(set, outputs, { seed: seed + number }, own);
      if (network === null) return null;
      try {
        for (const [name, test] of Object.entries(tests) as [keyof typeof found, LabelledRows][]) {
          const logits = await network.logits(test.rows);
          if (logits === null) return null;
          found[name].push(decisionsOf(logits, outputs));
        }
      } finally {
        network.dispose();
      }
      done++;
    }
  }
  const ofSynthetic = testRows(synthetic, outputs);
  const ofReal = testRows(heldOut, outputs, heldOut.patients);
  const real = (decided: readonly Uint8Array[]) => meanF1(decided, heldOut.labels, outputs);
  const usefulness: RowMetric = (rows) => {
    const [own, best] = [found.syntheticToReal, found.realToReal].map((decided) => real(decided)(rows));
    return best > 0 ? own / best : null;
  };
  // The resamples of a score of some thousand rows take a second.
  const realToReal = scoreOf(found.realToReal, heldOut.labels, outputs, ofReal);
  await breathe();
  const syntheticToReal = scoreOf(found.syntheticToReal, heldOut.labels, outputs, ofReal);
  await breathe();
  const realToSynthetic = scoreOf(found.realToSynthetic, synthetic.labels, outputs, ofSynthetic);
  await breathe();
  if (hooks.stopped()) return null;
  const ratio = ofReal(usefulness);
  return {
    realToReal,
    syntheticToReal,
    realToSynthetic,
    ratio: ratio.value,
    ratioInterval: ratio.interval,
    classes,
  };
}

/** A number that rows of a test set give; null where they give none. */
type RowMetric = (rows: readonly number[]) => number | null;

/** Estimates metrics of a test set with their intervals: of other patients where they are given, or of other rows. */
function testRows(
  { labels }: Pick<LabelledRows, "labels">,
  classes: number,
  groups?: readonly string[],
): (metric: RowMetric) => Estimate {
  const cases = {
    scores: Float64Array.from(labels.keys()),
    truths: Array.from(labels, (label) => label === 0),
    ...(groups === undefined ? {} : { groups }),
  };
  const isFew = groups !== undefined && new Set(groups).size < fewestPatients;
  return (metric) => {
    const found = metricInterval(
      cases,
      (rows) => {
        const drawn = Array.from(rows);
        // What lacks a class has no mean over all of them.
        return new Set(drawn.map((row) => labels[row])).size < classes ? null : metric(drawn);
      },
      { resamples },
    );
    return isFew ? { ...found, interval: null } : found;
  };
}

/** The mean over the seeds of the macro F1 of some rows. */
const meanF1 =
  (decided: readonly Uint8Array[], labels: Uint8Array, classes: number) =>
  (rows: readonly number[]): number => {
    const own = Uint8Array.from(rows, (row) => labels[row]);
    const scores = decided.map((each) =>
      macroF1(
        Uint8Array.from(rows, (row) => each[row]),
        own,
        classes,
      ),
    );
    return meanOf(scores);
  };

function scoreOf(
  decided: readonly Uint8Array[],
  labels: Uint8Array,
  classes: number,
  estimate: (metric: RowMetric) => Estimate,
): PredictiveScore {
  const seeds = decided.map((each) => macroF1(each, labels, classes));
  return { mean: meanOf(seeds), interval: estimate(meanF1(decided, labels, classes)).interval, seeds };
}

/** The mean over the classes of 2 TP / (2 TP + FP + FN); 0 where a class is neither there nor decided for. */
export function macroF1(decisions: Uint8Array, labels: Uint8Array, classes: number): number {
  const [right, decided, there] = [0, 1, 2].map(() => new Uint32Array(classes));
  decisions.forEach((decision, row) => {
    decided[decision]++;
    there[labels[row]]++;
    if (decision === labels[row]) right[decision]++;
  });
  const scores = Array.from(right, (count, one) => {
    const all = decided[one] + there[one];
    return all === 0 ? 0 : (2 * count) / all;
  });
  return meanOf(scores);
}
