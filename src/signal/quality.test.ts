import { expect, test } from "vitest";
import { judgeQuality } from "./quality.ts";
import { createRandom } from "./random.ts";

const fs = 250;
const noise = (seconds: number) => {
  const samples = new Float32Array(seconds * fs);
  createRandom(1).addNormal(samples, 0.1);
  return samples;
};
const everySecond = (seconds: number) => Array.from({ length: seconds }, (_, index) => index * fs + 10);

test("a plain signal is good", () => {
  expect(judgeQuality(noise(60), fs, everySecond(60))).toEqual({
    quality: "good",
    missing: 0,
    flat: 0,
    implausible: 0,
  });
});

test("missing and flat samples are counted, and judged by their share", () => {
  const samples = noise(100);
  samples.fill(Number.NaN, 0, 5 * fs);
  samples.fill(1.5, 10 * fs, 20 * fs);
  const { quality, missing, flat } = judgeQuality(samples, fs, everySecond(100));
  expect(missing).toBeCloseTo(0.05, 6);
  expect(flat).toBeCloseTo(0.1, 6);
  expect(quality).toBe("doubtful");
  samples.fill(1.5, 10 * fs, 50 * fs);
  expect(judgeQuality(samples, fs, everySecond(100)).quality).toBe("poor");
});

test("a short plateau is no clipping", () => {
  const samples = noise(10);
  samples.fill(0.2, 100, 100 + 0.1 * fs);
  expect(judgeQuality(samples, fs, everySecond(10)).flat).toBe(0);
});

test("intervals that no heart has make it doubtful; no beats at all make it poor", () => {
  const peaks = everySecond(60);
  peaks.push(peaks[59] + 20);
  expect(judgeQuality(noise(61), fs, peaks)).toMatchObject({ quality: "doubtful", implausible: 1 / 60 });
  expect(judgeQuality(noise(10), fs, []).quality).toBe("poor");
});
