import { describe, expect, test } from "vitest";
import { createRandom } from "../../signal/random.ts";
import { beatRows, rowsFrom } from "../../testing/signalRows.ts";
import { coverage, coverageDensity, density, precision, recall } from "./coverageDensity.ts";
import { closeness, positionsOf } from "./measure.ts";
import { euclideanDistances } from "./pairDistances.ts";
import { joined, rowsAt, type SignalRows } from "./signalRows.ts";
import { finish } from "./work.ts";

function of(synthetic: SignalRows, real: SignalRows, neighbours: number) {
  const rows = joined(synthetic, real);
  const distances = finish(euclideanDistances(rows));
  const [first, second] = [positionsOf(0, synthetic.count), positionsOf(synthetic.count, rows.count)];
  return coverageDensity(distances, rows.count, first, second, neighbours);
}

describe("precision, recall, density and coverage", () => {
  test("of three numbers each are counted by hand", () => {
    // Real balls reach 1, 1 and 2 far; synthetic ones 9.5, 0.5 and 0.5.
    const found = of(rowsFrom([[0.5], [10], [10.5]]), rowsFrom([[0], [1], [3]]), 1);
    // Only 0.5 lies in real balls, in those of 0 and 1; its own ball holds all real numbers.
    expect(found).toEqual({ precision: 1 / 3, recall: 1, density: 2 / 3, coverage: 2 / 3 });
  });

  test("of equal distributions are what Naeem et al. derive", () => {
    const [n, k] = [300, 5];
    const random = createRandom(5);
    const sample = () =>
      rowsFrom(Array.from({ length: n }, () => Array.from({ length: 4 }, () => random.normal())));
    let [meanDensity, meanCoverage] = [0, 0];
    for (let trial = 0; trial < 10; trial++) {
      const found = of(sample(), sample(), k);
      meanDensity += found.density / 10;
      meanCoverage += found.coverage / 10;
    }
    // Of the 2n − 1 others, none of the k nearest is synthetic: (n − 1)…(n − k) / ((2n − 1)…(2n − k)).
    let none = 1;
    for (let index = 1; index <= k; index++) none *= (n - index) / (2 * n - index);
    expect(meanDensity).toBeCloseTo(1, 1);
    expect(meanCoverage).toBeCloseTo(1 - none, 2);
  });

  test("are 1, density a little above, for equal sets", () => {
    const rows = beatRows(60, 1);
    const found = of(rows, rows, 5);
    expect(found).toMatchObject({ precision: 1, recall: 1, coverage: 1 });
    // Each ball holds its five neighbours and its own centre.
    expect(found.density).toBeCloseTo(6 / 5, 12);
  });

  test("tell a collapsed generator, precise but of little coverage and recall, from one that adds shapes", () => {
    const real = beatRows(200, 1);
    const fair = beatRows(200, 2);
    const few = rowsAt(
      beatRows(200, 2),
      Array.from({ length: 200 }, (_, row) => row % 4),
    );
    expect(closeness(coverage, fair, real, 100)).toBeGreaterThan(0.9);
    expect(closeness(coverage, few, real, 100)).toBeLessThan(0.2);
    expect(closeness(recall, few, real, 100)).toBeLessThan(0.2);
    const strange = joined(rowsAt(fair, positionsOf(0, 100)), beatRows(100, 3, { noise: 0.3 }));
    expect(closeness(precision, strange, real, 100)).toBeLessThan(0.6);
    expect(closeness(density, strange, real, 100)).toBeLessThan(0.7);
  });

  test("need more rows than neighbours", () => {
    expect(() => of(beatRows(5, 1), beatRows(50, 2), 5)).toThrow(/have no 5 neighbours/);
  });
});
