import { describe, expect, test } from "vitest";
import { resolveValues, type Values } from "../../domain/schema.ts";
import { createRandom } from "../../signal/random.ts";
import { euler, rungeKutta4 } from "../integrators/index.ts";
import { makeStepper } from "../integrators/tableau.ts";
import type { SimulationRequest } from "../simulator.ts";
import { heartEquations } from "./dynamics.ts";
import { mcsharrySimulator } from "./index.ts";
import { etaParameters, mcsharrySchema, published } from "./parameters.ts";
import { intervalAt, tachogram } from "./tachogram.ts";

const request: SimulationRequest = {
  preset: "ecgsyn",
  rhythm: "normal",
  overrides: {},
  seed: 3,
  variation: "exact",
  duration: 10,
  samplingFrequency: 500,
};
const still: Values = { "heartRate.sd": 0, "baseline.amplitude": 0, scaleToMillivolts: false };

/**
 * z on the limit cycle at constant ω in closed form but for one quadrature: the stationary solution of
 * dz/dt = f(ωt) − z is z(t) = ∫₀^∞ e^(−s) f(ω(t − s)) ds, with f of period T = ∫₀^T … / (1 − e^(−T)).
 * Simpson's rule with 40,000 intervals; nothing of the simulator's own code.
 */
function quadrature(
  time: number,
  omega: number,
  theta: readonly number[],
  a: readonly number[],
  b: readonly number[],
): number {
  const period = (2 * Math.PI) / omega;
  const intervals = 40_000;
  const h = period / intervals;
  const force = (t: number) => {
    const angle = omega * t;
    return -theta.reduce((sum, centre, wave) => {
      const distance = Math.atan2(Math.sin(angle - centre), Math.cos(angle - centre));
      return sum + a[wave] * distance * Math.exp(-(distance ** 2) / (2 * b[wave] ** 2));
    }, 0);
  };
  let sum = 0;
  for (let index = 0; index <= intervals; index++) {
    const weight = index === 0 || index === intervals ? 1 : index % 2 === 1 ? 4 : 2;
    sum += weight * Math.exp(-index * h) * force(time - index * h);
  }
  return (sum * h) / 3 / (1 - Math.exp(-period));
}

const radians = (degrees: readonly number[]) => degrees.map((value) => (value * Math.PI) / 180);

describe("published defaults", () => {
  test("are those of McSharry 2003 and of both ECGSYN programs", () => {
    expect(published["ecgsyn"].theta).toEqual([-70, -15, 0, 15, 100]);
    expect(published["ecgsyn-c"].theta).toEqual([-60, -15, 0, 15, 90]);
    for (const { a, b } of Object.values(published)) {
      expect(a).toEqual([1.2, -5, 30, -7.5, 0.75]);
      expect(b).toEqual([0.25, 0.1, 0.1, 0.1, 0.4]);
    }
  });

  test("follow the heart rate as ECGSYN scales them", () => {
    const { theta, b } = etaParameters(
      resolveValues(mcsharrySchema("ecgsyn", "normal"), { "heartRate.mean": 90 }),
    );
    const factor = Math.sqrt(1.5);
    expect(b[0]).toBeCloseTo(0.25 * factor, 12);
    expect(theta[1]).toBeCloseTo(((-15 * Math.PI) / 180) * factor, 12);
    expect(theta[4]).toBeCloseTo(((100 * Math.PI) / 180) * Math.sqrt(factor), 12);
    expect(theta[2]).toBe(0);
  });
});

describe("the trajectory", () => {
  test("equals the stationary solution by quadrature", () => {
    const { samples, truth } = mcsharrySimulator.simulate({ ...request, overrides: still });
    const first = truth.beats[1].qrs.peak / 500;
    const { theta, a, b } = published["ecgsyn"];
    for (const index of [600, 700, 777, 850, 912, 1003, 1100]) {
      const exact = quadrature(index / 500 - first, 2 * Math.PI, radians(theta), a, b);
      expect(Math.abs(samples[index] - exact)).toBeLessThan(2e-5);
    }
  });

  test("comes to the circle of radius one from anywhere", () => {
    const eta = etaParameters(resolveValues(mcsharrySchema("ecgsyn", "normal"), {}));
    const step = makeStepper(rungeKutta4, heartEquations(eta, { omega: () => 7, baseline: () => 0 }), 3);
    for (const start of [0.1, 2.5]) {
      const state = Float64Array.of(start, 0, 0);
      for (let index = 0; index < 5000; index++) step(index / 500, 1 / 500, state);
      expect(Math.hypot(state[0], state[1])).toBeCloseTo(1, 3);
    }
  });

  // Beats of 216 samples by forward Euler as SimGAN runs them, classes N and F: values computed from the equations by
  // an independent program and tabulated to seven digits. Its clock for the baseline runs at 1/512 s, and its ω comes
  // from a tachogram within 0.1 % of 2π, which bounds the differences here.
  test.each([
    ["N", [0.7, -7, 30, -3, 0.2], [0.25, 0.1, 0.1, 0.1, 0.4], 0.0421089, -0.0147375],
    ["F", [0.8, -10, 30, -10, 0.5], [0.25, 0.1, 0.1, 0.1, 0.2], 0.0415796, -0.0202991],
  ])("gives SimGAN's beat of class %s", (_name, a, b, highest, lowest) => {
    const eta = {
      theta: Float64Array.from(radians([-90, -15, 0, 15, 160])),
      a: Float64Array.from(a),
      b: Float64Array.from(b),
    };
    const drive = {
      omega: () => 2 * Math.PI,
      baseline: (t: number) => 0.005 * Math.sin(2 * Math.PI * 0.25 * t),
    };
    const step = makeStepper(euler, heartEquations(eta, drive), 3);
    const state = Float64Array.of(-0.417750770388669, -0.9085616622823985, -0.004551233843726818);
    const z = [state[2]];
    for (let index = 0; index < 215; index++) {
      step(index / 512, 1 / 216, state);
      z.push(state[2]);
    }
    expect(Math.max(...z)).toBeCloseTo(highest, 3);
    expect(Math.min(...z)).toBeCloseTo(lowest, 3);
    expect(z.indexOf(Math.max(...z))).toBe(69);
  });
});

describe("the tachogram", () => {
  const parameters = {
    heartRateMean: 60,
    heartRateSd: 2,
    lfHfRatio: 0.5,
    lowFrequency: 0.1,
    highFrequency: 0.25,
  };

  test("has the mean and standard deviation that were asked for", () => {
    const intervals = tachogram(parameters, 512, createRandom(1));
    const mean = intervals.reduce((sum, value) => sum + value, 0) / intervals.length;
    const variance = intervals.reduce((sum, value) => sum + (value - mean) ** 2, 0) / intervals.length;
    expect(mean).toBeCloseTo(1, 9);
    expect(Math.sqrt(variance)).toBeCloseTo((60 * 2) / 3600, 9);
  });

  test("has the ratio of powers that was asked for", () => {
    const intervals = tachogram({ ...parameters, lfHfRatio: 2 }, 1024, createRandom(2));
    const power = (from: number, to: number) => {
      let sum = 0;
      for (let bin = Math.ceil(from * 1024); bin <= to * 1024; bin++) {
        let [real, imaginary] = [0, 0];
        intervals.forEach((value, index) => {
          real += value * Math.cos((2 * Math.PI * bin * index) / 1024);
          imaginary += value * Math.sin((2 * Math.PI * bin * index) / 1024);
        });
        sum += real * real + imaginary * imaginary;
      }
      return sum;
    };
    expect(power(0.04, 0.15) / power(0.18, 0.32)).toBeCloseTo(2, 2);
  });

  test("is linear between the seconds", () => {
    expect(intervalAt(Float64Array.of(1, 2, 4), 1.25)).toBeCloseTo(2.5, 12);
    expect(intervalAt(Float64Array.of(1, 2, 4), 2.5)).toBeCloseTo(2.5, 12);
  });
});

describe("a recording", () => {
  test("is repeated by its seed, and changed by another", () => {
    const one = mcsharrySimulator.simulate(request);
    expect(mcsharrySimulator.simulate(request).samples).toEqual(one.samples);
    expect(mcsharrySimulator.simulate({ ...request, seed: 4 }).samples).not.toEqual(one.samples);
  });

  test("keeps the heart rate that was asked for over five minutes", () => {
    const overrides = { "heartRate.mean": 75, "heartRate.sd": 3 };
    const { truth } = mcsharrySimulator.simulate({ ...request, overrides, duration: 300 });
    const intervals = truth.beats
      .slice(1)
      .map((beat, index) => (beat.qrs.peak - truth.beats[index].qrs.peak) / 500);
    const mean = intervals.reduce((sum, value) => sum + value, 0) / intervals.length;
    const deviation = Math.sqrt(
      intervals.reduce((sum, value) => sum + (value - mean) ** 2, 0) / intervals.length,
    );
    expect(60 / mean).toBeCloseTo(75, 0);
    expect(deviation).toBeGreaterThan(0.7 * ((60 * 3) / 75 ** 2));
    expect(deviation).toBeLessThan(1.3 * ((60 * 3) / 75 ** 2));
  });

  test("has its R peaks where the truth says", () => {
    const { samples, truth } = mcsharrySimulator.simulate({
      ...request,
      overrides: { "baseline.amplitude": 0 },
    });
    for (const { rPeak } of truth.beats.slice(1, -1)) {
      const around = samples.subarray(rPeak - 60, rPeak + 60);
      expect(Math.abs(around.indexOf(Math.max(...around)) - 60)).toBeLessThanOrEqual(3);
    }
  });

  test.each([100, 250, 500, 1000])("is the same curve at %i Hz", (samplingFrequency) => {
    const fine = mcsharrySimulator.simulate({ ...request, overrides: still, samplingFrequency: 1000 });
    const other = mcsharrySimulator.simulate({ ...request, overrides: still, samplingFrequency });
    const stride = 1000 / samplingFrequency;
    for (let index = 0; index < other.samples.length; index += 7) {
      expect(Math.abs(other.samples[index] - fine.samples[index * stride])).toBeLessThan(1e-4);
    }
  });

  test("is scaled to −0.4 … 1.2 mV, and finite wherever its parameters are drawn", () => {
    for (let seed = 0; seed < 30; seed++) {
      const { samples, truth } = mcsharrySimulator.simulate({ ...request, seed, variation: "drawn" });
      expect(Math.min(...samples)).toBeCloseTo(-0.4, 5);
      expect(Math.max(...samples)).toBeCloseTo(1.2, 5);
      expect(samples.every(Number.isFinite)).toBe(true);
      for (const { p, qrs, t } of truth.beats) {
        for (const wave of [p, qrs, t]) {
          if (wave === null) continue;
          expect(wave.onset).toBeLessThanOrEqual(wave.peak);
          expect(wave.peak).toBeLessThanOrEqual(wave.offset);
        }
      }
    }
  });
});

describe("the beat", () => {
  test("is the sum of its waves, and the recording's own cycle", () => {
    const beat = mcsharrySimulator.beat({ ...request, overrides: still });
    beat.sum.forEach((value, index) => {
      const sum = beat.components.reduce((total, component) => total + component.samples[index], 0);
      expect(Math.abs(sum - value)).toBeLessThan(1e-6);
    });
    const { theta, a, b } = published["ecgsyn"];
    for (const index of [30, 120, 250, 260, 333, 480]) {
      const exact = quadrature(beat.time[index], 2 * Math.PI, radians(theta), a, b);
      expect(Math.abs(beat.sum[index] - exact)).toBeLessThan(2e-5);
    }
  });
});
