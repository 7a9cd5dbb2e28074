import { describe, expect, test } from "vitest";
import type { ParameterValue } from "../../domain/recording.ts";
import type { Values } from "../../domain/schema.ts";
import { createRandom } from "../../signal/random.ts";
import type { SimulationRequest } from "../simulator.ts";
import { mcsharrySimulator } from "./index.ts";
import { mcsharrySchema } from "./parameters.ts";

const request: SimulationRequest = {
  preset: "ecgsyn",
  rhythm: "normal",
  overrides: {},
  seed: 3,
  variation: "exact",
  duration: 10,
  samplingFrequency: 500,
};
const simulate = (changes: Partial<SimulationRequest>) =>
  mcsharrySimulator.simulate({ ...request, ...changes });

/** Mean and standard deviation of the RR intervals, s. */
function intervalMoments(changes: Partial<SimulationRequest>) {
  const { truth, samplingFrequency } = simulate(changes);
  const intervals = truth.beats
    .slice(1)
    .map((beat, index) => (beat.qrs.peak - truth.beats[index].qrs.peak) / samplingFrequency);
  const mean = intervals.reduce((sum, value) => sum + value, 0) / intervals.length;
  const squares = intervals.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / intervals.length), intervals };
}

test("is repeated by its seed, and changed by another", () => {
  const one = simulate({});
  expect(simulate({})).toEqual(one);
  expect(simulate({ seed: 4 }).samples).not.toEqual(one.samples);
});

describe("the heart rate over five minutes", () => {
  test.each([
    [60, 1],
    [75, 3],
    [120, 4],
  ])("is %i ± %i beats a minute as asked for", (mean, sd) => {
    const overrides = { "heartRate.mean": mean, "heartRate.sd": sd };
    const moments = intervalMoments({ overrides, duration: 300 });
    expect(Math.abs(60 / moments.mean / mean - 1)).toBeLessThan(0.01);
    expect(moments.deviation / ((60 * sd) / mean ** 2)).toBeGreaterThan(0.85);
    expect(moments.deviation / ((60 * sd) / mean ** 2)).toBeLessThan(1.15);
  });

  test("varies from beat to beat without memory in atrial fibrillation, where no beat has a P", () => {
    const { mean, deviation, intervals } = intervalMoments({ rhythm: "af", duration: 900 });
    // Mean 60/90 s and SD 60 · 18/90² s; over 1,350 beats within four standard errors.
    expect(Math.abs(mean - 2 / 3)).toBeLessThan((4 * 0.133) / Math.sqrt(1350));
    expect(Math.abs(deviation / (1080 / 8100) - 1)).toBeLessThan(0.12);
    const neighbours = intervals.slice(1).map((value, index) => (value - mean) * (intervals[index] - mean));
    const correlation =
      neighbours.reduce((sum, value) => sum + value, 0) / neighbours.length / deviation ** 2;
    expect(Math.abs(correlation)).toBeLessThan(4 / Math.sqrt(1350));
    const { truth } = simulate({ rhythm: "af" });
    expect(truth.rhythm).toBe("AFIB");
    expect(truth.beats.every(({ p }) => p === null)).toBe(true);
  });

  test("never makes a beat shorter than 0.2 s, however much is asked for", () => {
    const overrides = { "heartRate.mean": 30, "heartRate.sd": 20 };
    for (const rhythm of ["normal", "af"]) {
      const { intervals } = intervalMoments({ rhythm, overrides, duration: 300 });
      expect(Math.min(...intervals)).toBeGreaterThanOrEqual(0.2 - 1e-9);
    }
  });
});

describe("the truth", () => {
  const smooth: Values = { "baseline.amplitude": 0 };

  test.each([100, 360, 500, 1000])("has its R peaks within 4 ms of the signal's at %i Hz", (frequency) => {
    const { samples, truth } = simulate({ overrides: smooth, samplingFrequency: frequency });
    const reach = Math.round(0.1 * frequency);
    for (const { rPeak } of truth.beats) {
      if (rPeak < reach || rPeak >= samples.length - reach) continue;
      const around = samples.subarray(rPeak - reach, rPeak + reach);
      const offset = around.indexOf(Math.max(...around)) - reach;
      expect(Math.abs(offset)).toBeLessThanOrEqual(Math.max(1, 0.004 * frequency));
    }
  });

  test("places P and T at the signal's own crests beside R", () => {
    const { samples, truth } = simulate({ overrides: { ...smooth, "heartRate.sd": 0 } });
    for (const { p, t } of truth.beats.slice(1, -1)) {
      for (const wave of [p, t]) {
        if (wave === null) throw new Error("a wave is missing");
        const [from, to] = [Math.round(wave.onset), Math.round(wave.offset)];
        const part = samples.subarray(from, to);
        const crest = from + part.indexOf(Math.max(...part));
        expect(Math.abs(crest - wave.peak) / 500).toBeLessThan(0.025);
      }
    }
  });

  test("spans every wave by θ ± 2.2 b in time at a steady heart rate", () => {
    const { truth } = simulate({ overrides: { "heartRate.sd": 0 } });
    const { p, qrs, t } = truth.beats[4];
    const samples = (radians: number) => (radians / (2 * Math.PI)) * 500;
    const degrees = (angle: number) => (angle / 360) * 500;
    expect(p?.peak).toBeCloseTo(qrs.peak - degrees(70), 6);
    expect(p?.onset).toBeCloseTo(qrs.peak - degrees(70) - samples(2.2 * 0.25), 6);
    expect(qrs.onset).toBeCloseTo(qrs.peak - degrees(15) - samples(2.2 * 0.1), 6);
    expect(qrs.offset).toBeCloseTo(qrs.peak + degrees(15) + samples(2.2 * 0.1), 6);
    expect(t?.peak).toBeCloseTo(qrs.peak + degrees(100), 6);
    expect(t?.offset).toBeCloseTo(qrs.peak + degrees(100) + samples(2.2 * 0.4), 6);
  });

  test("holds every beat whose R peak lies in the recording, also where R is moved far from angle 0", () => {
    for (const angle of [-170, 0, 170]) {
      const { truth } = simulate({ overrides: { "heartRate.sd": 0, "R.theta": angle } });
      expect(truth.beats).toHaveLength(10);
    }
  });
});

describe("the samples", () => {
  test("span −0.4 to 1.2 mV when scaled, whatever noise is added on top", () => {
    const { samples, unit } = simulate({});
    expect(unit).toBe("mV");
    expect(Math.min(...samples)).toBeCloseTo(-0.4, 6);
    expect(Math.max(...samples)).toBeCloseTo(1.2, 6);
    const noisy = simulate({ overrides: { "noise.whiteSd": 0.05 } }).samples;
    const noise = noisy.map((value, index) => value - samples[index]);
    const deviation = Math.sqrt(noise.reduce((sum, value) => sum + value * value, 0) / noise.length);
    expect(deviation / 0.05).toBeCloseTo(1, 1);
  });

  test("are the same signal at every output rate", () => {
    const overrides = { internalFrequency: 2000, scaleToMillivolts: false };
    const fine = simulate({ overrides, samplingFrequency: 2000 });
    for (const frequency of [50, 125, 250, 500, 1000]) {
      const coarse = simulate({ overrides, samplingFrequency: frequency });
      expect(coarse.samples).toHaveLength(10 * frequency);
      coarse.samples.forEach((value, index) => {
        expect(Math.abs(value - fine.samples[(index * 2000) / frequency])).toBeLessThan(1e-7);
      });
    }
  });

  test("hardly depend on the internal rate from its default on", () => {
    const overrides = { scaleToMillivolts: false };
    const [usual, fine] = [overrides, { ...overrides, internalFrequency: 4000 }].map(
      (values) => simulate({ overrides: values }).samples,
    );
    usual.forEach((value, index) => {
      expect(Math.abs(value - fine[index])).toBeLessThan(1e-5);
    });
  });

  test("stay finite over parameters drawn from their whole ranges", () => {
    const random = createRandom(11);
    for (const preset of ["ecgsyn", "ecgsyn-c"]) {
      for (let round = 0; round < 40; round++) {
        const rhythm = round % 4 === 0 ? "af" : "normal";
        const overrides: Record<string, ParameterValue> = {};
        for (const [key, field] of Object.entries(mcsharrySchema(preset, rhythm))) {
          if (field.kind === "switch") overrides[key] = random.uniform() < 0.5;
          if (field.kind !== "number" || field.integer) continue;
          const { minimum, maximum } = field;
          const inside = minimum + random.uniform() * (maximum - minimum);
          overrides[key] = [minimum, maximum, inside, inside][random.integer(4)];
        }
        const changes = { preset, rhythm, overrides, duration: 4, samplingFrequency: 250, seed: round };
        const { samples, truth } = simulate(changes);
        expect(samples.every(Number.isFinite)).toBe(true);
        for (const { rPeak } of truth.beats) expect(rPeak).toBeLessThan(samples.length);
        const beat = mcsharrySimulator.beat({ preset, rhythm, overrides });
        expect(beat.sum.every(Number.isFinite)).toBe(true);
      }
    }
  });
});

describe("drawn parameters", () => {
  test("stay within their ranges, vary with the seed and are those of the drawn recording", () => {
    for (const rhythm of ["normal", "af"]) {
      const schema = mcsharrySchema("ecgsyn", rhythm);
      const draws = Array.from({ length: 200 }, (_, seed) =>
        mcsharrySimulator.draw({ preset: "ecgsyn", rhythm, overrides: {}, seed }),
      );
      for (const [key, field] of Object.entries(schema)) {
        if (field.kind !== "number") continue;
        const values = draws.map((draw) => Number(draw[key]));
        expect(Math.min(...values)).toBeGreaterThanOrEqual(field.minimum);
        expect(Math.max(...values)).toBeLessThanOrEqual(field.maximum);
        if (field.spread !== undefined) expect(new Set(values).size).toBeGreaterThan(100);
      }
      expect(simulate({ rhythm, seed: 7, variation: "drawn" }).parameters).toEqual(draws[7]);
    }
  });
});

test.each([
  ["duration", { duration: 0 }],
  ["duration", { duration: Number.NaN }],
  ["sampling frequency", { samplingFrequency: 49 }],
  ["R.b", { overrides: { "R.b": 5 } }],
])("refuses a %s out of range", (place, changes) => {
  expect(() => simulate(changes)).toThrow(expect.objectContaining({ code: "parameter-out-of-range", place }));
});
