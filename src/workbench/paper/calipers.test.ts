import { describe, expect, test } from "vitest";
import { march, neighbouringPeak, readCalipers, snap } from "./calipers.ts";
import type { PaperScale, Trace } from "./geometry.ts";

const scale: PaperScale = { speed: 25, gain: 10, pixelsPerMillimetre: 4 };
const trace: Trace = {
  samples: Float32Array.from({ length: 5000 }, (_, index) => Math.exp(-0.5 * ((index - 1000) / 5) ** 2)),
  samplingFrequency: 500,
  unit: "mV",
};

describe("calipers", () => {
  test("read interval, rate and difference", () => {
    const reading = readCalipers({ from: 1.2, to: 2, march: false }, trace, scale, [1.2, 2]);
    expect(reading.interval).toBeCloseTo(0.8, 12);
    expect(reading.rate).toBeCloseTo(75, 9);
    expect(reading.difference).toBeCloseTo(1, 6);
  });

  test("the uncertainty is half a sample at each snapped leg, in quadrature", () => {
    const reading = readCalipers({ from: 1.2, to: 2, march: false }, trace, scale, [1.2, 2]);
    expect(reading.intervalUncertainty).toBeCloseTo(Math.SQRT2 * 0.001, 12);
    expect(reading.rateUncertainty).toBeCloseTo((75 * reading.intervalUncertainty) / 0.8, 9);
  });

  test("a leg placed by hand is uncertain by half a pixel where that is more", () => {
    const reading = readCalipers({ from: 1.2, to: 2, march: false }, trace, scale, []);
    expect(reading.intervalUncertainty).toBeCloseTo(Math.SQRT2 * 0.005, 12);
  });

  test("snaps to a known peak, else to the signal's own, else nowhere", () => {
    expect(snap(2.06, trace, scale, [2.02])).toBe(2.02);
    expect(snap(2.06, trace, scale, [])).toBeCloseTo(2, 9);
    expect(snap(7, trace, scale, [2])).toBe(7);
  });

  test("marches both ways to the ends of the strip", () => {
    const times = march({ from: 3, to: 4, march: true }, 6.5);
    expect(times).toEqual([0, 1, 2, 5, 6]);
    expect(march({ from: 3, to: 3, march: true }, 10)).toEqual([]);
    expect(march({ from: 3, to: 4, march: false }, 10)).toEqual([]);
  });

  test("steps from peak to peak", () => {
    expect(neighbouringPeak(1, [0.5, 1, 1.5], 1)).toBe(1.5);
    expect(neighbouringPeak(1, [0.5, 1, 1.5], -1)).toBe(0.5);
    expect(neighbouringPeak(2, [0.5, 1, 1.5], 1)).toBe(2);
  });
});
