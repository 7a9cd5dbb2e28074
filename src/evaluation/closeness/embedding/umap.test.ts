import { describe, expect, test } from "vitest";
import { createRandom } from "../../../signal/random.ts";
import { rowsFrom } from "../../../testing/signalRows.ts";
import { finish } from "../work.ts";
import { strengthsOf, tiesOf, umap } from "./umap.ts";

/** Normal clouds about far corners. */
function clusters(count: number, each: number, seed = 1) {
  const random = createRandom(seed);
  return rowsFrom(
    Array.from({ length: count * each }, (_, row) =>
      Array.from({ length: 6 }, (_, at) => random.normal() + (at === Math.floor(row / each) ? 30 : 0)),
    ),
  );
}

describe("ties of rows", () => {
  test("of one row sum to lb of their number, the nearest is 1, and they fall", () => {
    const found = strengthsOf([0.5, 0.7, 1, 1.3, 2, 2.5, 4, 9]);
    expect(found[0]).toBe(1);
    expect(found.reduce((sum, strength) => sum + strength, 0)).toBeCloseTo(3, 5);
    expect(found).toEqual(found.toSorted((one, other) => other - one));
  });

  test("of equal distances are all 1", () => {
    expect(strengthsOf([2, 2, 2, 2])).toEqual([1, 1, 1, 1]);
    expect(strengthsOf([0, 0, 0, 0])).toEqual([1, 1, 1, 1]);
  });

  test("join both directions as the probability that either holds, by hand", () => {
    // 0, 1 and 3 on a line with two neighbours each: lb 2 = 1, so that beside the nearest nothing is left.
    const ties = finish(tiesOf(rowsFrom([[0], [1], [3], [103]]), 2));
    const weight = (one: number, other: number) =>
      ties.find((tie) => tie.one === one && tie.other === other)?.weight ?? 0;
    // 0 and 1 are each other's nearest: 1 + 1 − 1.
    expect(weight(0, 1)).toBeCloseTo(1, 6);
    // The nearest of 3 is 1, which has 0 nearer: 1 + ε − ε.
    expect(weight(1, 2)).toBeCloseTo(1, 6);
    expect(weight(0, 2)).toBeLessThan(1e-5);
    for (const { one, other, weight: own } of ties) expect(weight(other, one)).toBe(own);
  });
});

describe("the map of ties", () => {
  test("keeps far clusters apart: every point's nearest ones are of its own", () => {
    const each = 25;
    const positions = finish(umap(clusters(3, each), { neighbours: 8, epochs: 150 }));
    const squared = (one: number, other: number) =>
      (positions[2 * one] - positions[2 * other]) ** 2 +
      (positions[2 * one + 1] - positions[2 * other + 1]) ** 2;
    for (let one = 0; one < 3 * each; one++) {
      let [own, foreign] = [0, Number.POSITIVE_INFINITY];
      for (let other = 0; other < 3 * each; other++) {
        const isOwn = Math.floor(one / each) === Math.floor(other / each);
        if (isOwn) own = Math.max(own, squared(one, other));
        else foreign = Math.min(foreign, squared(one, other));
      }
      expect(own).toBeLessThan(foreign);
    }
  });

  test("is the same for the same seed, and another for another", () => {
    const of = (seed: number) => finish(umap(clusters(2, 12), { neighbours: 5, epochs: 20, seed }));
    expect(of(1)).toEqual(of(1));
    expect(of(1)).not.toEqual(of(2));
  });

  test("bears equal rows, and refuses too few", () => {
    const equal = { values: new Float32Array(120), count: 20, length: 6 };
    expect(finish(umap(equal, { neighbours: 5, epochs: 20 })).every(Number.isFinite)).toBe(true);
    expect(() => finish(umap(clusters(1, 10)))).toThrow(/15 neighbours of each row/);
  });
});
