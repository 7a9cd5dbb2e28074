import { describe, expect, test } from "vitest";
import { beatRows, noisy } from "../../testing/signalRows.ts";
import { type ClosenessKey, closenessMeasures } from "./index.ts";
import { closeness } from "./measure.ts";
import { closenessReport } from "./report.ts";
import { rowsAt } from "./signalRows.ts";
import { spectralNoise, whiteNoise } from "./spectralNoise.ts";

const samplingFrequency = 100;
const real = beatRows(80, 1);
const fair = beatRows(80, 2);
const some: readonly ClosenessKey[] = ["gaussianDiscrepancy", "coverage", "amplitudeShift"];

describe("the report", () => {
  test("holds every measure of the registry, with an interval about its value and a floor", async () => {
    const { outcome, entries, memorisation } = await closenessReport(fair, real, {
      samplingFrequency,
      draws: 40,
    });
    expect(outcome).toBe("finished");
    expect(memorisation).toBeNull();
    expect(entries.map(({ key }) => key)).toEqual(Object.keys(closenessMeasures));
    for (const { key, value, interval, floor, floorInterval, valueOfHalves, reason } of entries) {
      expect(value, key).toBeCloseTo(
        closeness(closenessMeasures[key], fair, real, samplingFrequency) ?? Number.NaN,
        5,
      );
      expect(interval?.low, key).toBeLessThanOrEqual(value ?? Number.NaN);
      expect(interval?.high, key).toBeGreaterThanOrEqual(value ?? Number.NaN);
      expect(floorInterval?.low, key).toBeLessThanOrEqual(floor ?? Number.NaN);
      expect(floorInterval?.high, key).toBeGreaterThanOrEqual(floor ?? Number.NaN);
      expect(valueOfHalves, key).not.toBeNull();
      expect(reason, key).toBeNull();
    }
  });

  test("has anchors: other real rows near by, noise of the same spectrum far away", async () => {
    const anchors = { near: beatRows(80, 3), far: spectralNoise(real, 1), white: whiteNoise(real, 1) };
    const keys: readonly ClosenessKey[] = ["gaussianDiscrepancy", "spectralShare", "coverage"];
    const { entries } = await closenessReport(beatRows(80, 4), real, {
      samplingFrequency,
      anchors,
      measures: keys,
      draws: 40,
    });
    for (const { key, near, nearInterval, far } of entries) {
      expect(near, key).toBeCloseTo(
        closeness(closenessMeasures[key], anchors.near, real, samplingFrequency) ?? Number.NaN,
        5,
      );
      expect(nearInterval?.low, key).toBeLessThanOrEqual(near ?? Number.NaN);
      const sign = closenessMeasures[key].better === "lower" ? 1 : -1;
      expect(sign * ((far ?? Number.NaN) - (near ?? Number.NaN)), key).toBeGreaterThan(0);
    }
    expect(entries[0].probability).toBeGreaterThan(0.05);
    expect(entries[0].nearProbability).toBeGreaterThan(0.05);
    expect(entries[1].probability).toBeNull();
    const collapsed = rowsAt(fair, Array(80).fill(0));
    const found = await closenessReport(collapsed, real, { samplingFrequency, measures: keys, draws: 40 });
    // One shape again and again is caught by coverage, and by the test.
    expect(found.entries[2].value).toBeLessThan(0.2);
    expect(found.entries[0].probability).toBeCloseTo(1 / 201, 12);
    expect(found.entries[0].near).toBeNull();
  });

  test("has fair rows near the floor, and noisy ones beyond it", async () => {
    const options = { samplingFrequency, measures: some };
    const near = await closenessReport(fair, real, options);
    const far = await closenessReport(noisy(fair, 0.3), real, options);
    some.forEach((key, index) => {
      const sign = closenessMeasures[key].better === "lower" ? 1 : -1;
      const floor = near.entries[index].floor ?? Number.NaN;
      const floorOfFar = far.entries[index].floor ?? Number.NaN;
      expect(floorOfFar, key).toBe(floor);
      const { low, high } = far.entries[index].floorInterval ?? { low: Number.NaN, high: Number.NaN };
      const distance = (value: number | null) => (sign * ((value ?? Number.NaN) - floor)) / (high - low);
      expect(distance(near.entries[index].valueOfHalves), key).toBeLessThan(1);
      expect(distance(far.entries[index].valueOfHalves), key).toBeGreaterThan(1);
    });
  });

  test("is the same for the same seed, and no measure depends on which others are chosen", async () => {
    const options = { samplingFrequency, mostRows: 40 };
    const one = await closenessReport(fair, real, { ...options, measures: some });
    const again = await closenessReport(fair, real, { ...options, measures: [some[2], some[0]] });
    expect(again.entries).toEqual([one.entries[2], one.entries[0]]);
    expect(one.entries[0].rows).toBe(40);
    const other = await closenessReport(fair, real, { ...options, measures: some, seed: 2 });
    expect(other.entries[0].value).not.toBe(one.entries[0].value);
  });

  test("says why a measure has no value", async () => {
    const flat = { values: new Float32Array(80 * 72), count: 80, length: 72 };
    const { entries } = await closenessReport(fair, flat, {
      samplingFrequency,
      measures: ["gaussianDiscrepancy", "nearestPercentage", "energy"],
    });
    expect(entries[0].reason).toMatch(/no typical distance/);
    expect(entries[1].reason).toMatch(/does not exist/);
    expect(entries[2].value).toBeGreaterThan(0);
    const few = await closenessReport(fair, real, {
      samplingFrequency,
      mostRows: 10,
      measures: ["coverage"],
    });
    expect(few.entries[0].reason).toMatch(/10 rows of each set; with halves it needs 12/);
    const long = { values: new Float32Array(4 * 9000), count: 4, length: 9000 };
    const tooLong = await closenessReport(long, long, { samplingFrequency, measures: ["nearestWarped"] });
    expect(tooLong.entries[0].reason).toMatch(/too long/);
  });

  test("can be cancelled between two strides, with what was reached", async () => {
    let reached = 0;
    const report = await closenessReport(fair, real, {
      samplingFrequency,
      measures: some,
      onEntry: () => reached++,
      stopped: () => reached === 2,
    });
    expect(report.outcome).toBe("cancelled");
    expect(report.entries.map(({ key }) => key)).toEqual(some.slice(0, 2));
  });

  test("checks for copies where there are held-out rows", async () => {
    const { memorisation } = await closenessReport(noisy(real, 0.001), fair, {
      samplingFrequency,
      measures: ["energy"],
      memorisation: { training: real, heldOut: fair },
    });
    expect(memorisation?.isMemorising).toBe(true);
  });
});
