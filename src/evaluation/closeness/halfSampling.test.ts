import { describe, expect, test } from "vitest";
import { createRandom } from "../../signal/random.ts";
import {
  drawableOf,
  drawnComparisons,
  drawnInterval,
  halfOf,
  halfSampleInterval,
  halvesOf,
  splitOf,
} from "./halfSampling.ts";
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

describe("half samples of patients", () => {
  /** Five patients with one to five rows, in mixed order; the rows stand at 100 and further. */
  const owners = ["e", "d", "c", "e", "b", "d", "e", "a", "c", "d", "e", "b", "e", "c", "d"];
  // "b" has two, "c" three, and so on.
  const rows = positionsOf(100, 115);

  test("hold all rows of two or three of five patients, and splits no patient twice", () => {
    const random = createRandom(3);
    const group = drawableOf(rows, owners);
    const namesOf = (half: Int32Array) => Array.from(half, (position) => owners[position - 100]);
    const sizes = new Set<number>();
    for (let draw = 0; draw < 50; draw++) {
      const names = namesOf(halfOf(group, random));
      const patients = new Set(names);
      sizes.add(patients.size);
      expect(names.length).toBe(owners.filter((name) => patients.has(name)).length);
    }
    expect([...sizes].sort()).toEqual([2, 3]);
    const [one, other] = splitOf(group, random).map((half) => new Set(namesOf(half)));
    expect([...one].filter((name) => other.has(name))).toEqual([]);
    expect(one.size + other.size).toBe(4);
  });

  test("are those of rows where each patient has one, or none is known", () => {
    const single = rows.slice(0, 5);
    expect(drawableOf(single, ["a", "b", "c", "d", "e"])).toBe(single);
    expect(drawableOf(single, undefined)).toBe(single);
    expect(() => drawableOf(single, ["a", "a"])).toThrow(/5 and 2 values/);
  });

  test("give no interval of three patients, and say so", () => {
    const of = (patients: number) => {
      const group = drawableOf(
        positionsOf(0, 4 * patients),
        Array.from({ length: 4 * patients }, (_, row) => row % patients),
      );
      return drawnInterval([positionsOf(0, 9), group], 1, [0.9, 1, 1.1], 3, 0.95, everything);
    };
    expect(of(3)).toEqual({ interval: null, drawn: "patients", intervalReason: "too few patients" });
    expect(of(4)).toMatchObject({ drawn: "patients", intervalReason: null });
    expect(of(4).interval?.low).toBeLessThan(1);
    const rowsOnly = drawnInterval([positionsOf(0, 9), positionsOf(9, 12)], 1, [1], 3, 0.95, everything);
    expect(rowsOnly).toEqual({ interval: null, drawn: "rows", intervalReason: "many halves have no value" });
  });

  test("leave out groups of too few rows", () => {
    const sizes = [2, 9, 4];
    const draw = () => [positionsOf(0, 9), positionsOf(0, sizes.pop() ?? 0)] as const;
    expect(finish(drawnComparisons((_, second) => second.length, draw, 3, 3))).toEqual([4, 9]);
  });
});
