import { describe, expect, test } from "vitest";
import { collapseOf } from "./collapse.ts";
import type { ClosenessEntry } from "./report.ts";

const entryOf = (value: number | null, near = 0.8, low = 0.7): ClosenessEntry<string> => ({
  ...{ key: "coverage", value, interval: null, valueOfHalves: null, floor: null, floorInterval: null, near },
  nearInterval: { low, high: 0.9 },
  ...{ far: 0, probability: null, nearProbability: null, rows: 100, reason: null },
});
const other = { ...entryOf(0), key: "precision" };

describe("the rule of collapse", () => {
  test("goes by the features of a network where there are some, and says so", () => {
    // By samples it would be collapsed: the contradiction that the features decide.
    expect(collapseOf([entryOf(0.1)], [other, entryOf(0.75)])).toEqual({
      ...{ by: "features", isCollapsed: false, covered: 0.75, reached: 0.8 },
    });
    expect(collapseOf([entryOf(0.75)], [entryOf(0.1)])).toMatchObject({ by: "features", isCollapsed: true });
  });

  test("goes by samples without a network, or where its coverage has no value", () => {
    expect(collapseOf([other, entryOf(0.1)], null)).toMatchObject({ by: "samples", isCollapsed: true });
    expect(collapseOf([entryOf(0.1)], [entryOf(null)])).toMatchObject({ by: "samples", isCollapsed: true });
    expect(collapseOf([other], [other])).toBeNull();
  });

  test("spares half of what other patients cover, and what their interval holds", () => {
    expect(collapseOf([entryOf(0.41)], null)?.isCollapsed).toBe(false);
    expect(collapseOf([entryOf(0.39)], null)?.isCollapsed).toBe(true);
    // Less than half, but patients may cover as little themselves: at 0.41 of the way to noise.
    expect(collapseOf([entryOf(0.39, 0.8, 0.3)], null)?.isCollapsed).toBe(true);
    expect(collapseOf([{ ...entryOf(0.39, 0.8, 0.3), far: -0.1 }], null)?.isCollapsed).toBe(false);
  });
});
