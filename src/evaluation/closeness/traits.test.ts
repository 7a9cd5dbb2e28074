import { describe, expect, test } from "vitest";
import { beatRows, rowsFrom } from "../../testing/signalRows.ts";
import type { SignalRows } from "./signalRows.ts";
import { traitReport } from "./traitReport.ts";
import { traitsOf } from "./traits.ts";
import { finish } from "./work.ts";

const frequency = 360;

interface Wave {
  /** s from R */
  readonly at: number;
  /** mV */
  readonly height: number;
  /** s */
  readonly width: number;
}

const usual: readonly Wave[] = [
  { at: -0.13, height: 0.15, width: 0.018 },
  { at: 0, height: 1.1, width: 0.011 },
  { at: 0.22, height: 0.3, width: 0.03 },
];

/** Gaussian waves about R peaks. */
function signalOf(length: number, peaks: readonly number[], waves: readonly Wave[]): number[] {
  return Array.from({ length }, (_, at) =>
    peaks.reduce(
      (sum, peak) =>
        sum +
        waves.reduce(
          (own, wave) =>
            own + wave.height * Math.exp(-0.5 * (((at - peak) / frequency - wave.at) / wave.width) ** 2),
          0,
        ),
      0,
    ),
  );
}

const beat = (waves: readonly Wave[]) => signalOf(216, [72], waves);
const of = (rows: SignalRows) => finish(traitsOf(rows, frequency));

describe("intervals and amplitudes", () => {
  test("of a single beat are those of the waves it is made of", () => {
    const found = of(rowsFrom([beat(usual)]));
    expect(found.pToR[0]).toBeCloseTo(130, -1);
    expect(found.rHeight[0]).toBeCloseTo(1.1, 1);
    expect(found.pHeight[0]).toBeCloseTo(0.15, 1);
    expect(found.tHeight[0]).toBeCloseTo(0.3, 1);
    // Ends about 3 standard deviations from the middle.
    expect(found.qrs[0]).toBeGreaterThan(45);
    expect(found.qrs[0]).toBeLessThan(90);
    expect(found.qt[0]).toBeGreaterThan(260);
    expect(found.qt[0]).toBeLessThan(380);
    expect(Math.abs(found.stLevel[0])).toBeLessThan(0.12);
    expect(found.rr[0]).toBeNaN();
    expect(found.pr[0]).toBeNaN();
  });

  test("follow what is changed, and nothing else does", () => {
    const wide = usual.map((wave) => (wave.at === 0 ? { ...wave, width: 0.022 } : wave));
    const low = usual.map((wave) => (wave.at > 0 ? { ...wave, height: -0.25 } : wave));
    const found = of(rowsFrom([beat(usual), beat(wide), beat(low)]));
    expect(found.qrs[1] / found.qrs[0]).toBeGreaterThan(1.5);
    expect(found.rHeight[1]).toBeCloseTo(found.rHeight[0], 1);
    expect(found.tHeight[2]).toBeCloseTo(-0.25, 1);
  });

  test("of a recording are medians over its beats, RR and PR included", () => {
    const peaks = Array.from({ length: 12 }, (_, index) => 200 + 288 * index);
    const found = of(rowsFrom([signalOf(3600, peaks, usual)]));
    expect(found.rr[0]).toBeCloseTo(800, 0);
    expect(found.pr[0]).toBeGreaterThan(110);
    expect(found.pr[0]).toBeLessThan(200);
  });

  test("are compared by shift and gap, with both anchors", () => {
    const set = (height: number, seed: number) => {
      const rows = Array.from({ length: 12 }, (_, row) =>
        beat(
          usual.map((wave) =>
            wave.at === 0 ? { ...wave, height: height + 0.02 * ((row * seed) % 7) } : wave,
          ),
        ),
      );
      return rowsFrom(rows);
    };
    const entries = finish(
      traitReport(
        { synthetic: set(1.5, 1), real: set(1, 1), near: set(1, 2), far: beatRows(12, 1, { length: 216 }) },
        frequency,
      ),
    );
    const found = entries.find(({ key }) => key === "rHeight");
    expect(found?.shift).toBeCloseTo(0.5, 1);
    expect(found?.gap).toBe(1);
    expect(found?.gapInterval).toEqual({ low: 1, high: 1 });
    const width = entries.find(({ key }) => key === "qrs");
    expect(width?.gapInterval?.low).toBeGreaterThanOrEqual(0);
    expect(width?.gapInterval?.low).toBeLessThanOrEqual(width?.gap ?? Number.NaN);
    expect(width?.gapInterval?.high).toBeGreaterThanOrEqual(width?.gap ?? Number.NaN);
    expect(found?.nearShift).toBeLessThan(0.05);
    expect(found?.interval?.low).toBeGreaterThan(0.4);
    expect(found?.foundReal).toBe(1);
    expect(found?.real?.median).toBeCloseTo(1.06, 1);
    // Single beats have no RR to compare.
    expect(entries.map(({ key }) => key)).not.toContain("rr");
  });
});
