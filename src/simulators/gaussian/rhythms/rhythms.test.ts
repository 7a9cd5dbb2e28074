import { describe, expect, test } from "vitest";
import type { TrueBeat } from "../../../domain/groundTruth.ts";
import { numberAt, type Values } from "../../../domain/schema.ts";
import type { SimulationRequest } from "../../simulator.ts";
import { gaussianSimulator } from "../index.ts";
import { presets } from "../presets.ts";

const samplingFrequency = 500;
const presetNames = Object.keys(presets);

function simulate(preset: string, rhythm: string, change: Partial<SimulationRequest> = {}) {
  return gaussianSimulator.simulate({
    preset,
    rhythm,
    overrides: {},
    seed: 1,
    variation: "exact",
    duration: 10,
    samplingFrequency,
    ...change,
  });
}

/** Nothing but what lies under the beats: no QRST, no noise, no baseline, in mV. */
function withoutBeats(rhythm: string, preset: string): Values {
  const schema = gaussianSimulator.schema(preset, rhythm);
  const amplitudes = Object.keys(schema).filter((key) => /^[PQRST]\.amplitude/.test(key));
  return {
    ...Object.fromEntries(amplitudes.map((key) => [key, 0])),
    noise: "none",
    baseline: "none",
    poissonAugmentation: false,
    standardise: false,
  };
}

/** Frequency (Hz) from 1 to 20 with the greatest Fourier amplitude, in steps of 0.05. */
function spectralPeak(samples: Float32Array): number {
  let [best, peak] = [0, 0];
  for (let frequency = 1; frequency <= 20; frequency += 0.05) {
    const turn = (2 * Math.PI * frequency) / samplingFrequency;
    let [real, imaginary] = [0, 0];
    for (let index = 0; index < samples.length; index++) {
      // Hann's window keeps the modulation of the wave from leaking.
      const value = samples[index] * Math.sin((Math.PI * index) / samples.length) ** 2;
      real += value * Math.cos(turn * index);
      imaginary += value * Math.sin(turn * index);
    }
    const power = real * real + imaginary * imaginary;
    if (power > best) [best, peak] = [power, frequency];
  }
  return peak;
}

const seconds = (samples: number) => samples / samplingFrequency;
const intervals = (beats: readonly TrueBeat[]) =>
  beats.slice(1).map((beat, index) => seconds(beat.qrs.peak - beats[index].qrs.peak));
const qrsDuration = ({ qrs }: TrueBeat) => seconds(qrs.offset - qrs.onset);

describe("atrial fibrillation", () => {
  test.each(presetNames)("%s: no P, in the schema, the picture and the truth", (preset) => {
    const keys = Object.keys(gaussianSimulator.schema(preset, "af"));
    expect(keys.filter((key) => key.startsWith("P."))).toEqual([]);
    const { components } = gaussianSimulator.beat({ preset, rhythm: "af", overrides: {} });
    expect(components.map(({ name }) => name)).toEqual(["Q", "R", "S", "T"]);
    expect(simulate(preset, "af").truth.beats.every(({ p }) => p === null)).toBe(true);
  });

  test.each(presetNames)(
    "%s: beats vary by a fifth of their mean length and are never shorter than 0.3 s",
    (preset) => {
      const { truth } = simulate(preset, "af", { duration: 900, overrides: { "rr.irregularity": 0.2 } });
      const rr = intervals(truth.beats);
      const mean = rr.reduce((sum, value) => sum + value, 0) / rr.length;
      const variance = rr.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rr.length;
      // In the author's timing R stands at 0.345 of each beat, so that an interval is 0.655 of one beat's length and
      // 0.345 of the next one's: the fifth by which lengths vary shrinks by √(0.655² + 0.345²).
      const expected = preset === "clinical" ? 0.2 : 0.2 * Math.hypot(0.655, 0.345);
      expect(Math.abs(Math.sqrt(variance) / mean - expected)).toBeLessThan(0.02);
      expect(Math.abs(mean - (preset === "clinical" ? 0.66 : 0.62))).toBeLessThan(0.02);
      if (preset === "clinical") expect(Math.min(...rr)).toBeGreaterThanOrEqual(0.3 - 1e-9);
    },
  );

  test.each(presetNames)("%s: the f wave has its frequency, 4 to 9 Hz, without the QRST", (preset) => {
    for (let seed = 0; seed < 6; seed++) {
      const { samples, parameters } = simulate(preset, "af", {
        seed,
        variation: "drawn",
        overrides: withoutBeats("af", preset),
      });
      const peak = spectralPeak(samples);
      // The model itself sways by 0.25 Hz around its frequency.
      expect(Math.abs(peak - numberAt(parameters, "fWave.frequency"))).toBeLessThan(0.3);
      expect(peak).toBeGreaterThan(3.7);
      expect(peak).toBeLessThan(9.3);
    }
  });

  test("the QRST hangs on the hidden P as it does in the table: the shifts are drawn as widely", () => {
    const shifts = Array.from({ length: 4000 }, (_, seed) =>
      numberAt(gaussianSimulator.draw({ preset: "paper", rhythm: "af", overrides: {}, seed }), "Q.shift"),
    );
    const variance = shifts.reduce((sum, shift) => sum + (shift - 0.3) ** 2, 0) / shifts.length;
    const expected = Math.hypot(0.15, 0.1);
    expect(Math.abs(Math.sqrt(variance) - expected)).toBeLessThan((3 * expected) / Math.sqrt(8000));
  });
});

describe("atrial flutter", () => {
  test.each(["2", "3", "4", "variable"])(
    "clinical: locked %s : 1, RR is a whole number of flutter cycles",
    (conduction) => {
      const { truth } = simulate("clinical", "aflt", {
        duration: 60,
        overrides: { "flutter.conduction": conduction, "flutter.rate": 4.7 },
      });
      for (const rr of intervals(truth.beats)) {
        const cycles = rr * 4.7;
        expect(Math.abs(cycles - Math.round(cycles))).toBeLessThan(1e-6);
        if (conduction !== "variable") expect(Math.round(cycles)).toBe(Number(conduction));
        else expect([2, 3, 4]).toContain(Math.round(cycles));
      }
    },
  );

  test.each(["author", "paper"])("%s: locked beats keep their place on the flutter wave", (preset) => {
    const { truth } = simulate(preset, "aflt", {
      duration: 60,
      overrides: { "flutter.lockConduction": true, "flutter.conduction": "4", "R.shift.beatSd": 0 },
    });
    const [first, ...others] = truth.beats;
    for (const { qrs } of others) {
      const cycles = (seconds(qrs.peak - first.qrs.peak) * 4.9) / 4;
      // The buffer rounds each beat up to a sample, 2 ms of its 816.
      expect(Math.abs(cycles - Math.round(cycles))).toBeLessThan(0.004);
    }
  });

  test("unlocked, it is not", () => {
    const { truth } = simulate("clinical", "aflt", { overrides: { "flutter.lockConduction": false } });
    const cycles = intervals(truth.beats).map((rr) => rr * 4.9);
    expect(cycles.some((value) => Math.abs(value - Math.round(value)) > 0.1)).toBe(true);
  });

  test.each(presetNames)(
    "%s: a saw-tooth of its rate and height, that falls slowly and rises fast",
    (preset) => {
      const overrides = { ...withoutBeats("aflt", preset), "flutter.amplitude": 0.2 };
      const { samples } = simulate(preset, "aflt", { overrides });
      expect(spectralPeak(samples)).toBeCloseTo(4.9, 1);
      expect(Math.max(...samples)).toBeGreaterThan(0.14);
      expect(Math.max(...samples)).toBeLessThan(0.2);
      const falling = samples.filter((value, index) => index > 0 && value < samples[index - 1]).length / 4999;
      // 72.5 % of the cycle; smoothing by 12 ms makes the limbs a little more alike.
      expect(falling).toBeGreaterThan(0.62);
      expect(falling).toBeLessThan(0.75);
      const inverted = simulate(preset, "aflt", {
        overrides: { ...overrides, "flutter.polarity": "positive" },
      });
      inverted.samples.forEach((value, index) => {
        expect(value).toBeCloseTo(-samples[index], 6);
      });
    },
  );

  test("conduction and polarity are drawn in their shares", () => {
    const draws = Array.from({ length: 3000 }, (_, seed) =>
      gaussianSimulator.draw({ preset: "clinical", rhythm: "aflt", overrides: {}, seed }),
    );
    const share = (key: string, value: string) => draws.filter((draw) => draw[key] === value).length / 3000;
    for (const [key, value, expected] of [
      ["flutter.conduction", "2", 0.4],
      ["flutter.conduction", "3", 0.15],
      ["flutter.conduction", "4", 0.3],
      ["flutter.conduction", "variable", 0.15],
      ["flutter.polarity", "negative", 0.8],
    ] as const) {
      expect(Math.abs(share(key, value) - expected), value).toBeLessThan(0.03);
    }
  });
});

describe("ventricular ectopic beats", () => {
  test("clinical: before and after an ectopic beat together are two cycles, and coupling is its share", () => {
    const { truth } = simulate("clinical", "pvc", {
      duration: 120,
      overrides: { "length.beatSd": 0, "ectopic.coupling": 0.6 },
    });
    const rr = intervals(truth.beats);
    let seen = 0;
    truth.beats.forEach(({ label }, index) => {
      if (label !== "V" || index === 0 || index === rr.length) return;
      seen++;
      expect(rr[index - 1]).toBeCloseTo(0.6 * 0.83, 6);
      expect(rr[index - 1] + rr[index]).toBeCloseTo(2 * 0.83, 6);
    });
    expect(seen).toBeGreaterThan(10);
  });

  test("clinical: without the pause the next sinus beat follows one cycle later", () => {
    const { truth } = simulate("clinical", "pvc", {
      duration: 120,
      overrides: { "length.beatSd": 0, "ectopic.compensatoryPause": false },
    });
    const rr = intervals(truth.beats);
    truth.beats.slice(0, -1).forEach(({ label }, index) => {
      if (label === "V") expect(rr[index]).toBeCloseTo(0.83, 6);
    });
  });

  test("clinical: an ectopic QRS lasts 120 to 190 ms, has no P, and its T goes the other way", () => {
    for (let seed = 0; seed < 60; seed++) {
      const { truth } = simulate("clinical", "pvc", { seed, variation: "drawn" });
      for (const beat of truth.beats) {
        if (beat.label === "N") continue;
        expect(beat.p).toBeNull();
        const cut = beat.qrs.onset === 0 || beat.qrs.offset === 4999;
        if (!cut) expect(qrsDuration(beat)).toBeGreaterThanOrEqual(0.12);
        expect(qrsDuration(beat)).toBeLessThan(0.19);
      }
    }
  });

  test.each(presetNames)("%s: every ten seconds hold one, never two in a row", (preset) => {
    const keepInside = preset === "clinical" ? {} : { "R.shift.recordingSd": 0, "Q.shift.recordingSd": 0 };
    for (let seed = 0; seed < 200; seed++) {
      const { truth } = simulate(preset, "pvc", {
        seed,
        variation: "drawn",
        overrides: { ...keepInside, ...(preset === "clinical" ? {} : { hierarchicalShifts: false }) },
      });
      const labels = truth.beats.map(({ label }) => label).join("");
      expect(labels, `seed ${seed}`).toContain("V");
      expect(labels).not.toContain("VV");
    }
  });

  test.each([
    ["bigeminy", 2],
    ["trigeminy", 3],
  ])("%s: every beat number %d is ectopic", (pattern, period) => {
    for (const preset of presetNames) {
      const { truth } = simulate(preset, "pvc", { duration: 30, overrides: { "ectopic.pattern": pattern } });
      const places = truth.beats.flatMap(({ label }, index) => (label === "V" ? [index] : []));
      places.slice(1).forEach((place, index) => {
        expect(place - places[index]).toBe(period);
      });
      expect(places.length).toBeGreaterThan(5);
    }
  });

  test.each(["author", "paper"])("%s: the ectopic QRS is broader than the sinus one", (preset) => {
    const { truth } = simulate(preset, "pvc", { duration: 120 });
    const mean = (label: string) => {
      const durations = truth.beats.filter((beat) => beat.label === label).map(qrsDuration);
      return durations.reduce((sum, value) => sum + value, 0) / durations.length;
    };
    expect(mean("V")).toBeGreaterThan(1.5 * mean("N"));
  });
});

describe("pre-excitation", () => {
  test("clinical: PR is shorter than 120 ms and the QRS 110 ms or longer, in every drawn beat", () => {
    let seen = 0;
    for (let seed = 0; seed < 60; seed++) {
      const { truth } = simulate("clinical", "wpw", { seed, variation: "drawn" });
      for (const beat of truth.beats.slice(1, -1)) {
        expect(qrsDuration(beat)).toBeGreaterThan(0.11 - 1e-9);
        if (beat.p === null) continue;
        seen++;
        const pr = seconds(beat.qrs.onset - beat.p.onset);
        expect(pr).toBeGreaterThan(0.05);
        expect(pr).toBeLessThan(0.12);
      }
    }
    expect(seen).toBeGreaterThan(500);
  });

  test.each(presetNames)("%s: the upstroke is slurred and rises all the way to R", (preset) => {
    const { components, time } = gaussianSimulator.beat({ preset, rhythm: "wpw", overrides: {} });
    const [r, delta] = ["R", "delta"].map((name) => components.find((component) => component.name === name));
    if (r === undefined || delta === undefined) throw new Error("R or delta is missing");
    const [start, end] = [r.centre - 0.06, r.centre];
    const upstroke = [...time.keys()]
      .filter((index) => time[index] >= start && time[index] <= end)
      .map((index) => r.samples[index] + delta.samples[index]);
    expect(upstroke.length).toBeGreaterThan(20);
    upstroke.slice(1).forEach((value, index) => {
      expect(value).toBeGreaterThanOrEqual(upstroke[index]);
    });
    // Half-way up its ramp the delta wave has half of 0.35 R; 40 ms before the peak R itself has hardly begun.
    expect(delta.height).toBeCloseTo(0.175 * r.height, 9);
    const early = [...time.keys()].find((index) => time[index] >= r.centre - 0.04) ?? 0;
    expect(delta.samples[early]).toBeGreaterThan(2 * r.samples[early]);
  });

  test.each(presetNames)("%s: no Q", (preset) => {
    const { components } = gaussianSimulator.beat({ preset, rhythm: "wpw", overrides: {} });
    expect(components.find(({ name }) => name === "Q")?.height).toBeCloseTo(0, 12);
  });
});
