import { describe, expect, test } from "vitest";
import { heightFor, leadIn, type PaperScale, stripWidth, timeOfX, xOfTime, yOfValue } from "./geometry.ts";

const scale: PaperScale = { speed: 25, gain: 10, pixelsPerMillimetre: 4 };

describe("paper geometry", () => {
  test("one second is 25 mm and one millivolt 10 mm", () => {
    expect(xOfTime(3, scale) - xOfTime(2, scale)).toBe(25 * 4);
    const height = { middle: 0, millimetres: 40 };
    expect(yOfValue(0, scale, height) - yOfValue(1, scale, height)).toBe(10 * 4);
    expect(stripWidth(10, 25)).toBe(leadIn + 250 + 5);
  });

  test("time and x are each other's inverse", () => {
    for (const time of [0, 0.123, 9.9]) expect(timeOfX(xOfTime(time, scale), scale)).toBeCloseTo(time, 12);
  });

  test("the paper holds the signal with a margin", () => {
    const height = heightFor(Float32Array.of(-1, 2), 10, null);
    expect(height.millimetres).toBe(40);
    expect(yOfValue(2, scale, height)).toBeGreaterThanOrEqual(0);
    expect(yOfValue(-1, scale, height)).toBeLessThanOrEqual(height.millimetres * 4);
  });

  test("a paper in use stays while the signal fits, and grows when it does not", () => {
    const first = heightFor(Float32Array.of(-0.3, 1), 10, null);
    expect(heightFor(Float32Array.of(-0.35, 1.1), 10, first)).toBe(first);
    expect(heightFor(Float32Array.of(-2, 3), 10, first).millimetres).toBeGreaterThan(first.millimetres);
  });

  test("a signal without samples keeps the paper", () => {
    expect(heightFor(Float32Array.of(Number.NaN), 10, null).millimetres).toBe(40);
  });
});
