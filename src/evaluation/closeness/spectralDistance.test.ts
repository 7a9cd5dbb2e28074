import { describe, expect, test } from "vitest";
import { createRandom } from "../../signal/random.ts";
import { rowsFrom } from "../../testing/signalRows.ts";
import { closeness } from "./measure.ts";
import {
  logSpectral,
  logSpectralDistance,
  spectralShare,
  spectralShareDistance,
} from "./spectralDistance.ts";

const samplingFrequency = 100;

/** Sines of one frequency, Hz, at random phases: one period of the window holds them whole. */
function sines(frequency: number, amplitude: number, seed: number) {
  const random = createRandom(seed);
  return rowsFrom(
    Array.from({ length: 8 }, () => {
      const phase = 2 * Math.PI * random.uniform();
      return Array.from(
        { length: 200 },
        (_, at) => amplitude * Math.sin((2 * Math.PI * frequency * at) / samplingFrequency + phase),
      );
    }),
  );
}

describe("distances of spectra", () => {
  test("are counted by hand", () => {
    // 1/4, 3/4 against 1/2, 1/2
    expect(spectralShareDistance([1, 3], [5, 5])).toBe(0.25);
    // 10 dB and 20 dB
    expect(logSpectralDistance([10, 1], [1, 100])).toBeCloseTo(Math.sqrt((100 + 400) / 2), 12);
    expect(logSpectralDistance([1, 0], [1, 0])).toBe(0);
    // What lies lower than 80 dB below the largest counts as 80 dB below it.
    expect(logSpectralDistance([1, 0], [1, 1])).toBeCloseTo(Math.sqrt(80 ** 2 / 2), 10);
  });

  test("do not exist without power", () => {
    expect(spectralShareDistance([0, 0], [1, 1])).toBeNull();
    expect(logSpectralDistance([0, 0], [0, 0])).toBeNull();
  });

  test("of sines of one frequency are small, whatever their phases; of far frequencies the share is 1", () => {
    expect(closeness(spectralShare, sines(10, 1, 1), sines(10, 1, 2), samplingFrequency)).toBeLessThan(0.01);
    expect(closeness(spectralShare, sines(10, 1, 1), sines(30, 1, 2), samplingFrequency)).toBeGreaterThan(
      0.99,
    );
  });

  test("forget the amplitude as shares, and hear tenfold of it as 20 dB", () => {
    const [quiet, loud] = [1, 10].map((factor) => {
      const random = createRandom(1);
      return rowsFrom(
        Array.from({ length: 8 }, () => Array.from({ length: 200 }, () => factor * random.normal())),
      );
    });
    expect(closeness(spectralShare, loud, quiet, samplingFrequency)).toBeCloseTo(0, 6);
    expect(closeness(logSpectral, loud, quiet, samplingFrequency)).toBeCloseTo(20, 4);
  });
});
