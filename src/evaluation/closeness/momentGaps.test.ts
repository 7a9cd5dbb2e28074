import { describe, expect, test } from "vitest";
import { otherWaveRows, rowsFrom, waveRows } from "../../testing/signalRows.ts";
import { closeness } from "./measure.ts";
import { kurtosisGap, shapeOf, skewnessGap } from "./momentGaps.ts";

describe("skewness and kurtosis", () => {
  test("of a coin with p = 1/5 are (1 − 2p) / √(pq) and (1 − 3pq) / pq", () => {
    // Σ x^k of one 1 and four 0.
    const found = shapeOf([5, 1, 1, 1, 1]);
    expect(found?.skewness).toBeCloseTo(0.6 / 0.4, 12);
    expect(found?.kurtosis).toBeCloseTo((1 - 3 * 0.16) / 0.16, 12);
    expect(shapeOf([3, 6, 12, 24, 48])).toBeNull();
  });

  // scipy 1.17: stats.skew, stats.kurtosis(fisher=False) of all numbers
  test("differ as scipy's do", () => {
    expect(closeness(skewnessGap, waveRows, otherWaveRows, 100)).toBeCloseTo(0.11904787898374625, 6);
    expect(closeness(kurtosisGap, waveRows, otherWaveRows, 100)).toBeCloseTo(0.17923341183240193, 6);
  });

  test("do not exist for flat rows", () => {
    const flat = rowsFrom([
      [2, 2, 2],
      [2, 2, 2],
    ]);
    expect(closeness(skewnessGap, waveRows, flat, 100)).toBeNull();
  });
});
