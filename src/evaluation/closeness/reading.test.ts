import { describe, expect, test } from "vitest";
import { placeOf, verdictCounts } from "./reading.ts";

const entry = (value: number | null, near: number | null, far: number | null) => ({
  value,
  near,
  far,
  nearInterval: near === null ? null : { low: near - 0.05, high: near + 0.05 },
});

describe("the place of a value between its anchors", () => {
  test.each([
    // Lower is better: real patients at 0.1, noise at 1.1.
    [0.05, 0.1, 1.1, 0, "real"],
    [0.14, 0.1, 1.1, 0.04, "real"],
    [0.25, 0.1, 1.1, 0.15, "near"],
    [0.5, 0.1, 1.1, 0.4, "between"],
    [0.9, 0.1, 1.1, 0.8, "far"],
    [5, 0.1, 1.1, 1, "far"],
    // Higher is better: coverage of 0.9 and of 0.
    [0.95, 0.9, 0, 0, "real"],
    [0.3, 0.9, 0, 2 / 3, "far"],
  ] as const)("%d between %d and %d is %d of the way", (value, near, far, share, verdict) => {
    const place = placeOf(entry(value, near, far));
    expect(place?.share).toBeCloseTo(share, 12);
    expect(place?.verdict).toBe(verdict);
  });

  test("does not exist without value, anchors or a distance between them", () => {
    expect(placeOf(entry(null, 0, 1))).toBeNull();
    expect(placeOf(entry(1, null, 1))).toBeNull();
    expect(placeOf(entry(1, 0, null))).toBeNull();
    expect(placeOf(entry(1, 2, 2))).toBeNull();
  });

  test("is counted", () => {
    const places = [entry(0, 0.1, 1), entry(0.9, 0.1, 1), entry(1, 0.1, 1), entry(null, 0, 1)].map(placeOf);
    expect(verdictCounts(places)).toEqual({ real: 1, near: 0, between: 0, far: 2 });
  });
});
