import { describe, expect, test } from "vitest";
import { heartRateVariability } from "./heartRateVariability.ts";

const all = () => true;
const timesOf = (intervals: readonly number[]) => {
  const times = [0];
  for (const interval of intervals) times.push(times[times.length - 1] + interval);
  return times;
};

describe("heart-rate variability", () => {
  test("of ten intervals is what one works out by hand", () => {
    // numpy: rr = [800, 810, 790, 860, 800, 750, 820, 800, 790, 805]; d = diff(rr); mean, std(ddof=1),
    // sqrt(mean(d²)), std(d, ddof=1), share of |d| > 50: 3 of 9
    const found = heartRateVariability(
      timesOf([0.8, 0.81, 0.79, 0.86, 0.8, 0.75, 0.82, 0.8, 0.79, 0.805]),
      all,
    );
    expect(found?.count).toBe(10);
    expect(found?.meanInterval).toBeCloseTo(802.5, 6);
    expect(found?.meanRate).toBeCloseTo(74.766355, 5);
    expect(found?.sdnn).toBeCloseTo(27.411474, 5);
    expect(found?.rmssd).toBeCloseTo(43.620841, 5);
    expect(found?.sdsd).toBeCloseTo(46.263137, 5);
    expect(found?.pnn50).toBeCloseTo(100 / 3, 6);
    expect(found?.lowFrequency).toBeNull();
  });

  test("sees a modulation where it is: 0.1 Hz is low, 0.25 Hz is high, each with its power", () => {
    for (const [frequency, isLow] of [
      [0.1, true],
      [0.25, false],
    ] as const) {
      const times = [0];
      while (times[times.length - 1] < 900) {
        const last = times[times.length - 1];
        times.push(last + 0.8 + 0.03 * Math.sin(2 * Math.PI * frequency * last));
      }
      const found = heartRateVariability(times, all);
      const [own, other] = isLow
        ? [found?.lowFrequency, found?.highFrequency]
        : [found?.highFrequency, found?.lowFrequency];
      // A sine of 30 ms has the power 450 ms²; straight lines between beats take some of the fast one away.
      expect(own).toBeGreaterThan(isLow ? 380 : 250);
      expect(own).toBeLessThan(470);
      expect(other).toBeLessThan(30);
    }
  });

  test("intervals beside an ectopic beat do not count, nor differences across it", () => {
    const intervals = new Array<number>(30).fill(0.8);
    intervals[10] = 0.5;
    intervals[11] = 1.1;
    const found = heartRateVariability(timesOf(intervals), (index) => index !== 11);
    expect(found?.count).toBe(28);
    expect(found?.sdnn).toBeCloseTo(0, 6);
    expect(found?.rmssd).toBeCloseTo(0, 6);
  });

  test("too few intervals say nothing", () => {
    expect(heartRateVariability(timesOf([0.8, 0.8, 0.8]), all)).toBeNull();
    expect(heartRateVariability([], all)).toBeNull();
  });

  test("the Poincaré axes span the same variance as intervals and differences", () => {
    const intervals = Array.from({ length: 200 }, (_, index) => 0.8 + 0.05 * Math.sin(index * 0.7));
    const found = heartRateVariability(timesOf(intervals), all);
    // Brennan et al.: SD1² + SD2² = 2 SDNN²
    expect((found?.sd1 ?? 0) ** 2 + (found?.sd2 ?? 0) ** 2).toBeCloseTo(2 * (found?.sdnn ?? 0) ** 2, 4);
  });
});
