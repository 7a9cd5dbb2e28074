import { expect, test } from "vitest";
import { createRandom } from "../signal/random.ts";
import { candidatesOf, rowOfLikeForm } from "./likeForm.ts";
import { scaledPool } from "./scaledSignals.ts";

const length = 8;

test("a row of like form is one of the five nearest, and all five are drawn", () => {
  const random = createRandom(3);
  const count = 40;
  const samples = Float32Array.from({ length: count * length }, () => random.normal());
  const beat = Float32Array.from({ length }, () => random.normal());
  const rows = Array.from({ length: count }, (_, row) => row);
  const distanceOf = (row: number) =>
    beat.reduce((sum, value, at) => sum + (samples[row * length + at] - value) ** 2, 0);
  const expected = rows.toSorted((one, other) => distanceOf(one) - distanceOf(other)).slice(0, 5);
  const drawn = new Set(
    Array.from({ length: 200 }, () => rowOfLikeForm({ samples, length }, rows, beat, random)),
  );
  expect(drawn).toEqual(new Set(expected));
});

test("of many rows, as many as are looked through lie evenly over all", () => {
  const rows = Array.from({ length: 5000 }, (_, row) => row);
  const candidates = candidatesOf(rows);
  expect(candidates).toHaveLength(1000);
  expect(new Set(candidates).size).toBe(1000);
  expect(candidates.slice(0, 3)).toEqual([0, 5, 10]);
  expect(candidatesOf([4, 7])).toEqual([4, 7]);
});

test("a form that real beats have in one height alone returns to that height", () => {
  // Peaks of 2 mV that come early, and of 0.5 mV that come late.
  const perForm = 20;
  const [early, late] = [
    { peak: 2, at: 2 },
    { peak: 0.5, at: 6 },
  ];
  const count = 2 * perForm;
  const signals = new Float32Array(count * length);
  for (let row = 0; row < count; row++) {
    const { peak, at } = row % 2 === 0 ? early : late;
    signals[row * length + at] = peak;
  }
  const form = { signals, count, length, classes: ["N"], labels: new Uint8Array(count) };
  const context = { ...form, samplingFrequency: 360, iterations: 1, seed: 1 };
  const spike = (at: number) => Float32Array.from({ length }, (_, place) => (place === at ? 1 : -1));
  const beats = Float32Array.from(
    Array.from({ length: 60 }, (_, row) => spike(row % 2 === 0 ? 2 : 6)).flatMap((beat) => [...beat]),
  );
  const peaksBy = (heights: "any" | "like") => {
    const found = scaledPool(context, { heights, isScaled: true }).inMillivolt(beats, 5);
    return Array.from({ length: 60 }, (_, row) =>
      Math.max(...found.subarray(row * length, (row + 1) * length)),
    );
  };
  for (const [row, peak] of peaksBy("like").entries()) {
    expect(peak).toBeCloseTo(row % 2 === 0 ? 2 : 0.5, 6);
  }
  const mixed = peaksBy("any").filter((_, row) => row % 2 === 0);
  expect(new Set(mixed.map((peak) => peak.toFixed(1)))).toEqual(new Set(["0.5", "2.0"]));
});
