import { describe, expect, test } from "vitest";
import { otherWaveRows, rowsFrom, waveRows } from "../../testing/signalRows.ts";
import { energy, energyDistance } from "./energyDistance.ts";
import { closeness } from "./measure.ts";
import { euclideanDistances } from "./pairDistances.ts";
import { finish } from "./work.ts";

/** A sample of single numbers against another. */
function ofNumbers(one: readonly number[], other: readonly number[]): number {
  const rows = rowsFrom([...one, ...other].map((value) => [value]));
  const matrix = finish(euclideanDistances(rows));
  const first = one.map((_, index) => index);
  const second = other.map((_, index) => one.length + index);
  return energyDistance({ matrix, count: rows.count }, first, second);
}

describe("the energy distance", () => {
  test("of two points is twice their distance", () => {
    expect(ofNumbers([1], [4])).toBe(6);
  });

  test("of pairs is counted by hand", () => {
    // 2 · mean(2, 3, 1, 2) − 2 · 1/4 · 1 − 2 · 1/4 · 1
    expect(ofNumbers([0, 1], [2, 3])).toBe(3);
  });

  // scipy 1.17: stats.energy_distance(a, b) ** 2, after rounding to 32 bits
  test("of numbers is the square of scipy's", () => {
    const a = [0.61, 1.4, 2.2, 2.9, 3.3, 4.1, 5.7];
    const b = [1.1, 2.5, 3.6, 4.4, 4.9, 6.3, 7.2, 8.8, 9.1];
    expect(ofNumbers(a, b)).toBeCloseTo(1.6348148148148154, 6);
    expect(ofNumbers(a, a)).toBeCloseTo(0, 12);
  });

  // numpy 2, scipy 1.17: cdist
  test("of rows, per root of their length, is numpy's", () => {
    expect(closeness(energy, waveRows, otherWaveRows, 100)).toBeCloseTo(0.1559797308391903, 7);
  });
});
