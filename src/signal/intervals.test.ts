import { describe, expect, test } from "vitest";
import type { GroundTruth, TrueBeat } from "../domain/groundTruth.ts";
import { intervalsOf } from "./intervals.ts";

/** A beat at 500 Hz whose P starts 160 ms before R, QRS spans −40 … +50 ms, T ends 360 ms after R. */
function beatAt(rPeak: number, label = "N", withP = true): TrueBeat {
  return {
    label,
    rPeak,
    p: withP ? { onset: rPeak - 80, peak: rPeak - 60, offset: rPeak - 40 } : null,
    qrs: { onset: rPeak - 20, peak: rPeak, offset: rPeak + 25 },
    t: { onset: rPeak + 100, peak: rPeak + 140, offset: rPeak + 180 },
  };
}

const truth = (beats: TrueBeat[]): GroundTruth => ({ beats, rhythm: "N" });

describe("intervalsOf", () => {
  test("reads the intervals that were built in", () => {
    const intervals = intervalsOf(truth([200, 600, 1000].map((rPeak) => beatAt(rPeak))), 500);
    expect(intervals.rr?.mean).toBeCloseTo(0.8, 12);
    expect(intervals.heartRate?.mean).toBeCloseTo(75, 12);
    expect(intervals.pr?.mean).toBeCloseTo(0.12, 12);
    expect(intervals.qrs?.mean).toBeCloseTo(0.09, 12);
    expect(intervals.qt?.mean).toBeCloseTo(0.4, 12);
    expect(intervals.qtcBazett?.mean).toBeCloseTo(0.4 / Math.sqrt(0.8), 12);
    expect(intervals.qtcFridericia?.mean).toBeCloseTo(0.4 / Math.cbrt(0.8), 12);
  });

  test("at an RR of one second the corrections change nothing", () => {
    const intervals = intervalsOf(truth([beatAt(500), beatAt(1000)]), 500);
    expect(intervals.qtcBazett?.mean).toBeCloseTo(0.4, 12);
    expect(intervals.qtcFridericia?.mean).toBeCloseTo(0.4, 12);
  });

  test("ectopic beats count in the rhythm but not in the morphology", () => {
    const intervals = intervalsOf(truth([beatAt(200), beatAt(450, "V"), beatAt(1000)]), 500);
    expect(intervals.rr?.count).toBe(2);
    expect(intervals.pr?.count).toBe(2);
  });

  test("what is not there is null, not zero", () => {
    const intervals = intervalsOf(truth([beatAt(200, "N", false)]), 500);
    expect(intervals.pr).toBeNull();
    expect(intervals.rr).toBeNull();
    expect(intervals.qtcBazett).toBeNull();
    expect(intervals.qrs?.count).toBe(1);
  });

  test("the standard deviation is the sample's", () => {
    const intervals = intervalsOf(truth([0, 400, 900].map((rPeak) => beatAt(rPeak))), 500);
    expect(intervals.rr?.standardDeviation).toBeCloseTo(Math.SQRT2 * 0.1, 12);
  });
});
