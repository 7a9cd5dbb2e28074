/** How decisions and labels agree. Rates are null where they would divide by 0. */
export interface Agreement {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
  /** Recall, sensitivity. */
  readonly recall: number | null;
  /** Precision, positive predictivity. */
  readonly precision: number | null;
  readonly specificity: number | null;
  /** 2 TP / (2 TP + FP + FN); 0 where there is neither a label nor a decision to be right about. */
  readonly f1: number;
}

/**
 * Compares the decision "score ≥ threshold" with labels.
 * @param labels true where the class is there
 */
export function agreementAt(
  scores: ArrayLike<number>,
  labels: ArrayLike<boolean>,
  threshold: number,
): Agreement {
  let [truePositives, falsePositives, falseNegatives, trueNegatives] = [0, 0, 0, 0];
  for (let index = 0; index < scores.length; index++) {
    const decided = scores[index] >= threshold;
    if (labels[index]) {
      if (decided) truePositives++;
      else falseNegatives++;
    } else if (decided) falsePositives++;
    else trueNegatives++;
  }
  const rate = (part: number, rest: number) => (part + rest === 0 ? null : part / (part + rest));
  const wrong = falsePositives + falseNegatives;
  return {
    truePositives,
    falsePositives,
    falseNegatives,
    trueNegatives,
    recall: rate(truePositives, falseNegatives),
    precision: rate(truePositives, falsePositives),
    specificity: rate(trueNegatives, falsePositives),
    f1: truePositives === 0 ? 0 : (2 * truePositives) / (2 * truePositives + wrong),
  };
}

/** A point of a precision-recall curve: what deciding at this threshold gives. */
export interface CurvePoint {
  readonly threshold: number;
  readonly truePositives: number;
  readonly falsePositives: number;
}

/** Positives and negatives above every distinct score, the highest first. Equal scores are decided together. */
export function curveOf(scores: ArrayLike<number>, labels: ArrayLike<boolean>): CurvePoint[] {
  const order = Array.from({ length: scores.length }, (_, index) => index);
  order.sort((one, other) => scores[other] - scores[one]);
  const points: CurvePoint[] = [];
  let [truePositives, falsePositives] = [0, 0];
  order.forEach((index, place) => {
    if (labels[index]) truePositives++;
    else falsePositives++;
    const next = order[place + 1];
    if (next === undefined || scores[next] !== scores[index]) {
      points.push({ threshold: scores[index], truePositives, falsePositives });
    }
  });
  return points;
}

/**
 * Area under the precision-recall curve as average precision: Σ (Rₙ − Rₙ₋₁) Pₙ, without the optimism of straight lines
 * between the points (Davis & Goadrich, ICML 2006).
 * @returns null where no label is positive
 */
export function averagePrecision(scores: ArrayLike<number>, labels: ArrayLike<boolean>): number | null {
  const points = curveOf(scores, labels);
  const positives = points.at(-1)?.truePositives ?? 0;
  if (positives === 0) return null;
  let [area, before] = [0, 0];
  for (const { truePositives, falsePositives } of points) {
    area += ((truePositives - before) / positives) * (truePositives / (truePositives + falsePositives));
    before = truePositives;
  }
  return area;
}

/**
 * Area under the receiver operating characteristic: the share of pairs of a positive and a negative in which the positive
 * scores higher, ties counting half (Hanley & McNeil, Radiology 1982;143:29).
 * @returns null where all labels are alike
 */
export function rocArea(scores: ArrayLike<number>, labels: ArrayLike<boolean>): number | null {
  const points = curveOf(scores, labels);
  const last = points.at(-1);
  if (last === undefined || last.truePositives === 0 || last.falsePositives === 0) return null;
  let [area, before] = [0, { truePositives: 0, falsePositives: 0 }];
  for (const point of points) {
    const negatives = point.falsePositives - before.falsePositives;
    area += (negatives * (point.truePositives + before.truePositives)) / 2;
    before = point;
  }
  return area / (last.truePositives * last.falsePositives);
}

/** The threshold with the highest F1, the higher one of equals; to be chosen on validation data alone. */
export function bestThreshold(scores: ArrayLike<number>, labels: ArrayLike<boolean>): number {
  const points = curveOf(scores, labels);
  const positives = points.at(-1)?.truePositives ?? 0;
  let [best, most] = [Number.POSITIVE_INFINITY, 0];
  for (const { threshold, truePositives, falsePositives } of points) {
    const f1 = (2 * truePositives) / (positives + truePositives + falsePositives);
    if (f1 > most) [best, most] = [threshold, f1];
  }
  return best;
}
