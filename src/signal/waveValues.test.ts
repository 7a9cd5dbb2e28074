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

describe("by the slope from R outwards", () => {
  const peaks = (beat: Float32Array) => wavePeaks(beat, "signChanges");

  test("Q and S are the first turns, P and T the highest samples beyond", () => {
    const beat = triangles([30, 0.2], [64, -0.15], [72, 1.1], [80, -0.3], [150, 0.35]);
    // Over two samples the slope at a corner is that of its flatter side: one more sample outwards it has turned.
    expect(peaks(beat)).toMatchObject({ P: 30, R: 72, T: 150 });
    expect(Math.abs(peaks(beat).Q - 64)).toBeLessThanOrEqual(1);
    expect(Math.abs(peaks(beat).S - 80)).toBeLessThanOrEqual(1);
  });

  test("T may lie beyond the fixed window, and a notch on the way is a turn", () => {
    expect(peaks(triangles([72, 1], [208, 5])).T).toBe(208);
    // A notch half-way down from R is taken for S, as the rule has it.
    const notched = triangles([72, 1.2], [79, 0.4], [95, -0.3]);
    expect(peaks(notched).S).toBeLessThan(80);
    expect(wavePeaks(notched).S).toBe(95);
  });

  /** R = 84 is the last sample of its window; before it the slope has one sign, and so it has after it. */
  test("a slope that never turns leads to the ends", () => {
    const ramp = Float32Array.from({ length: 216 }, (_, at) => at);
    expect(peaks(ramp)).toEqual({ P: 0, Q: 0, R: 84, S: 215, T: 215 });
  });

  /** Worked by hand: R at 72, falling to 70 and rising from there to 68, both by whole numbers. */
  test("the turn is the last sample whose slope still has the old sign", () => {
    const beat = new Float32Array(216);
    beat.set([0, 3, 1, -2, 5, 9, 2, -4, -1, 0], 67);
    // R = 72 (9). Before it, outwards: 5 −2 1 3 0 …, slopes −7 −4 5 …: Q at the second, sample 70 (−2).
    // From R on: 9 2 −4 −1 0 0 …, slopes −7 −13 −3 4 …: S at the third, sample 74 (−4).
    expect(peaks(beat)).toMatchObject({ R: 72, Q: 70, S: 74, P: 68 });
    expect([...waveValues(beat, "signChanges")]).toEqual([3, -2, 9, -4, 0]);
  });
});
