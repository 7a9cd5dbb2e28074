import { describe, expect, test } from "vitest";
import { createRandom } from "../../signal/random.ts";
import { beatRows, rowsFrom } from "../../testing/signalRows.ts";
import { gaussianDiscrepancy } from "./maximumMeanDiscrepancy.ts";
import { poolOf } from "./measure.ts";
import { permutationProbability } from "./permutationTest.ts";
import { finish } from "./work.ts";

/** The gap of the means of some numbers. */
const meanGap = (numbers: readonly number[]) => (first: ArrayLike<number>, second: ArrayLike<number>) => {
  const mean = (group: ArrayLike<number>) =>
    Array.from(group, (position) => numbers[position]).reduce((sum, value) => sum + value, 0) / group.length;
  return Math.abs(mean(first) - mean(second));
};

describe("the test by permutation", () => {
  test("of 3 below 3 numbers comes to 2 of the 20 divisions", () => {
    const found = finish(
      permutationProbability(meanGap([1, 2, 3, 11, 12, 13]), 3, 6, 20_000, createRandom(1)),
    );
    // The standard deviation over 20,000 shuffles is 0.002.
    expect(Math.abs((found ?? Number.NaN) - 0.1)).toBeLessThan(0.008);
  });

  test("of equal numbers is 1, and has no value where the comparison has none", () => {
    expect(finish(permutationProbability(meanGap([4, 4, 4, 4]), 2, 4, 50, createRandom(1)))).toBe(1);
    expect(finish(permutationProbability(() => null, 2, 4, 50, createRandom(1)))).toBeNull();
  });

  test("is seldom small for rows of one distribution, and always for others", () => {
    const trials = 40;
    let small = 0;
    for (let trial = 0; trial < trials; trial++) {
      const random = createRandom(trial, 3);
      const sample = () => rowsFrom(Array.from({ length: 16 }, () => [random.normal(), random.normal()]));
      const pool = poolOf(sample(), sample(), 100);
      const compare = finish(gaussianDiscrepancy.prepare(pool));
      const found = finish(permutationProbability(compare, 16, 32, 99, createRandom(trial)));
      if ((found ?? 1) <= 0.1) small++;
    }
    // 10 % of 40 are 4, with a standard deviation of 1.9.
    expect(small).toBeLessThanOrEqual(10);
    const pool = poolOf(beatRows(20, 1), beatRows(20, 2, { noise: 0.3 }), 100);
    const found = finish(
      permutationProbability(finish(gaussianDiscrepancy.prepare(pool)), 20, 40, 99, createRandom(1)),
    );
    expect(found).toBe(1 / 100);
  });
});
