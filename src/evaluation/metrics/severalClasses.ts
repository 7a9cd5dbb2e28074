import { rocArea } from "./classification.ts";

/** How decisions among several classes agree with labels; macro means weigh every class alike, however rare. */
export interface DecisionScores {
  /** Share of right decisions. */
  readonly accuracy: number;
  /** 0 for a class that is never decided, and so for recall of one that is never there: as the paper's code counts. */
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface SeveralClassScores extends DecisionScores {
  /** Mean area of each class against the rest over the classes that are there; null where none has both sides. */
  readonly area: number | null;
}

/** Rows by their true class, then by the class decided: `[classes][classes]`. */
export function confusionOf(
  labels: ArrayLike<number>,
  decisions: ArrayLike<number>,
  classes: number,
): number[][] {
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let row = 0; row < labels.length; row++) matrix[labels[row]][decisions[row]]++;
  return matrix;
}

/** The class of the largest score of each row, the first of equals. @param scores `[count, classes]` */
export function decisionsOf(scores: ArrayLike<number>, classes: number): Uint8Array {
  return Uint8Array.from({ length: scores.length / classes }, (_, row) => {
    let best = 0;
    for (let at = 1; at < classes; at++) {
      if (scores[row * classes + at] > scores[row * classes + best]) best = at;
    }
    return best;
  });
}

const sumOf = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const shareOf = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
const meanOf = (values: readonly number[]) => shareOf(sumOf(values), values.length);

/** Accuracy and macro means of precision, recall and F1. @param scores `[count, classes]` @param labels `[count]` */
export function decisionScores(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
): DecisionScores {
  const matrix = confusionOf(labels, decisionsOf(scores, classes), classes);
  const each = matrix.map((row, at) => {
    const [right, there, decided] = [row[at], sumOf(row), sumOf(matrix.map((other) => other[at]))];
    return {
      precision: shareOf(right, decided),
      recall: shareOf(right, there),
      f1: shareOf(2 * right, there + decided),
    };
  });
  return {
    accuracy: shareOf(sumOf(matrix.map((row, at) => row[at])), labels.length),
    precision: meanOf(each.map(({ precision }) => precision)),
    recall: meanOf(each.map(({ recall }) => recall)),
    f1: meanOf(each.map(({ f1 }) => f1)),
  };
}

/**
 * Mean area under the ROC curve of one class against the rest over the classes that are there, from scores that need not be
 * probabilities (Núñez et al. 2024 take logits); null where none has both sides.
 * @param scores `[count, classes]`
 */
export function macroArea(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
): number | null {
  const areas = Array.from({ length: classes }, (_, at) =>
    rocArea(
      Float64Array.from({ length: labels.length }, (__, row) => scores[row * classes + at]),
      Array.from(labels, (label) => label === at),
    ),
  ).filter((area) => area !== null);
  return areas.length === 0 ? null : meanOf(areas);
}

/** All of them at once. @param scores `[count, classes]` @param labels `[count]` */
export const severalClassScores = (
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
): SeveralClassScores => ({
  ...decisionScores(scores, labels, classes),
  area: macroArea(scores, labels, classes),
});
