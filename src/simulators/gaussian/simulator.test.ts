import { describe, expect, test } from "vitest";
import { Failure } from "../../domain/failure.ts";
import { checkValue, numberAt } from "../../domain/schema.ts";
import type { BeatComponent, SimulationRequest } from "../simulator.ts";
import { gaussianSimulator } from "./index.ts";
import { presets } from "./presets.ts";
import { simulateBatch } from "./recording.ts";
import { rhythms } from "./rhythms/index.ts";

const everyPair = Object.keys(presets).flatMap((preset) =>
  Object.keys(rhythms).map((rhythm) => [preset, rhythm] as const),
);

function request(preset: string, rhythm: string, change: Partial<SimulationRequest> = {}): SimulationRequest {
  return {
    preset,
    rhythm,
    overrides: {},
    seed: 1,
    variation: "drawn",
    duration: 10,
    samplingFrequency: 500,
    ...change,
  };
}

/** WFDB's texts of the five rhythms; recordings with ectopic beats keep the sinus rhythm's. */
const rhythmTexts: Readonly<Record<string, string>> = {
  normal: "N",
  af: "AFIB",
  aflt: "AFL",
  pvc: "N",
  wpw: "PREX",
};

describe.each(everyPair)("preset %s, rhythm %s", (preset, rhythm) => {
  const schema = gaussianSimulator.schema(preset, rhythm);

  test("has defaults within their ranges and a description that can be sent to a page", () => {
    for (const [key, field] of Object.entries(schema)) {
      expect(checkValue(key, field, field.default)).toBe(field.default);
    }
    expect(structuredClone(schema)).toEqual(schema);
  });

  test.each(["exact", "drawn"] as const)("is finite and knows its beats (%s)", (variation) => {
    for (let seed = 0; seed < 40; seed++) {
      const recording = gaussianSimulator.simulate(request(preset, rhythm, { seed, variation }));
      expect(recording.samples.length).toBe(5000);
      expect(recording.samples.every(Number.isFinite)).toBe(true);
      expect(recording.truth.rhythm).toBe(rhythmTexts[rhythm]);
      let previous = -1;
      for (const beat of recording.truth.beats) {
        expect(["N", "V"]).toContain(beat.label);
        expect(beat.rPeak).toBeGreaterThanOrEqual(previous);
        previous = beat.rPeak;
        expect(Math.abs(beat.rPeak - beat.qrs.peak)).toBeLessThanOrEqual(0.5);
        for (const wave of [beat.p, beat.qrs, beat.t]) {
          if (wave === null) continue;
          expect(wave.onset).toBeGreaterThanOrEqual(0);
          expect(wave.onset).toBeLessThanOrEqual(wave.peak);
          expect(wave.peak).toBeLessThanOrEqual(wave.offset);
          expect(wave.offset).toBeLessThanOrEqual(4999);
        }
      }
    }
  });

  test.each([
    [1, 50, 50],
    [37, 128, 4736],
    [2.5, 2000, 5000],
  ])("can be %d s long at %d Hz", (duration, samplingFrequency, length) => {
    const { samples } = gaussianSimulator.simulate(request(preset, rhythm, { duration, samplingFrequency }));
    expect(samples.length).toBe(length);
    expect(samples.every(Number.isFinite)).toBe(true);
  });

  test("gives the same samples for the same request, and others for another seed", () => {
    const first = gaussianSimulator.simulate(request(preset, rhythm));
    gaussianSimulator.simulate(request(preset, rhythm, { seed: 2, duration: 3 }));
    expect(gaussianSimulator.simulate(request(preset, rhythm))).toEqual(first);
    expect(gaussianSimulator.simulate(request(preset, rhythm, { seed: 2 })).samples).not.toEqual(
      first.samples,
    );
  });

  test("gives a batch that equals its recordings one by one", () => {
    const [count, length] = [4, 1250];
    const shared = { seed: 2 ** 32 - 2, duration: 5, samplingFrequency: 250 };
    const batch = simulateBatch(request(preset, rhythm, shared), count);
    for (let index = 0; index < count; index++) {
      const seed = (shared.seed + index) % 2 ** 32;
      const { samples } = gaussianSimulator.simulate(request(preset, rhythm, { ...shared, seed }));
      expect(batch.subarray(index * length, (index + 1) * length)).toEqual(samples);
    }
  });

  test("draws parameters that, taken exactly, give the drawn recording", () => {
    for (let seed = 0; seed < 10; seed++) {
      const drawn = gaussianSimulator.simulate(request(preset, rhythm, { seed }));
      const overrides = gaussianSimulator.draw({ preset, rhythm, overrides: {}, seed });
      expect(overrides).toEqual(drawn.parameters);
      const exact = gaussianSimulator.simulate(
        request(preset, rhythm, { seed, overrides, variation: "exact" }),
      );
      expect(exact.samples).toEqual(drawn.samples);
      expect(exact.truth).toEqual(drawn.truth);
    }
  });

  test("draws nothing that its sliders would refuse", () => {
    for (let seed = 0; seed < 300; seed++) {
      const drawn = gaussianSimulator.draw({ preset, rhythm, overrides: {}, seed });
      expect(Object.keys(drawn).sort()).toEqual(Object.keys(schema).sort());
      for (const [key, value] of Object.entries(drawn)) checkValue(key, schema[key], value);
    }
  });

  test("shows a beat that is the sum of its waves, on a rising time axis", () => {
    const { components, sum, time } = gaussianSimulator.beat({ preset, rhythm, overrides: {} });
    for (let index = 0; index < sum.length; index++) {
      const total = components.reduce((value, { samples }) => value + samples[index], 0);
      expect(Math.abs(sum[index] - total)).toBeLessThan(1e-6);
      if (index > 0) expect(time[index]).toBeGreaterThan(time[index - 1]);
    }
  });

  test("moves each wave as its handles promise", () => {
    const picture = gaussianSimulator.beat({ preset, rhythm, overrides: {} });
    const handles = [
      ["amplitude", "height", 0.01],
      ["shift", "centre", 0.001],
      ["widthTarget", "width", 0.001],
    ] as const satisfies readonly (readonly [keyof BeatComponent, keyof BeatComponent, number])[];
    for (const component of picture.components) {
      for (const [handle, measured, step] of handles) {
        const target = component[handle];
        if (target === null) continue;
        const field = schema[target.key];
        const value = Number(field.default) + step;
        const moved = gaussianSimulator
          .beat({ preset, rhythm, overrides: { [target.key]: value } })
          .components.find(({ name }) => name === component.name);
        expect(Number(moved?.[measured]) - component[measured], `${component.name} ${handle}`).toBeCloseTo(
          step * target.scale,
          9,
        );
      }
    }
  });
});

describe("presets", () => {
  test.each(["author", "paper"])(
    "%s: standardised, mean 0 and standard deviation 1, 5,000 samples",
    (preset) => {
      const { samples, unit } = gaussianSimulator.simulate(request(preset, "normal"));
      const mean = samples.reduce((sum, value) => sum + value, 0) / samples.length;
      const variance = samples.reduce((sum, value) => sum + (value - mean) ** 2, 0) / samples.length;
      expect(samples.length).toBe(5000);
      expect(mean).toBeCloseTo(0, 6);
      expect(Math.sqrt(variance)).toBeCloseTo(1, 6);
      expect(unit).toBe("SD");
    },
  );

  test("clinical: in millivolts, with R of 1 mV", () => {
    const { samples, unit, truth } = gaussianSimulator.simulate(
      request("clinical", "normal", {
        variation: "exact",
        overrides: { noise: "none", baseline: "none", "R.amplitude.beatSd": 0 },
      }),
    );
    expect(unit).toBe("mV");
    for (const { rPeak } of truth.beats) expect(samples[rPeak]).toBeCloseTo(1, 1);
  });

  test.each(["author", "paper"])(
    "%s: Q and S of the table are subtracted, the other waves added",
    (preset) => {
      const { components } = gaussianSimulator.beat({ preset, rhythm: "normal", overrides: {} });
      expect(components.map(({ name, height }) => [name, height])).toEqual([
        ["P", 0.3],
        ["Q", -0.1],
        ["R", 1.5],
        ["S", -0.5],
        ["T", 0.45],
      ]);
      expect(components.map(({ amplitude }) => amplitude?.scale)).toEqual([1, -1, 1, -1, 1]);
    },
  );

  test.each([250, 500, 1000])("a beat's length is in seconds at %d Hz", (samplingFrequency) => {
    const { truth } = gaussianSimulator.simulate(
      request("paper", "normal", {
        samplingFrequency,
        variation: "exact",
        overrides: { length: 1, "length.beatSd": 0, "R.shift.beatSd": 0 },
      }),
    );
    const peaks = truth.beats.map(({ qrs }) => qrs.peak / samplingFrequency);
    peaks.forEach((peak, index) => {
      expect(peak).toBeCloseTo(index + 0.345, 9);
    });
    expect(peaks.length).toBe(10);
  });

  test("clinical: T follows the square root of the cycle", () => {
    const centre = (length: number) =>
      gaussianSimulator
        .beat({ preset: "clinical", rhythm: "normal", overrides: { length } })
        .components.find(({ name }) => name === "T")?.centre;
    expect(centre(0.8)).toBeCloseTo(0.25, 9);
    expect(centre(1.25)).toBeCloseTo(0.25 * 1.25, 9);
  });
});

describe("what a person can mend", () => {
  test.each([
    ["unknown-preset", { preset: "none" }],
    ["unknown-rhythm", { rhythm: "none" }],
    ["unknown-parameter", { overrides: { "U.amplitude": 1 } }],
    ["parameter-out-of-range", { overrides: { length: 0.1 } }],
    ["parameter-out-of-range", { duration: 0.5 }],
    ["parameter-out-of-range", { duration: Number.NaN }],
    ["parameter-out-of-range", { samplingFrequency: 3000 }],
    ["parameter-out-of-range", { seed: -1 }],
    ["parameter-out-of-range", { seed: 1.5 }],
  ] as const)("%s: %o", (code, change) => {
    const wrong = { ...request("paper", "normal"), ...change };
    for (const run of [() => gaussianSimulator.simulate(wrong), () => simulateBatch(wrong, 2)]) {
      expect(run).toThrow(Failure);
      expect(run).toThrow(expect.objectContaining({ code }));
    }
  });

  test("spreads turned up far beyond the table still give finite recordings", () => {
    for (const preset of Object.keys(presets)) {
      const schema = gaussianSimulator.schema(preset, "normal");
      const overrides = Object.fromEntries(
        Object.entries(schema).flatMap(([key, field]) =>
          field.kind === "number" && /Sd$/.test(key) ? [[key, field.maximum]] : [],
        ),
      );
      for (let seed = 0; seed < 20; seed++) {
        const { samples, parameters } = gaussianSimulator.simulate(
          request(preset, "normal", { seed, overrides }),
        );
        expect(samples.every(Number.isFinite)).toBe(true);
        expect(numberAt(parameters, "length")).toBeGreaterThanOrEqual(0.2);
        const drawn = gaussianSimulator.draw({ preset, rhythm: "normal", overrides, seed });
        for (const [key, value] of Object.entries(drawn)) checkValue(key, schema[key], value);
      }
    }
  });
});
