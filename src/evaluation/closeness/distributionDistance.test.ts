import { describe, expect, test } from "vitest";
import { rowsFrom } from "../../testing/signalRows.ts";
import {
  amplitudeGap,
  amplitudeShift,
  kolmogorovSmirnov,
  wassersteinDistance,
} from "./distributionDistance.ts";
import { closeness } from "./measure.ts";

const a = [0.61, 1.4, 2.2, 2.9, 3.3, 4.1, 5.7];
const b = [1.1, 2.5, 3.6, 4.4, 4.9, 6.3, 7.2, 8.8, 9.1];

describe("the Kolmogorov–Smirnov test", () => {
  // scipy 1.17: stats.ks_2samp(a, b, method="exact")
  test("is scipy's, exact", () => {
    const found = kolmogorovSmirnov(a, b);
    expect(found.isExact).toBe(true);
    expect(found.statistic).toBeCloseTo(0.5238095238095238, 14);
    expect(found.probability).toBeCloseTo(0.1687062937062937, 12);
  });

  // scipy 1.17: special.kolmogorov(sqrt(63 / 16) * D), by both series
  test("has Kolmogorov's limit", () => {
    expect(kolmogorovSmirnov(a, b, { isExact: false }).probability).toBeCloseTo(0.23013279343433, 12);
    const shifted = a.map((value) => value + 0.1);
    expect(kolmogorovSmirnov(a, shifted, { isExact: false }).probability).toBeCloseTo(0.9999997041284721, 12);
  });

  test("of four below five has two orders of 126, and of equal samples all", () => {
    const apart = kolmogorovSmirnov([0.5, 1, 2, 3], [10, 11, 12, 13, 14]);
    expect(apart.statistic).toBe(1);
    expect(apart.probability).toBeCloseTo(2 / 126, 14);
    expect(kolmogorovSmirnov(a, a)).toEqual({ statistic: 0, probability: 1, isExact: true });
    expect(kolmogorovSmirnov(a, a, { isExact: false }).probability).toBe(1);
  });

  test("keeps the digits of tiny probabilities: 2 / (60 over 30) for samples apart", () => {
    const low = Array.from({ length: 30 }, (_, index) => index);
    const high = low.map((value) => value + 100);
    let orders = 1;
    for (let index = 1; index <= 30; index++) orders *= (30 + index) / index;
    expect(kolmogorovSmirnov(low, high).probability / (2 / orders)).toBeCloseTo(1, 10);
  });

  test("takes ties in both samples together", () => {
    // Below 2: 1/2 and 0; up to 2: 1 and 2/3.
    expect(kolmogorovSmirnov([1, 2], [2, 2, 3]).statistic).toBeCloseTo(1 / 2, 14);
  });

  test("takes over the limit where there are too many orders to count", () => {
    const many = Array.from({ length: 1200 }, (_, index) => index);
    const found = kolmogorovSmirnov(
      many,
      many.map((value) => value + 30.5),
    );
    expect(found.isExact).toBe(false);
    expect(found.statistic).toBeCloseTo(31 / 1200, 12);
  });
});

describe("Wasserstein's distance", () => {
  // scipy 1.17: stats.wasserstein_distance(a, b)
  test("is scipy's", () => {
    expect(wassersteinDistance(a, b)).toBeCloseTo(2.4350793650793654, 12);
    expect(wassersteinDistance(b, a)).toBeCloseTo(2.4350793650793654, 12);
  });

  test("is the shift of a shifted sample, and 0 for the same one in another order", () => {
    expect(
      wassersteinDistance(
        a,
        a.map((value) => value - 7),
      ),
    ).toBeCloseTo(7, 12);
    expect(wassersteinDistance(a, a.toReversed())).toBe(0);
    expect(wassersteinDistance([0, 1, 3], [5, 6, 8])).toBeCloseTo(5, 12);
    expect(() => wassersteinDistance([], a)).toThrow(RangeError);
  });
});

test("amplitudes of rows are compared, whatever the level", () => {
  const one = rowsFrom([
    [0, 1, 0],
    [5, 7, 5],
  ]);
  const larger = rowsFrom([
    [-1, 3, 0],
    [0, -5, 0],
  ]);
  // 1 and 2 against 4 and 5
  expect(closeness(amplitudeShift, larger, one, 100)).toBe(3);
  expect(closeness(amplitudeGap, larger, one, 100)).toBe(1);
  expect(closeness(amplitudeShift, one, one, 100)).toBe(0);
});
