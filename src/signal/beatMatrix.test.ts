import { describe, expect, test } from "vitest";
import { alignBeats, cutBeats, meanBeat, paperSpan, scaleBeats } from "./beatMatrix.ts";

const span = { before: 3, after: 5 };
/** A ramp, so that every sample tells where it comes from. */
const ramp = Float32Array.from({ length: 100 }, (_, index) => index);

describe("cutting beats", () => {
  test("the papers' window is 216 samples at 360 Hz with the peak at 72", () => {
    expect(paperSpan(360)).toEqual({ before: 72, after: 144 });
  });

  test("each row begins before its peak; beats over an end or a gap have none", () => {
    const samples = ramp.slice();
    samples[50] = Number.NaN;
    const { rows, samples: packed, length } = cutBeats(samples, [2, 10, 47, 60, 96], span);
    expect([...rows]).toEqual([1, 3]);
    expect(length).toBe(8);
    expect([...packed]).toEqual([7, 8, 9, 10, 11, 12, 13, 14, 57, 58, 59, 60, 61, 62, 63, 64]);
  });
});

describe("scaling beats", () => {
  const matrix = cutBeats(
    ramp.map((value) => value ** 2),
    [10, 60],
    span,
  );
  const rowsOf = (scaling: Parameters<typeof scaleBeats>[1]) => {
    const { samples, length } = scaleBeats(matrix, scaling);
    return [samples.subarray(0, length), samples.subarray(length)];
  };
  const mean = (row: Float32Array) => row.reduce((sum, value) => sum + value, 0) / row.length;

  test("brings every row to what it says", () => {
    for (const row of rowsOf("mean")) expect(mean(row)).toBeCloseTo(0, 3);
    for (const row of rowsOf("standardise")) {
      expect(mean(row)).toBeCloseTo(0, 5);
      expect(mean(row.map((value) => value ** 2))).toBeCloseTo(1, 5);
    }
    for (const row of rowsOf("range")) expect([Math.min(...row), Math.max(...row)]).toEqual([0, 1]);
    expect(scaleBeats(matrix, "none").samples).toEqual(matrix.samples);
  });

  test("a flat beat becomes 0, not NaN", () => {
    const flat = cutBeats(new Float32Array(20).fill(3), [10], span);
    for (const scaling of ["mean", "standardise", "range"] as const) {
      expect([...scaleBeats(flat, scaling).samples]).toEqual(new Array(8).fill(0));
    }
  });
});

test("the mean beat and its spread are those of the chosen rows", () => {
  const matrix = { rows: Int32Array.of(0, 1, 2), length: 2, samples: Float32Array.of(1, 2, 3, 6, 100, 100) };
  const found = meanBeat(matrix, [0, 1]);
  expect([...(found?.mean ?? [])]).toEqual([2, 4]);
  // √(((1−2)² + (3−2)²) / 1) and √(((2−4)² + (6−4)²) / 1)
  expect(found?.standardDeviation[0]).toBeCloseTo(Math.SQRT2, 6);
  expect(found?.standardDeviation[1]).toBeCloseTo(Math.sqrt(8), 6);
  expect(meanBeat(matrix, [])).toBeNull();
});

test("alignment finds beats that were marked a few samples off", () => {
  const peaks = Array.from({ length: 40 }, (_, index) => 50 + index * 100);
  const samples = new Float32Array(4200);
  for (const peak of peaks) {
    for (let at = -20; at <= 20; at++) samples[peak + at] += Math.exp(-0.5 * (at / 4) ** 2);
  }
  const off = peaks.map((peak, index) => peak + ((index * 7) % 9) - 4);
  const aligned = alignBeats(samples, off, { before: 30, after: 30 }, 8);
  const errors = aligned.map((peak, index) => peak - peaks[index]);
  // All agree with each other; where the whole group stands is free.
  expect(new Set(errors).size).toBe(1);
  expect(Math.abs(errors[0])).toBeLessThanOrEqual(1);
});
