import { describe, expect, test } from "vitest";
import { scoresBetween, twoSampleScore } from "./twoSampleScore.ts";

describe("the score of a two-sample test", () => {
  test("has the score 1 for guesses and 0 for answers that are all right, or all wrong", () => {
    expect(twoSampleScore(0.5)).toBe(1);
    expect(twoSampleScore(1)).toBe(0);
    expect(twoSampleScore(0)).toBe(0);
    expect(twoSampleScore(0.75)).toBe(0.5);
  });

  test("has an interval of the score that reaches 1 where guessing is within that of the answers", () => {
    expect(scoresBetween(0.4, 0.75)).toEqual({ low: 0.5, high: 1 });
    expect(scoresBetween(0.75, 0.875)).toEqual({ low: 0.25, high: 0.5 });
    expect(scoresBetween(0.125, 0.25)).toEqual({ low: 0.25, high: 0.5 });
  });
});
