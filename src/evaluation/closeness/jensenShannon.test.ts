import { describe, expect, test } from "vitest";
import { jensenShannonDivergence } from "./jensenShannon.ts";

describe("the Jensen–Shannon divergence", () => {
  test("is 0 for equal shapes, 1 bit for nothing in common, the same either way round", () => {
    expect(jensenShannonDivergence([1, 2, 3], [2, 4, 6])).toBeCloseTo(0, 14);
    expect(jensenShannonDivergence([1, 1, 0, 0], [0, 0, 3, 5])).toBe(1);
    expect(jensenShannonDivergence([1, 2], [5, 1])).toBe(jensenShannonDivergence([5, 1], [1, 2]));
  });

  test("is half a bit less ¾ lg 3 of (1, 0) and (½, ½), by hand", () => {
    // Middle (¾, ¼): H = 2 − ¾ lg 3; H(1, 0) = 0 and H(½, ½) = 1.
    expect(jensenShannonDivergence([1, 0], [1, 1])).toBeCloseTo(2 - 0.75 * Math.log2(3) - 0.5, 14);
  });

  // scipy 1.17: spatial.distance.jensenshannon([1, 2, 3, 4], [4, 3, 2, 1], 2) ** 2
  test("is scipy's", () => {
    expect(jensenShannonDivergence([1, 2, 3, 4], [4, 3, 2, 1])).toBeCloseTo(0.15356065532898452, 14);
  });

  test("does not exist without weight, and needs equal lengths", () => {
    expect(jensenShannonDivergence([0, 0], [1, 1])).toBeNull();
    expect(() => jensenShannonDivergence([1], [1, 2])).toThrow(RangeError);
  });
});
