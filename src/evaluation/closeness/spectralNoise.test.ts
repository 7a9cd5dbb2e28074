import { describe, expect, test } from "vitest";
import { transformOfAnyLength } from "../../signal/spectrum.ts";
import { beatRows } from "../../testing/signalRows.ts";
import { spectralNoise, whiteNoise } from "./spectralNoise.ts";

describe.each([72, 73, 64])("noise with the spectrum of rows of %i samples", (length) => {
  const rows = beatRows(4, 1, { length });
  const noise = spectralNoise(rows, 5);
  const sizes = (values: Float32Array, row: number) => {
    const { real, imaginary } = transformOfAnyLength(
      Float64Array.from(values.subarray(row * length, (row + 1) * length)),
    );
    return real.map((value, bin) => Math.hypot(value, imaginary[bin]));
  };

  test("has the amplitude of every frequency of its row, but other samples", () => {
    for (let row = 0; row < rows.count; row++) {
      const [own, other] = [sizes(noise.values, row), sizes(rows.values, row)];
      own.forEach((size, bin) => {
        expect(Math.abs(size - other[bin])).toBeLessThan(2e-5);
      });
      const gap = Math.max(
        ...noise.values
          .subarray(row * length, (row + 1) * length)
          .map((value, at) => value - rows.values[row * length + at]),
      );
      expect(gap).toBeGreaterThan(0.1);
    }
  });

  test("depends on the seed alone", () => {
    expect(spectralNoise(rows, 5)).toEqual(noise);
    expect(spectralNoise(rows, 6)).not.toEqual(noise);
  });
});

test("white noise has the mean and variance of its row", () => {
  const rows = beatRows(1, 1, { length: 20_000 });
  const noise = whiteNoise(rows, 2);
  const moments = (values: Float32Array) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return [mean, values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length];
  };
  const [[mean, variance], [realMean, realVariance]] = [moments(noise.values), moments(rows.values)];
  // Standard deviations of √(v / n) and v √(2 / n).
  expect(Math.abs(mean - realMean)).toBeLessThan(4 * Math.sqrt(realVariance / 20_000));
  expect(Math.abs(variance / realVariance - 1)).toBeLessThan(4 * Math.sqrt(2 / 20_000));
});
