import { describe, expect, test } from "vitest";
import { gaussianBeats } from "../testing/gaussianBeats.ts";
import { wavePeaks, waveValues } from "./waveValues.ts";

/** A beat of triangles: `[sample, height]`, 12 samples wide at the foot. */
function triangles(...waves: readonly (readonly [number, number])[]): Float32Array {
  return Float32Array.from({ length: 216 }, (_, at) =>
    waves.reduce((sum, [place, height]) => sum + height * Math.max(0, 1 - Math.abs(at - place) / 6), 0),
  );
}

describe("wave values", () => {
  test("are the heights of waves where they were put", () => {
    const beat = triangles([30, 0.2], [62, -0.15], [72, 1.1], [82, -0.3], [150, 0.35]);
    expect(wavePeaks(beat)).toEqual({ P: 30, Q: 62, R: 72, S: 82, T: 150 });
    const found = [...waveValues(beat)];
    [0.2, -0.15, 1.1, -0.3, 0.35].forEach((height, wave) => {
      expect(found[wave]).toBeCloseTo(height, 6);
    });
  });

  test("follow an R that stands beside its usual place, and take the first of equal samples", () => {
    expect(wavePeaks(triangles([66, 1])).R).toBe(66);
    expect(wavePeaks(new Float32Array(216))).toEqual({ R: 60, Q: 52, S: 60, P: 0, T: 60 });
  });

  test("look at no sample outside of the windows", () => {
    const beat = triangles([72, 1], [208, 5]);
    expect(wavePeaks(beat).T).toBeLessThanOrEqual(200);
    expect(waveValues(beat)[4]).toBeLessThanOrEqual(0);
  });

  test("come row by row, in order P, Q, R, S, T: no wave below its neighbours, no dip above", () => {
    const count = 20;
    const values = waveValues(gaussianBeats(count, 7));
    expect(values.length).toBe(5 * count);
    for (let row = 0; row < count; row++) {
      const [p, q, r, s, t] = values.subarray(5 * row, 5 * row + 5);
      expect(r).toBeGreaterThan(Math.max(q, s));
      expect(p).toBeGreaterThanOrEqual(q);
      expect(t).toBeGreaterThan(s);
    }
  });
});
