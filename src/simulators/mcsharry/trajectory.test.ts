import { describe, expect, test } from "vitest";
import { resolveValues, type Values } from "../../domain/schema.ts";
import { makeStepper } from "../integrators/explicit.ts";
import { rungeKutta4 } from "../integrators/rungeKutta4.ts";
import { heartEquations } from "./dynamics.ts";
import { baselineResponse, limitCycle } from "./limitCycle.ts";
import { type EtaParameters, etaParameters, mcsharrySchema, published } from "./parameters.ts";
import { makeHeartStepper, trajectory } from "./trajectory.ts";

const turn = 2 * Math.PI;
const etaAt = (values: Values): EtaParameters =>
  etaParameters(resolveValues(mcsharrySchema("ecgsyn", "normal"), values), "ecgsyn");

/** The published waves, read apart from the code under test. */
const waves = published["ecgsyn"].theta.map((degrees, wave) => ({
  centre: (degrees * Math.PI) / 180,
  a: published["ecgsyn"].a[wave],
  b: published["ecgsyn"].b[wave],
}));

/** − Σ a Δθ exp(− Δθ² / 2 b²) with the difference taken by the arc tangent. */
const force = (angle: number) =>
  waves.reduce((sum, { centre, a, b }) => {
    const distance = Math.atan2(Math.sin(angle - centre), Math.cos(angle - centre));
    return sum - a * distance * Math.exp(-(distance ** 2) / (2 * b ** 2));
  }, 0);

/** Simpson's rule. */
function integral(of: (t: number) => number, from: number, to: number, intervals: number): number {
  const h = (to - from) / intervals;
  let sum = of(from) + of(to);
  for (let index = 1; index < intervals; index++) sum += (index % 2 === 1 ? 4 : 2) * of(from + index * h);
  return (sum * h) / 3;
}

/**
 * z on the limit cycle at constant ω in closed form but for one quadrature: the stationary solution of
 * dz/dt = f(ωt) − z is z(t) = ∫₀^∞ e^(−s) f(ω(t − s)) ds, with f of period T = ∫₀^T … / (1 − e^(−T)).
 * Nothing of the simulator's own code.
 */
function stationary(angle: number, omega: number): number {
  const period = turn / omega;
  const whole = integral((s) => Math.exp(-s) * force(angle - omega * s), 0, period, 20_000);
  return whole / (1 - Math.exp(-period));
}

describe("one cycle", () => {
  test.each([0.5, 1, 3])("at %f turns a second is the stationary solution", (turns) => {
    const cycle = limitCycle(etaAt({}), turn * turns, -Math.PI, 1000);
    for (const index of [0, 60, 240, 380, 500, 520, 777, 960]) {
      const exact = stationary(-Math.PI + (turn * index) / 1000, turn * turns);
      expect(Math.abs(cycle[index] - exact)).toBeLessThan(1e-8);
    }
  });

  test("may begin anywhere", () => {
    const whole = limitCycle(etaAt({}), 7, 0, 800);
    expect(limitCycle(etaAt({}), 7, turn / 4, 800)[0]).toBeCloseTo(whole[200], 9);
  });
});

test("the baseline alone makes of z what its differential equation says", () => {
  const baseline = { amplitude: 0.02, frequency: 0.3 };
  const step = makeStepper(
    rungeKutta4,
    (t, y, derivative) => {
      derivative[0] = 0.02 * Math.sin(turn * 0.3 * t) - y[0];
    },
    1,
  );
  const z = new Float64Array(1);
  for (let index = 0; index < 30_000; index++) step(index / 1000, 1 / 1000, z);
  expect(z[0]).toBeCloseTo(baselineResponse(baseline, 30), 11);
});

test("the step written out is the tableau's", () => {
  const eta = etaAt({ "heartRate.mean": 85, "T.theta": 170, "P.a": -3 });
  const baseline = { amplitude: 0.03, frequency: 0.25 };
  const omega = 8.3;
  const drive = {
    omega: () => omega,
    baseline: (t: number) => baseline.amplitude * Math.sin(turn * baseline.frequency * t),
  };
  const generic = makeStepper(rungeKutta4, heartEquations(eta, drive), 3);
  const special = makeHeartStepper(eta, baseline);
  const one = Float64Array.of(0.7, -0.2, 0.05);
  const other = one.slice();
  let largest = 0;
  for (let index = 0; index < 3000; index++) {
    generic(index / 400, 1 / 400, one);
    special(other, index / 400, 1 / 400, omega);
    one.forEach((value, part) => {
      largest = Math.max(largest, Math.abs(value - other[part]));
    });
  }
  expect(largest).toBeLessThan(1e-12);
});

describe("the trajectory", () => {
  const still = { amplitude: 0, frequency: 0.25 };

  test("with equal beats is the stationary solution from its first sample", () => {
    const beats = Float64Array.from({ length: 8 }, (_, index) => index - 1.3);
    const samples = trajectory(etaAt({}), still, beats, {
      samplingFrequency: 250,
      length: 1000,
      stepsPerSample: 4,
    });
    for (const index of [0, 1, 25, 75, 80, 120, 500, 575, 999]) {
      expect(Math.abs(samples[index] - stationary(turn * (index / 250 + 0.3), turn))).toBeLessThan(2e-8);
    }
  });

  test("with unequal beats equals the convolution over each of them", () => {
    const beats = Float64Array.of(-0.9, -0.137, 0.823, 1.5031, 2.71, 3.4, 4.1);
    const baseline = { amplitude: 0.01, frequency: 0.31 };
    const frequency = 200;
    const samples = trajectory(etaAt({}), baseline, beats, {
      samplingFrequency: frequency,
      length: 600,
      stepsPerSample: 20,
    });
    // z(t) = z(0) e^(−t) + ∫₀^t e^(s − t) (f(phase(s)) + z₀(s)) ds, piece by piece between beats.
    const phase = (s: number, beat: number) => (turn * (s - beats[beat])) / (beats[beat + 1] - beats[beat]);
    for (const index of [20, 165, 180, 301, 420, 547, 599]) {
      const t = index / frequency;
      let exact = samples[0] * Math.exp(-t);
      for (let beat = 1; beat < beats.length - 1 && beats[beat] < t; beat++) {
        const drive = (s: number) =>
          Math.exp(s - t) * (force(phase(s, beat)) + 0.01 * Math.sin(turn * 0.31 * s));
        exact += integral(drive, Math.max(0, beats[beat]), Math.min(t, beats[beat + 1]), 4000);
      }
      expect(Math.abs(samples[index] - exact)).toBeLessThan(2e-9);
    }
  });

  test("converges with the fourth order of its method although beats end within steps", () => {
    const beats = Float64Array.of(-0.9, -0.137, 0.823, 1.5031, 2.71, 3.4, 4.1);
    const eta = etaAt({ "R.b": 0.2, "Q.b": 0.2, "S.b": 0.2 });
    const at = (stepsPerSample: number) =>
      trajectory(eta, still, beats, { samplingFrequency: 50, length: 150, stepsPerSample });
    const reference = at(128);
    const error = (stepsPerSample: number) =>
      Math.max(...at(stepsPerSample).map((value, index) => Math.abs(value - reference[index])));
    expect(Math.log2(error(8) / error(16))).toBeGreaterThan(3.7);
    expect(Math.log2(error(8) / error(16))).toBeLessThan(4.5);
  });
});
