import { describe, expect, test } from "vitest";
import { placeOf, verdictCounts } from "./reading.ts";

const entry = (value: number | null, near: number | null, far: number | null) => ({
  value,
  interval: value === null ? null : { low: value - 0.1, high: value + 0.1 },
  near,
  far,
  nearInterval: near === null ? null : { low: near - 0.05, high: near + 0.05 },
});

describe("the place of a value between its anchors", () => {
  test.each([
    // Real patients at 0.1, noise at 1.1.
    ["lower", 0.05, 0.1, 1.1, 0, "real"],
    ["lower", 0.14, 0.1, 1.1, 0.04, "real"],
    ["lower", 0.25, 0.1, 1.1, 0.15, "near"],
    ["lower", 0.5, 0.1, 1.1, 0.4, "between"],
    ["lower", 0.9, 0.1, 1.1, 0.8, "far"],
    ["lower", 5, 0.1, 1.1, 1, "far"],
    // Coverage of 0.9 and of 0.
    ["higher", 0.95, 0.9, 0, 0, "real"],
    ["higher", 0.3, 0.9, 0, 2 / 3, "far"],
    // Ratios: e² and e⁻² are equally far from 1.
    ["nearOne", Math.exp(-2), 1, Math.exp(4), 0.5, "between"],
    ["nearOne", Math.exp(2), 1, Math.exp(4), 0.5, "between"],
    ["nearOne", Math.exp(-3), Math.exp(1), Math.exp(4), 2 / 3, "far"],
  ] as const)("%s is better: %d between %d and %d", (better, value, near, far, share, verdict) => {
    const place = placeOf(entry(value, near, far), better);
    expect(place?.share).toBeCloseTo(share, 12);
    expect(place?.verdict).toBe(verdict);
    expect(place?.low).toBeLessThanOrEqual(share + 1e-12);
    expect(place?.high).toBeGreaterThanOrEqual(share - 1e-12);
  });

  test("does not exist without value or anchors, or where noise is no worse than real patients", () => {
    expect(placeOf(entry(null, 0, 1), "lower")).toBeNull();
    expect(placeOf(entry(1, null, 1), "lower")).toBeNull();
    expect(placeOf(entry(1, 0, null), "lower")).toBeNull();
    expect(placeOf(entry(1, 2, 2), "lower")).toBeNull();
    // Recall grows with noise: it tells nothing then.
    expect(placeOf(entry(0, 0.4, 0.5), "higher")).toBeNull();
  });

  test("is not real for all that an interval as wide as the scale holds", () => {
    const wide = { ...entry(0, 0.2, 0.1), nearInterval: { low: 0, high: 0.5 } };
    expect(placeOf(wide, "higher")?.verdict).toBe("far");
  });

  test("is counted", () => {
    const places = [entry(0, 0.1, 1), entry(0.9, 0.1, 1), entry(1, 0.1, 1), entry(null, 0, 1)].map((each) =>
      placeOf(each, "lower"),
    );
    expect(verdictCounts(places)).toEqual({ real: 1, near: 0, between: 0, far: 2 });
  });
});
