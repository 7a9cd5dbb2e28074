import { describe, expect, test } from "vitest";
import { createRandom } from "./random.ts";

/** Standard normal distribution function; the error function by Abramowitz & Stegun 7.1.26, within 1.5e-7. */
function normalCdf(x: number): number {
  const z = Math.abs(x) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * z);
  const series =
    ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  const tail = 0.5 * series * Math.exp(-z * z);
  return x < 0 ? tail : 1 - tail;
}

/** Largest distance between the sample's distribution and a distribution function (Kolmogorov & Smirnov). */
function kolmogorovSmirnov(values: Float64Array, cdf: (x: number) => number): number {
  const sorted = values.slice().sort();
  const n = sorted.length;
  return sorted.reduce((worst, x, index) => {
    const expected = cdf(x);
    return Math.max(worst, expected - index / n, (index + 1) / n - expected);
  }, 0);
}

/** Exceeded by one sample in a thousand of the right distribution. */
const criticalDistance = (n: number) => 1.95 / Math.sqrt(n);

describe("base generator", () => {
  test("gives the outputs of the reference implementation of xoshiro128**", () => {
    // xoshiro128starstar.c, version 1.1 (prng.di.unimi.it), state 1, 2, 3, 4; as printed in the tests of rand_xoshiro.
    const random = createRandom(0);
    random.restore(Uint32Array.of(1, 2, 3, 4));
    const words = Array.from({ length: 10 }, () => random.uniform() * 2 ** 32);
    expect(words).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  test("repeats a sequence from its seed, and continues it from its state", () => {
    const [one, other] = [createRandom(42), createRandom(42)];
    for (let count = 0; count < 100; count++) expect(one.normal()).toBe(other.normal());
    const state = one.state();
    const next = [one.uniform(), one.normal(), one.uniform()];
    other.restore(state);
    expect([other.uniform(), other.normal(), other.uniform()]).toEqual(next);
    one.reseed(42);
    expect(one.normal()).toBe(createRandom(42).normal());
  });

  test("has streams and seeds that are not correlated", () => {
    const n = 20_000;
    const sequences = [
      [1, 0],
      [1, 1],
      [1, 2],
      [2, 0],
      [2, 1],
    ].map(([seed, stream]) => {
      const random = createRandom(seed, stream);
      return Float64Array.from({ length: n }, () => random.normal());
    });
    sequences.forEach((one, index) => {
      for (const other of sequences.slice(index + 1)) {
        const correlation = one.reduce((sum, value, at) => sum + value * other[at], 0) / n;
        expect(Math.abs(correlation)).toBeLessThan(4 / Math.sqrt(n));
      }
    });
  });

  test("has first numbers that do not follow neighbouring seeds", () => {
    const n = 5000;
    const first = Float64Array.from({ length: n }, (_, seed) => createRandom(seed, 3).uniform());
    expect(kolmogorovSmirnov(first, (x) => x)).toBeLessThan(criticalDistance(n));
    const lagged = first.reduce((sum, x, at) => sum + (x - 0.5) * ((first[at + 1] ?? 0.5) - 0.5), 0);
    expect(Math.abs((12 * lagged) / n)).toBeLessThan(4 / Math.sqrt(n));
  });
});

describe("deviates", () => {
  const n = 200_000;

  test("uniform: the distribution is flat", () => {
    const random = createRandom(5);
    const values = Float64Array.from({ length: n }, () => random.uniform());
    expect(kolmogorovSmirnov(values, (x) => x)).toBeLessThan(criticalDistance(n));
  });

  test("normal: distribution, moments and tails", () => {
    const random = createRandom(7);
    const values = Float64Array.from({ length: n }, () => random.normal());
    expect(kolmogorovSmirnov(values, normalCdf)).toBeLessThan(criticalDistance(n));
    const moment = (order: number) => values.reduce((sum, x) => sum + x ** order, 0) / n;
    // Standard errors of the moments of n normal deviates: √(1/n), √(2/n), √(15/n), √(96/n).
    expect(Math.abs(moment(1))).toBeLessThan(3.5 * Math.sqrt(1 / n));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(3.5 * Math.sqrt(2 / n));
    expect(Math.abs(moment(3))).toBeLessThan(3.5 * Math.sqrt(15 / n));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(3.5 * Math.sqrt(96 / n));
    // Beyond the ziggurat's base at 3.4426: 2 × Φ(−3.4426) = 5.76e-4.
    const tail = values.filter((x) => Math.abs(x) > 3.442619855899).length;
    expect(Math.abs(tail - 5.76e-4 * n)).toBeLessThan(3.5 * Math.sqrt(5.76e-4 * n));
  });

  test("normal: a whole array is what single deviates are", () => {
    const [one, other] = [createRandom(9), createRandom(9)];
    const samples = new Float64Array(10_000).fill(1);
    one.addNormal(samples, 0.25);
    for (const value of samples) expect(value).toBe(1 + 0.25 * other.normal());
    expect(one.state()).toEqual(other.state());
  });

  test.each([0, 0.5, 2, 40, 1200])("Poisson: mean and variance are %d", (mean) => {
    const random = createRandom(11);
    const count = 4000;
    const values = Array.from({ length: count }, () => random.poisson(mean));
    const average = values.reduce((sum, value) => sum + value, 0) / count;
    const variance = values.reduce((sum, value) => sum + (value - average) ** 2, 0) / count;
    expect(Math.abs(average - mean)).toBeLessThanOrEqual(4 * Math.sqrt(mean / count));
    // Fourth central moment of a Poisson deviate: mean + 3 mean².
    expect(Math.abs(variance - mean)).toBeLessThanOrEqual(4 * Math.sqrt((mean + 2 * mean * mean) / count));
  });

  test("integer: every whole number below n equally often", () => {
    const random = createRandom(13);
    const counts = new Float64Array(7);
    for (let index = 0; index < 70_000; index++) counts[random.integer(7)]++;
    // χ² with six degrees of freedom exceeds 22.5 once in a thousand.
    expect(counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(22.5);
  });
});
