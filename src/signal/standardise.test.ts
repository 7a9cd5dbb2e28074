import { describe, expect, test } from "vitest";
import { standardise } from "./standardise.ts";

describe("standardise", () => {
  test("gives mean 0 and standard deviation 1, and returns what it took away", () => {
    // 2, 4, 4, 4, 5, 5, 7, 9: mean 5, population standard deviation 2.
    const samples = Float64Array.of(2, 4, 4, 4, 5, 5, 7, 9);
    expect(standardise(samples)).toEqual({ mean: 5, standardDeviation: 2 });
    expect([...samples]).toEqual([-1.5, -0.5, -0.5, -0.5, 0, 0, 1, 2]);
  });

  test("keeps its digits on a large offset", () => {
    const samples = Float64Array.from({ length: 1000 }, (_, index) => 1e9 + (index % 2));
    standardise(samples);
    expect(samples[0]).toBeCloseTo(-1, 9);
    expect(samples[1]).toBeCloseTo(1, 9);
  });

  test("makes a constant signal zero and leaves an empty one alone", () => {
    const flat = Float32Array.of(3, 3, 3);
    expect(standardise(flat).standardDeviation).toBe(0);
    expect([...flat]).toEqual([0, 0, 0]);
    expect(standardise(new Float32Array(0))).toEqual({ mean: 0, standardDeviation: 0 });
  });
});
