import { requireNumbers, requireSameLength } from "../checks.ts";
import { curveOf } from "./classification.ts";

/** A point of the receiver operating characteristic: the rates of the decision "score ≥ threshold". */
export interface RocPoint {
  /** In the unit of the scores; Infinity where nothing is decided to be positive. */
  readonly threshold: number;
  readonly falsePositiveRate: number;
  /** Sensitivity. */
  readonly truePositiveRate: number;
}

/** A point of a precision-recall curve. */
export interface PrecisionRecallPoint {
  /** In the unit of the scores; null at the last point, which no threshold gives. */
  readonly threshold: number | null;
  readonly precision: number;
  readonly recall: number;
}

/**
 * The receiver operating characteristic, from (0, 0) to (1, 1): one point for every distinct score, the highest first,
 * after one above all scores. Equal scores are decided together. As scikit-learn's `roc_curve` with
 * `drop_intermediate=False`.
 * @param scores  of each case, any finite numbers
 * @param truths  true where the class is there
 * @returns null where a class is absent
 * @throws RangeError for scores that are not finite, or where there are not as many truths as scores
 */
export function rocCurve(scores: ArrayLike<number>, truths: ArrayLike<boolean>): RocPoint[] | null {
  const { points, positives, negatives } = countedCurve(scores, truths);
  if (positives === 0 || negatives === 0) return null;
  return [
    { threshold: Number.POSITIVE_INFINITY, falsePositiveRate: 0, truePositiveRate: 0 },
    ...points.map(({ threshold, falsePositives, truePositives }) => ({
      threshold,
      falsePositiveRate: falsePositives / negatives,
      truePositiveRate: truePositives / positives,
    })),
  ];
}

/**
 * Precision and recall at every distinct score, the lowest first, and last the point of recall 0 and precision 1, which
 * belongs to no threshold. As scikit-learn's `precision_recall_curve`.
 * @param scores  of each case, any finite numbers
 * @param truths  true where the class is there
 * @returns null where no case is positive, so that there is no recall
 * @throws RangeError as `rocCurve`
 */
export function precisionRecallCurve(
  scores: ArrayLike<number>,
  truths: ArrayLike<boolean>,
): PrecisionRecallPoint[] | null {
  const { points, positives } = countedCurve(scores, truths);
  if (positives === 0) return null;
  const decided = points.map(({ threshold, falsePositives, truePositives }) => ({
    threshold,
    precision: truePositives / (truePositives + falsePositives),
    recall: truePositives / positives,
  }));
  return [...decided.reverse(), { threshold: null, precision: 1, recall: 0 }];
}

/** What one threshold gives. */
export interface OperatingPoint {
  /** In the unit of the scores; Infinity where no case may be decided to be positive. */
  readonly threshold: number;
  readonly sensitivity: number;
  readonly specificity: number;
}

/**
 * The point with the highest sensitivity among those of at least this specificity; of equals the one with the higher
 * specificity. No point is interpolated: each is a threshold that can be applied.
 * @param specificity share of the negatives, 0 to 1
 * @returns null where a class is absent
 * @throws RangeError as `rocCurve`, and for a specificity outside 0 to 1
 */
export function operatingPointAtSpecificity(
  scores: ArrayLike<number>,
  truths: ArrayLike<boolean>,
  specificity: number,
): OperatingPoint | null {
  requireNumbers([specificity], "specificity", { least: 0, most: 1 });
  const { points, positives, negatives } = countedCurve(scores, truths);
  if (positives === 0 || negatives === 0) return null;
  // 0.9 of 10 negatives allow one false positive, although 1 − 0.9 is a little below 0.1.
  const allowed = (1 - specificity) * negatives + 1e-9;
  let best = { threshold: Number.POSITIVE_INFINITY, truePositives: 0, falsePositives: 0 };
  for (const point of points) {
    if (point.falsePositives > allowed) break;
    if (point.truePositives > best.truePositives) best = point;
  }
  return {
    threshold: best.threshold,
    sensitivity: best.truePositives / positives,
    specificity: 1 - best.falsePositives / negatives,
  };
}

/** The sensitivity of `operatingPointAtSpecificity`, 0 to 1; null where a class is absent. */
export function sensitivityAtSpecificity(
  scores: ArrayLike<number>,
  truths: ArrayLike<boolean>,
  specificity: number,
): number | null {
  return operatingPointAtSpecificity(scores, truths, specificity)?.sensitivity ?? null;
}

function countedCurve(scores: ArrayLike<number>, truths: ArrayLike<boolean>) {
  requireSameLength(scores, truths, "scores and truths");
  requireNumbers(scores, "score");
  const points = curveOf(scores, truths);
  const last = points.at(-1);
  return { points, positives: last?.truePositives ?? 0, negatives: last?.falsePositives ?? 0 };
}
