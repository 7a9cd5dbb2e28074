import { describe, expect, test } from "vitest";
import { createRandom } from "../random.ts";
import { boxLength, splineWavelet } from "./wavelet.ts";

/** The à-trous bank itself, filter by filter: Martínez et al. 2004, h = (1 3 3 1)/8, g = 2 (1 −1). */
function filterBank(samples: readonly number[], scale: number): number[] {
  const filtered = (input: readonly number[], taps: readonly number[], stride: number) =>
    input.map((_, n) => taps.reduce((sum, tap, k) => sum + tap * (input[n - k * stride] ?? input[0]), 0));
  let smooth = samples;
  for (let level = 0; level < scale - 1; level++) {
    smooth = filtered(smooth, [1 / 8, 3 / 8, 3 / 8, 1 / 8], 2 ** level);
  }
  return filtered(smooth, [2, -2], 2 ** (scale - 1));
}

describe("the wavelet transform", () => {
  test.each([1, 2, 3, 4, 5])("is the à-trous bank at 250 Hz, scale 2^%i", (scale) => {
    const samples = new Float64Array(300);
    createRandom(5).addNormal(samples, 1);
    const slopes = splineWavelet(samples, boxLength(scale, 250));
    const expected = filterBank([...samples], scale);
    // The causal bank comes 2 · 2^(scale − 1) − 1 samples later than the centred transform at n + ½.
    const delay = 2 ** scale - 1;
    for (let n = 70; n < 230; n++) expect(slopes[n]).toBeCloseTo(expected[n + delay], 10);
  });

  test.each([100, 128, 250, 360, 500, 1000])(
    "crosses zero at the extremum of a symmetric wave at %i Hz",
    (frequency) => {
      const centre = 0.5 * frequency;
      const wave = Float64Array.from({ length: frequency }, (_, n) =>
        Math.exp(-(((n - centre) / frequency / 0.04) ** 2)),
      );
      for (const scale of [1, 2, 3, 4, 5]) {
        const slopes = splineWavelet(wave, boxLength(scale, frequency));
        expect(slopes[centre - 1]).toBeGreaterThan(0);
        expect(slopes[centre]).toBeCloseTo(-slopes[centre - 1], 9);
      }
    },
  );

  test("is zero on a flat line, and empty on nothing", () => {
    expect([...splineWavelet(new Float64Array(50).fill(0.3), 4)]).toEqual(new Array(50).fill(0));
    expect(splineWavelet(new Float64Array(0), 4)).toHaveLength(0);
  });
});
