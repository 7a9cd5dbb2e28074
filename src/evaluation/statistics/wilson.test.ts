import { describe, expect, test } from "vitest";
import { wilsonInterval } from "./wilson.ts";

describe("the interval of a share", () => {
  // statsmodels.stats.proportion.proportion_confint(successes, trials, method="wilson")
  test.each([
    [8, 10, 0.4901625, 0.9433178],
    [0, 10, 0, 0.2775328],
    [50, 100, 0.4038315, 0.5961685],
  ])("of %i in %i", (successes, trials, low, high) => {
    const interval = wilsonInterval(successes, trials);
    expect(interval[0]).toBeCloseTo(low, 6);
    expect(interval[1]).toBeCloseTo(high, 6);
  });

  test("solves the equation that defines it: its ends lie 1.96 standard errors of themselves from the share", () => {
    for (const end of wilsonInterval(3, 17)) {
      expect(Math.abs(3 / 17 - end) / Math.sqrt((end * (1 - end)) / 17)).toBeCloseTo(1.959963984540054, 10);
    }
  });

  test("holds everything where nothing was tried, and refuses what cannot be", () => {
    expect(wilsonInterval(0, 0)).toEqual([0, 1]);
    expect(() => wilsonInterval(3, 2)).toThrow(RangeError);
    expect(() => wilsonInterval(-1, 2)).toThrow(RangeError);
  });
});
