import { describe, expect, test } from "vitest";
import { createRandom } from "../../../signal/random.ts";
import { rowsFrom } from "../../../testing/signalRows.ts";
import { finish } from "../work.ts";
import { likenesses, tSne } from "./tSne.ts";

/** Normal clouds about far corners. */
function clusters(count: number, each: number, seed = 1) {
  const random = createRandom(seed);
  return rowsFrom(
    Array.from({ length: count * each }, (_, row) =>
      Array.from({ length: 6 }, (_, at) => random.normal() + (at === Math.floor(row / each) ? 30 : 0)),
    ),
  );
}

describe("likenesses of rows", () => {
  test("have sum 1, symmetry, and the perplexity as effective number of neighbours", () => {
    // Of points on a ring every row has the same likenesses, so that symmetry changes nothing.
    const count = 24;
    const ring = rowsFrom(
      Array.from({ length: count }, (_, k) => [
        Math.cos((2 * Math.PI * k) / count),
        Math.sin((2 * Math.PI * k) / count),
      ]),
    );
    const found = finish(likenesses(ring, 5));
    expect(found.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
    let entropy = 0;
    for (let other = 1; other < count; other++) {
      expect(found[other]).toBe(found[other * count]);
      const share = count * found[other];
      entropy -= share * Math.log(share);
    }
    expect(Math.exp(entropy)).toBeCloseTo(5, 4);
    expect(found[0]).toBe(0);
  });
});

describe("t-distributed stochastic neighbour embedding", () => {
  test("keeps far clusters apart: every point's nearest ones are of its own", () => {
    const each = 30;
    const { positions, divergence } = finish(tSne(clusters(3, each), { perplexity: 10, iterations: 400 }));
    const squared = (one: number, other: number) =>
      (positions[2 * one] - positions[2 * other]) ** 2 +
      (positions[2 * one + 1] - positions[2 * other + 1]) ** 2;
    for (let one = 0; one < 3 * each; one++) {
      const [own, foreign] = [[0], [Number.POSITIVE_INFINITY]];
      for (let other = 0; other < 3 * each; other++) {
        const isOwn = Math.floor(one / each) === Math.floor(other / each);
        if (isOwn) own[0] = Math.max(own[0], squared(one, other));
        else foreign[0] = Math.min(foreign[0], squared(one, other));
      }
      expect(own[0]).toBeLessThan(foreign[0]);
    }
    expect(divergence).toBeGreaterThan(0);
    expect(divergence).toBeLessThan(1);
  });

  test("lowers the divergence, calls back after every iteration, and is centred", () => {
    const rows = clusters(2, 20);
    const seen: number[] = [];
    const short = finish(tSne(rows, { perplexity: 8, iterations: 10 }));
    const long = finish(
      tSne(rows, { perplexity: 8, iterations: 300, onIteration: (iteration) => seen.push(iteration) }),
    );
    expect(seen).toEqual(Array.from({ length: 300 }, (_, index) => index));
    expect(long.divergence).toBeLessThan(short.divergence / 2);
    expect(long.positions.filter((_, at) => at % 2 === 0).reduce((sum, x) => sum + x, 0)).toBeCloseTo(0, 2);
  });

  test("follows the gradient of the divergence: small steps lower it every time", () => {
    const rows = clusters(1, 25, 3);
    const divergences = [20, 40, 60, 80].map(
      (iterations) =>
        finish(tSne(rows, { perplexity: 5, iterations, exaggeration: 1, learningRate: 1 })).divergence,
    );
    expect(divergences).toEqual([...divergences].sort((one, other) => other - one));
  });

  test("is the same for the same seed, and another for another", () => {
    const rows = clusters(2, 12);
    const of = (seed: number) => finish(tSne(rows, { perplexity: 5, iterations: 60, seed })).positions;
    expect(of(1)).toEqual(of(1));
    expect(of(1)).not.toEqual(of(2));
  });

  test("bears equal rows", () => {
    const { positions } = finish(
      tSne({ ...clusters(1, 20), values: new Float32Array(120) }, { perplexity: 5, iterations: 50 }),
    );
    expect(positions.every(Number.isFinite)).toBe(true);
  });

  test("refuses a perplexity that the rows do not allow, and too many rows", () => {
    expect(() => finish(tSne(clusters(1, 20), { perplexity: 7 }))).toThrow(/does not suit 20 rows/);
    const many = { values: new Float32Array(3001), count: 3001, length: 1 };
    expect(() => finish(tSne(many))).toThrow(/takes too long/);
  });
});
