import { describe, expect, test } from "vitest";
import { confusionOf, decisionsOf, severalClassScores } from "./severalClasses.ts";

/** Scores that decide the classes given. */
const deciding = (decisions: readonly number[], classes: number) =>
  decisions.flatMap((decided) => Array.from({ length: classes }, (_, at) => (at === decided ? 1 : 0)));

describe("decisions among several classes", () => {
  // The example of scikit-learn's documentation of `f1_score` and `precision_score` with average="macro":
  // f1 0.2666…, precision 0.2222…, recall 0.3333….
  test("are scored as scikit-learn's documentation prints it", () => {
    const scores = severalClassScores(deciding([0, 2, 1, 0, 0, 1], 3), [0, 1, 2, 0, 1, 2], 3);
    expect(scores.f1).toBeCloseTo(0.26666, 4);
    expect(scores.precision).toBeCloseTo(0.22222, 4);
    expect(scores.recall).toBeCloseTo(0.33333, 4);
    expect(scores.accuracy).toBeCloseTo(2 / 6, 12);
  });

  test("a hand-worked matrix", () => {
    expect(confusionOf([0, 0, 1, 2], [0, 1, 1, 0], 3)).toEqual([
      [1, 1, 0],
      [0, 1, 0],
      [1, 0, 0],
    ]);
    // Class 0: P 1/2, R 1/2, F1 1/2; class 1: P 1/2, R 1, F1 2/3; class 2: never decided, 0.
    const { precision, recall, f1 } = severalClassScores(deciding([0, 1, 1, 0], 3), [0, 0, 1, 2], 3);
    expect(precision).toBeCloseTo(1 / 3, 12);
    expect(recall).toBeCloseTo(1 / 2, 12);
    expect(f1).toBeCloseTo((1 / 2 + 2 / 3) / 3, 12);
  });

  test("equal scores decide for the first class", () => {
    expect([...decisionsOf([1, 1, 0, 2, 0, 2], 3)]).toEqual([0, 0]);
  });

  test("areas are means over the classes that are there", () => {
    // Class 0 against the rest: scores 3, 1 | 2, 0 → 3 of 4 pairs; class 1: 1, 2 | 0, 0 → all; class 2 is not there.
    const area = severalClassScores([3, 0, 0, 1, 0, 0, 2, 1, 0, 0, 2, 0], [0, 0, 1, 1], 3).area;
    expect(area).toBeCloseTo((0.75 + 1) / 2, 12);
    expect(severalClassScores([1, 0], [0], 2).area).toBeNull();
  });

  test("all right is 1 everywhere", () => {
    expect(severalClassScores(deciding([0, 1, 2], 3), [0, 1, 2], 3)).toEqual({
      accuracy: 1,
      precision: 1,
      recall: 1,
      f1: 1,
      area: 1,
    });
  });
});
