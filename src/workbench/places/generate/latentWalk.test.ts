import { describe, expect, test } from "vitest";
import { between, moved } from "./latentWalk.ts";

describe("a walk through latent space", () => {
  const [one, other] = [Float32Array.of(2, 0, 0), Float32Array.of(0, 2, 0)];

  test("begins and ends where it should, and keeps the length on the way", () => {
    expect(Array.from(between(one, other, 0))).toEqual([2, 0, 0]);
    expect(between(one, other, 1)[1]).toBeCloseTo(2, 6);
    const middle = between(one, other, 0.5);
    // Halfway along a quarter of a circle of radius 2
    expect(middle[0]).toBeCloseTo(Math.SQRT2, 6);
    expect(middle[1]).toBeCloseTo(Math.SQRT2, 6);
  });

  test("between a vector and itself stays there", () => {
    expect(Array.from(between(one, one, 0.3))).toEqual([2, 0, 0]);
  });

  test("moves by the sum of the steps along the directions", () => {
    const directions = Float32Array.of(1, 0, 0, 0, 0, 1);
    expect(Array.from(moved(one, directions, [0.5, -2]))).toEqual([2.5, 0, -2]);
  });
});
