import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { holmAdjusted } from "./holm.ts";

describe("p-values adjusted by Holm", () => {
  test.each([
    // 4 × 0.005, 3 × 0.01, 2 × 0.03, and 1 × 0.04, raised to the one before.
    { raw: [0.01, 0.04, 0.03, 0.005], adjusted: [0.03, 0.06, 0.06, 0.02] },
    // 3 × 0.01, 2 × 0.02, 1 × 0.03 raised.
    { raw: [0.01, 0.02, 0.03], adjusted: [0.03, 0.04, 0.04] },
    { raw: [0.6, 0.5], adjusted: [1, 1] },
    { raw: [0.02, 0.02], adjusted: [0.04, 0.04] },
    { raw: [0.03], adjusted: [0.03] },
    { raw: [], adjusted: [] },
  ])("of $raw are $adjusted", ({ raw, adjusted }) => {
    const found = holmAdjusted(raw);
    expect(found).toHaveLength(adjusted.length);
    adjusted.forEach((value, index) => {
      expect(found[index]).toBeCloseTo(value, 12);
    });
  });

  test("lie between the raw ones and Bonferroni's, in the same order", () => {
    const drawn = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(drawn, (raw) => {
        const adjusted = holmAdjusted(raw);
        raw.forEach((value, index) => {
          expect(adjusted[index]).toBeGreaterThanOrEqual(value);
          expect(adjusted[index]).toBeLessThanOrEqual(Math.min(1, raw.length * value));
          raw.forEach((other, place) => {
            if (value < other) expect(adjusted[index]).toBeLessThanOrEqual(adjusted[place]);
          });
        });
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  test("need probabilities", () => {
    for (const wrong of [Number.NaN, -0.1, 1.1]) expect(() => holmAdjusted([0.1, wrong])).toThrow(RangeError);
  });
});
