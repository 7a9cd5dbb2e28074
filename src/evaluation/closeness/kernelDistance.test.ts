import { describe, expect, test } from "vitest";
import { createRandom } from "../../signal/random.ts";
import { otherWaveRows, rowsFrom, waveRows } from "../../testing/signalRows.ts";
import { kernelOfFeatures } from "./kernelDistance.ts";
import { closeness } from "./measure.ts";

const normal = (count: number, seed: number, shift = 0) => {
  const random = createRandom(seed);
  return rowsFrom(
    Array.from({ length: count }, () => Array.from({ length: 4 }, () => random.normal() + shift)),
  );
};

describe("the kernel distance", () => {
  // numpy 2: the unbiased sums of (A Bᵀ / 3 + 1)³
  test("is numpy's", () => {
    expect(closeness(kernelOfFeatures, waveRows, otherWaveRows, 100)).toBeCloseTo(-0.2991905115971165, 6);
  });

  test("of one number each is counted by hand", () => {
    // 1 and 2 against 0 and 3: k(1, 2) = 27, k(0, 3) = 1, between 1, 64, 1, 343.
    const found = closeness(kernelOfFeatures, rowsFrom([[1], [2]]), rowsFrom([[0], [3]]), 100);
    expect(found).toBeCloseTo(27 + 1 - (2 * (1 + 64 + 1 + 343)) / 4, 4);
  });

  test("is about 0 for equal distributions and rises with a shift", () => {
    const [same, near, far] = [0, 0.5, 1].map(
      (shift) => closeness(kernelOfFeatures, normal(200, 2, shift), normal(200, 1), 100) ?? Number.NaN,
    );
    expect(Math.abs(same)).toBeLessThan(0.05);
    expect(near).toBeGreaterThan(same + 0.1);
    expect(far).toBeGreaterThan(2 * near);
  });
});
