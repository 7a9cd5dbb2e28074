import { describe, expect, test } from "vitest";
import { createRandom } from "../../signal/random.ts";
import { drawnComparisons, halfSampleInterval, halvesOf, splitOf } from "./halfSampling.ts";
import { positionsOf } from "./measure.ts";
import { finish } from "./work.ts";

const everything = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;

describe("half samples", () => {
  test("are halves without repetition, and splits share no position", () => {
    const random = createRandom(1);
    const [first, second] = halvesOf(positionsOf(0, 9), positionsOf(9, 20), random);
    expect([first.length, second.length]).toEqual([4, 5]);
    expect(new Set([...first, ...second]).size).toBe(9);
    expect(Math.max(...first)).toBeLessThan(9);
    expect(Math.min(...second)).toBeGreaterThanOrEqual(9);
    const [one, other] = splitOf(positionsOf(5, 14), random);
    expect(new Set([...one, ...other]).size).toBe(8);
  });

  test("give a difference of means the interval of normal theory", () => {
    const random = createRandom(2);
    const values = Array.from({ length: 500 }, (_, index) => random.normal() + (index < 300 ? 1 : 0));
    const mean = (group: ArrayLike<number>) =>
      Array.from(group).reduce((sum, position) => sum + values[position], 0) / group.length;
    const compare = (first: ArrayLike<number>, second: ArrayLike<number>) => mean(first) - mean(second);
    const [first, second] = [positionsOf(0, 300), positionsOf(300, 500)];
    const halves = finish(drawnComparisons(compare, () => halvesOf(first, second, random), 2000));
    const interval = halfSampleInterval(compare(first, second), halves, 2000, 0.95, everything);
    // 1.96 √(1/300 + 1/200), the deviations being those of these very values within 5 %.
    const reach = 1.96 * Math.sqrt(1 / 300 + 1 / 200);
    expect(interval).not.toBeNull();
    expect(((interval?.high ?? 0) - (interval?.low ?? 0)) / (2 * reach)).toBeGreaterThan(0.9);
    expect(((interval?.high ?? 0) - (interval?.low ?? 0)) / (2 * reach)).toBeLessThan(1.1);
  });

  test("are moved to the value of the whole, end at the range, and fail where many have no value", () => {
    const halves = [0.8, 0.9, 1];
    const found = halfSampleInterval(0.97, halves, 3, 0.5, [0, 1]);
    // Quartiles 0.85 and 0.95, moved by 0.97 − 0.9.
    expect(found?.low).toBeCloseTo(0.92, 12);
    expect(found?.high).toBe(1);
    expect(halfSampleInterval(0.97, halves, 4, 0.5, [0, 1])).toBeNull();
  });
});
