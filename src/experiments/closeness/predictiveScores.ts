import { agreementAt } from "../../evaluation/metrics/classification.ts";
import {
  decisionsOf,
  type LabelledRows,
  type NetworkHooks,
  type SmallNetwork,
  trainSmallNetwork,
} from "./smallNetwork.ts";

/** Mean over the seeds, and where they lie. */
export interface SeededScore {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Macro F1 of classifiers that learn from one set and are tested on another. */
export interface PredictiveResult {
  /** Real patients to other real patients: what is to be reached. */
  readonly realToReal: SeededScore;
  /** Synthetic rows to real patients: are they of use? */
  readonly syntheticToReal: SeededScore;
  /** Real patients to synthetic rows: are they what they are said to be? */
  readonly realToSynthetic: SeededScore;
  /** Usefulness: synthetic to real over real to real; null where nothing real can be told. */
  readonly ratio: number | null;
  /** Classes with rows in all sets. */
  readonly classes: readonly string[];
  readonly seeds: number;
}

export interface PredictiveSets {
  readonly synthetic: LabelledRows;
  readonly training: LabelledRows;
  readonly heldOut: LabelledRows;
  /** Names of the labels 0, 1, … */
  readonly classes: readonly string[];
}

/** Trainings on each set, where nothing else is said. */
const usualSeeds = 3;

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
  const found: Record<"realToReal" | "syntheticToReal" | "realToSynthetic", number[]> = {
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
          const score = await scoreOn(network, test, outputs);
          if (score === null) return null;
          found[name].push(score);
        }
      } finally {
        network.dispose();
      }
      done++;
    }
  }
  const [realToReal, syntheticToReal, realToSynthetic] = [
    found.realToReal,
    found.syntheticToReal,
    found.realToSynthetic,
  ].map(seeded);
  const ratio = realToReal.mean > 0 ? syntheticToReal.mean / realToReal.mean : null;
  return { realToReal, syntheticToReal, realToSynthetic, ratio, classes, seeds };
}

function seeded(scores: readonly number[]): SeededScore {
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return { mean, low: Math.min(...scores), high: Math.max(...scores) };
}

async function scoreOn(
  network: SmallNetwork,
  { rows, labels }: LabelledRows,
  outputs: number,
): Promise<number | null> {
  const logits = await network.logits(rows);
  return logits === null ? null : macroF1(decisionsOf(logits, outputs), labels, outputs);
}

/** The mean over the classes of 2 TP / (2 TP + FP + FN); 0 where a class is neither there nor decided for. */
export function macroF1(decisions: Uint8Array, labels: Uint8Array, classes: number): number {
  let sum = 0;
  for (let one = 0; one < classes; one++) {
    const isDecided = Float32Array.from(decisions, (decision) => (decision === one ? 1 : 0));
    const truths = Array.from(labels, (label) => label === one);
    sum += agreementAt(isDecided, truths, 0.5).f1;
  }
  return sum / classes;
}
