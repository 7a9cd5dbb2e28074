import { describe, expect, test } from "vitest";
import { beatRows, noisy, otherWaveRows, rowsFrom, waveRows } from "../../testing/signalRows.ts";
import {
  gaussianDiscrepancy,
  gaussianKernel,
  maximumMeanDiscrepancy,
  mixtureDiscrepancy,
  warpedDiscrepancy,
} from "./maximumMeanDiscrepancy.ts";
import { closeness } from "./measure.ts";

describe("the maximum mean discrepancy", () => {
  test("of a point from another is 2 − 2 exp(−d² / 2σ²), biased", () => {
    const matrix = gaussianKernel(Float64Array.of(0, 3, 3, 0), [2]);
    expect(maximumMeanDiscrepancy({ matrix, count: 2 }, [0], [1], "biased")).toBeCloseTo(
      2 - 2 * Math.exp(-9 / 8),
      14,
    );
  });

  test("of two pairs of points, unbiased, leaves out each point's likeness to itself", () => {
    // Points 0 and 1 on a line against 2 and 3, σ² = 1/2, so that the kernel is e^(−d²).
    const points = [0, 1, 2, 3];
    const distances = Float64Array.from(
      points.flatMap((one) => points.map((other) => Math.abs(one - other))),
    );
    const matrix = gaussianKernel(distances, [Math.SQRT1_2]);
    const between = (Math.exp(-4) + Math.exp(-9) + Math.exp(-1) + Math.exp(-4)) / 4;
    const found = maximumMeanDiscrepancy({ matrix, count: 4 }, [0, 1], [2, 3], "unbiased");
    expect(found).toBeCloseTo(2 * Math.exp(-1) - 2 * between, 14);
  });

  // numpy 2, scipy 1.17: cdist, the definition with whole matrices
  test("with the median of the real rows, and of five kernels, is numpy's", () => {
    expect(closeness(gaussianDiscrepancy, waveRows, otherWaveRows, 100)).toBeCloseTo(
      -0.020929155304443725,
      7,
    );
    expect(closeness(mixtureDiscrepancy, waveRows, otherWaveRows, 100)).toBeCloseTo(0.3076031853461414, 7);
  });

  test("of equal sets is 0, biased, and of others of one origin about 0, unbiased", () => {
    const [one, other] = [beatRows(200, 1), beatRows(200, 2)];
    expect(closeness(mixtureDiscrepancy, one, one, 100)).toBeCloseTo(0, 12);
    expect(Math.abs(closeness(gaussianDiscrepancy, one, other, 100) ?? 1)).toBeLessThan(0.005);
    expect(closeness(gaussianDiscrepancy, noisy(other, 0.2), one, 100)).toBeGreaterThan(0.05);
  });

  test("after warping forgives a shift that counts otherwise", () => {
    const real = beatRows(60, 1);
    const shift = 2;
    const values = real.values.map((_, index) => real.values[Math.max(0, index - shift)]);
    const later = { ...real, values };
    const plain = closeness(gaussianDiscrepancy, later, real, 100) ?? 0;
    const warped = closeness(warpedDiscrepancy, later, real, 100) ?? 1;
    expect(plain).toBeGreaterThan(0.3);
    expect(warped).toBeLessThan(plain / 10);
  });

  test("refuses real rows without a typical distance", () => {
    const alike = rowsFrom([[1], [1], [1]]);
    expect(() => closeness(gaussianDiscrepancy, rowsFrom([[1], [2]]), alike, 100)).toThrow(
      /no typical distance/,
    );
  });
});
