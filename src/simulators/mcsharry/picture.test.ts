import { describe, expect, test } from "vitest";
import type { Values } from "../../domain/schema.ts";
import type { BeatComponent, DragTarget } from "../simulator.ts";
import { mcsharrySimulator } from "./index.ts";

const beatOf = (overrides: Values, preset = "ecgsyn", rhythm = "normal") =>
  mcsharrySimulator.beat({ preset, rhythm, overrides });
const componentOf = (name: string, overrides: Values): BeatComponent => {
  const found = beatOf(overrides).components.find((component) => component.name === name);
  if (found === undefined) throw new Error(`no component ${name}`);
  return found;
};

describe.each([{ scaleToMillivolts: false }, { scaleToMillivolts: true }, { "heartRate.mean": 110 }])(
  "a beat with %o",
  (overrides: Values) => {
    const beat = beatOf(overrides);

    test("is the sum of P, Q, R, S and T", () => {
      expect(beat.components.map(({ name }) => name)).toEqual(["P", "Q", "R", "S", "T"]);
      beat.sum.forEach((value, index) => {
        const sum = beat.components.reduce((total, { samples }) => total + samples[index], 0);
        expect(Math.abs(sum - value)).toBeLessThan(1e-6);
      });
    });

    test("is a cycle of the recording with the same parameters", () => {
      const { samples, truth } = mcsharrySimulator.simulate({
        preset: "ecgsyn",
        rhythm: "normal",
        overrides: { ...overrides, "heartRate.sd": 0, "baseline.amplitude": 0 },
        seed: 5,
        variation: "exact",
        duration: 4,
        samplingFrequency: 2000,
      });
      const zero = truth.beats[1].qrs.peak;
      const level = samples[Math.round(zero)] - Math.max(...beat.sum);
      for (const index of [40, 130, 235, 250, 262, 300, 390, 470]) {
        const place = zero + beat.time[index] * 2000;
        const left = Math.floor(place);
        const value = samples[left] + (place - left) * (samples[left + 1] - samples[left]);
        expect(Math.abs(value - level - beat.sum[index])).toBeLessThan(0.01 * Math.max(...beat.sum));
      }
    });
  },
);

describe.each(["P", "Q", "R", "S", "T"])("dragging %s", (wave) => {
  const base = componentOf(wave, { scaleToMillivolts: false, "heartRate.mean": 72 });
  const moved = (target: DragTarget | null, change: number) => {
    if (target === null) throw new Error("no target");
    const now = mcsharrySimulator.schema("ecgsyn", "normal")[target.key].default as number;
    return componentOf(wave, {
      scaleToMillivolts: false,
      "heartRate.mean": 72,
      [target.key]: now + change,
    });
  };

  test("sideways moves the centre by its scale", () => {
    const change = 20;
    const expected = change * (base.shift?.scale ?? Number.NaN);
    // The grid of the picture is a five-hundredth of the cycle.
    expect(Math.abs(moved(base.shift, change).centre - base.centre - expected)).toBeLessThan(
      60 / 72 / 500 + 1e-9,
    );
  });

  test("up and down moves the height by its scale", () => {
    const expected = 0.3 * (base.amplitude?.scale ?? Number.NaN);
    expect(moved(base.amplitude, 0.3).height - base.height).toBeCloseTo(expected, 7);
  });

  test("at its edge changes the width by its scale", () => {
    const expected = 0.05 * (base.widthTarget?.scale ?? Number.NaN);
    expect(moved(base.widthTarget, 0.05).width - base.width).toBeCloseTo(expected, 9);
  });
});

test("the absent P of atrial fibrillation is flat and can be dragged up again", () => {
  const p = beatOf({}, "ecgsyn", "af").components[0];
  expect(p.samples.every((value) => value === 0)).toBe(true);
  expect(p.amplitude?.scale).toBeGreaterThan(0);
  expect(p.centre).toBeLessThan(0);
});
