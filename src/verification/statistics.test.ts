import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rocArea } from "../evaluation/metrics/classification.ts";
import { nullScenarios } from "./statistics.ts";
import { areaCoverage, areaUnder, experimentsOf, meanCoverage } from "./statisticsSimulated.ts";

/** The proof in small: bounds leave three standard errors of 40 experiments. */
describe.each(nullScenarios)("40 experiments without a difference: $title", (scenario) => {
  test("rarely decide, and the intervals hold 0", () => {
    const outcome = experimentsOf(scenario, 40, 3);
    expect(outcome.trueDifference).toBe(0);
    expect(outcome.better + outcome.worse).toBeLessThanOrEqual(0.15);
    expect(outcome.covered).toBeGreaterThanOrEqual(0.85);
  });
});

test("a large difference is found", () => {
  const { better, worse } = experimentsOf({ ...nullScenarios[0], signals: [0.8, 2] }, 10, 4);
  expect(better).toBeGreaterThan(0.8);
  expect(worse).toBe(0);
});

test("Student covers the mean of five runs, percentiles do not", () => {
  const { own, percentiles } = meanCoverage(5, 1000, 5);
  expect(own).toBeGreaterThan(0.93);
  expect(own).toBeLessThan(0.97);
  expect(percentiles).toBeLessThan(0.88);
});

test("the interval of an area covers it", () => {
  const { bca } = areaCoverage({ cases: 60, casesOfPatient: 1, signal: 1.5 }, 60, 6);
  expect(bca).toBeGreaterThan(0.86);
});

test("the fast area is the area", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.boolean()), { maxLength: 40 }),
      (pairs) => {
        const scores = pairs.map(([score]) => score);
        const truths = pairs.map(([, truth]) => truth);
        const [found, expected] = [areaUnder(scores, truths), rocArea(scores, truths)];
        if (expected === null) expect(found).toBeNull();
        else expect(found).toBeCloseTo(expected, 12);
      },
    ),
    { seed: 1, numRuns: 200 },
  );
});
