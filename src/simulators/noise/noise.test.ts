import { describe, expect, test } from "vitest";
import type { Schema, Values } from "../../domain/schema.ts";
import { defaultsOf } from "../../domain/schema.ts";
import { createRandom } from "../../signal/random.ts";
import { gaussianSimulator } from "../gaussian/index.ts";
import { addHeldNoise } from "./held.ts";
import { noises } from "./index.ts";
import type { NoiseDefaults } from "./noise.ts";
import { addOscillation } from "./oscillation.ts";

const samplingFrequency = 500;
const quiet: NoiseDefaults = {
  noise: "none",
  baseline: "none",
  whiteSd: 0.02,
  whiteSpread: null,
  baselineAmplitude: 0.1,
  baselineSpread: null,
  beatwise: true,
};

/** `noise` alone on an empty recording. */
function alone(name: string, change: Values, length = 50_000): Float64Array {
  const samples = new Float64Array(length);
  const schema: Schema = noises[name].fields(quiet);
  noises[name].add(samples, { ...defaultsOf(schema), ...change }, samplingFrequency, createRandom(1));
  return samples;
}

function standardDeviation(samples: Float64Array): number {
  const mean = samples.reduce((sum, value) => sum + value, 0) / samples.length;
  return Math.sqrt(samples.reduce((sum, value) => sum + (value - mean) ** 2, 0) / samples.length);
}

describe("every disturbance", () => {
  test.each(Object.keys(noises))("%s: is silent by default where the preset asks for none", (name) => {
    expect(alone(name, {}).every((value) => value === 0)).toBe(true);
  });
});

describe("each disturbance", () => {
  test("white: its standard deviation, and no memory", () => {
    const samples = alone("white", { noise: "white", "noise.whiteSd": 0.05 });
    expect(Math.abs(standardDeviation(samples) - 0.05)).toBeLessThan((3.5 * 0.05) / Math.sqrt(100_000));
    const lagged = samples.reduce((sum, value, index) => sum + value * (samples[index + 1] ?? 0), 0);
    expect(Math.abs(lagged / 50_000 / 0.05 ** 2)).toBeLessThan(4 / Math.sqrt(50_000));
  });

  test("wander, sine: its amplitude and frequency", () => {
    const samples = alone("wander", {
      baseline: "sine",
      "baseline.amplitude": 0.2,
      "baseline.frequency": 0.3,
    });
    // 100 s hold 30 whole periods, whose SD is the amplitude over √2.
    expect(standardDeviation(samples)).toBeCloseTo(0.2 / Math.SQRT2, 6);
    const risingZeros = samples.filter((value, index) => index > 0 && value >= 0 && samples[index - 1] < 0);
    expect(Math.abs(risingZeros.length - 30)).toBeLessThanOrEqual(1);
  });

  test("wander, respiration: never above three times its amplitude", () => {
    const samples = alone("wander", { baseline: "respiration", "baseline.amplitude": 0.1 });
    const highest = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(highest).toBeGreaterThan(0.01);
    expect(highest).toBeLessThan(0.3);
  });

  test.each([50, 60])("mains: a sine of %d Hz", (frequency) => {
    const samples = alone("mains", { "mains.amplitude": 0.1, "mains.frequency": String(frequency) });
    let [real, imaginary] = [0, 0];
    samples.forEach((value, index) => {
      real += value * Math.cos((2 * Math.PI * frequency * index) / samplingFrequency);
      imaginary += value * Math.sin((2 * Math.PI * frequency * index) / samplingFrequency);
    });
    expect((2 * Math.hypot(real, imaginary)) / samples.length).toBeCloseTo(0.1, 6);
  });

  test("muscle: its standard deviation, and little of it slow", () => {
    const samples = alone("muscle", { "muscle.sd": 0.03 });
    expect(Math.abs(standardDeviation(samples) - 0.03)).toBeLessThan(0.0005);
    const slow = Float64Array.from({ length: 500 }, (_, block) => {
      const part = samples.subarray(100 * block, 100 * block + 100);
      return part.reduce((sum, value) => sum + value, 0) / 100;
    });
    // The mean of 100 differences is that of its two ends over 100; of white noise it would be a tenth of the SD.
    expect(standardDeviation(slow)).toBeLessThan(0.03 / 50);
  });

  test("held: every deviate stays for its samples, and the remainder is left alone", () => {
    const samples = new Float64Array(100);
    addHeldNoise(samples, 3, 96, 10.7, 0.5, createRandom(1));
    for (let start = 3; start + 10 <= 96; start += 10) {
      expect(new Set(samples.subarray(start, start + 10)).size).toBe(1);
    }
    expect([...samples.subarray(0, 3), ...samples.subarray(93)].every((value) => value === 0)).toBe(true);
    expect(new Set(samples).size).toBe(10);
  });

  test("an oscillation is the sine of the library over an hour", () => {
    const samples = new Float64Array(1_800_000);
    addOscillation(samples, 0.7, 0.123, 1.1, samplingFrequency);
    for (let index = 0; index < samples.length; index += 997) {
      const expected = 0.7 * Math.sin((2 * Math.PI * 0.123 * index) / samplingFrequency + 1.1);
      expect(Math.abs(samples[index] - expected)).toBeLessThan(1e-9);
    }
  });
});

describe("streams of one seed", () => {
  const make = (overrides: Values, preset = "paper") =>
    gaussianSimulator.simulate({
      preset,
      rhythm: "normal",
      overrides: { standardise: false, poissonAugmentation: false, ...overrides },
      seed: 5,
      variation: "drawn",
      duration: 10,
      samplingFrequency,
    });

  test.each([
    { noise: "white" },
    { noise: "held" },
    { baseline: "sine" },
    { baseline: "walk" },
    { "mains.amplitude": 0.1 },
    { "muscle.sd": 0.05 },
  ] as Values[])("%o changes neither the beats nor another disturbance", (one) => {
    for (const preset of ["paper", "author"]) {
      const still: Values = { noise: "none", baseline: "none" };
      const other: Values = "baseline" in one ? { "muscle.sd": 0.02 } : { baseline: "respiration" };
      const [nothing, first, second, both] = [{}, one, other, { ...one, ...other }].map((change) =>
        make({ ...still, ...change }, preset),
      );
      expect(first.truth).toEqual(nothing.truth);
      expect(both.truth).toEqual(nothing.truth);
      let difference = 0;
      nothing.samples.forEach((value, index) => {
        const sum = first.samples[index] + second.samples[index] - value;
        difference = Math.max(difference, Math.abs(both.samples[index] - sum));
      });
      expect(first.samples).not.toEqual(nothing.samples);
      // Three roundings to 32-bit samples of a few mV.
      expect(difference).toBeLessThan(5e-6);
    }
  });
});
