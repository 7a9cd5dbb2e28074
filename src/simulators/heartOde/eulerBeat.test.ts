import { describe, expect, test } from "vitest";
import { euler } from "../integrators/euler.ts";
import { makeStepper } from "../integrators/explicit.ts";
import { heartEquations } from "../mcsharry/dynamics.ts";
import { type SimulatedClass, simulatedClasses, typicalEta } from "./etaParameters.ts";
import { eulerBeat, releasedStart } from "./eulerBeat.ts";
import {
  angleDifference,
  type CycleOptions,
  cycleDrive,
  paperCycle,
  phaseTable,
  recommendedCycle,
  releasedCycle,
  releasedIntervals,
} from "./phaseTable.ts";

const degrees = 180 / Math.PI;

/**
 * z at samples of the beat of the released program without noise in η, its clock at 512 Hz, and the sum of all: computed
 * from the equations with NumPy in double precision, apart from this code.
 */
const samples = [15, 59, 60, 65, 69, 72, 79, 120, 165, 215];
const printed: Readonly<Record<SimulatedClass, readonly number[]>> = {
  N: [
    0.0011065, -0.0147375, -0.0146882, 0.013092, 0.0421089, 0.0282951, -0.0095932, -0.0044069, 0.0015213,
    0.0016564, -0.2878329,
  ],
  S: [
    -0.0027109, -0.0047558, -0.00414, 0.0175815, 0.0429428, 0.0269719, -0.0195633, -0.0034518, 0.0022964,
    0.0014295, -0.2049052,
  ],
  V: [
    -0.0029148, -0.0064032, -0.0057375, 0.014822, 0.0395655, 0.0235224, -0.0229875, -0.0063464, -0.0016838,
    0.0010121, -0.7713286,
  ],
  F: [
    0.00187, -0.0193874, -0.0196319, 0.0110353, 0.0415796, 0.0263067, -0.0202991, -0.0040931, 0.0001449,
    0.0000126, -0.5442666,
  ],
};

describe.each(simulatedClasses)("the beat of class %s", (beatClass) => {
  const beat = eulerBeat(typicalEta(beatClass), phaseTable({ ...releasedCycle, clockStep: 1 / 512 }));

  test("is that of another program to all printed digits", () => {
    samples.forEach((sample, index) => {
      expect(beat[sample]).toBeCloseTo(printed[beatClass][index], 7);
    });
    // The digits of the sum are cut, not rounded.
    expect(Math.abs(beat.reduce((sum, value) => sum + value, 0) - printed[beatClass][10])).toBeLessThan(
      1.1e-7,
    );
  });

  test("is highest at sample 69, and lowest where the other program says", () => {
    expect(beat.indexOf(Math.max(...beat))).toBe(69);
    expect(beat.indexOf(Math.min(...beat))).toBe({ N: 59, S: 79, V: 79, F: 79 }[beatClass]);
  });

  test("is what stepping the three equations gives, under any options", () => {
    const odd: CycleOptions = {
      ...recommendedCycle,
      step: 1 / 360,
      clockStep: 0.01,
      baselineAmplitude: 0.15,
    };
    for (const options of [releasedCycle, recommendedCycle, paperCycle, odd]) {
      const eta = typicalEta(beatClass);
      const own = eulerBeat(eta, phaseTable(options));
      const advance = makeStepper(
        euler,
        heartEquations(eta, cycleDrive(options), angleDifference(options)),
        3,
      );
      const state = Float64Array.of(
        Math.cos(options.startAngle),
        Math.sin(options.startAngle),
        releasedStart,
      );
      let clock = 0;
      for (const value of own) {
        expect(value).toBeCloseTo(state[2], 13);
        advance(clock, options.step, state);
        clock += options.clockStep;
      }
    }
  });
});

describe("the phase table", () => {
  test("has the phases of another program, and its widening circle", () => {
    const { theta, x, y } = phaseTable();
    const expected: readonly (readonly [number, number])[] = [
      [0, -2.00176464],
      [1, -1.97268406],
      [2, -1.94360342],
      [50, -0.54635884],
      [69, 0.00682652],
      [100, 0.90944307],
      [215, -2.02495204],
    ];
    for (const [sample, phase] of expected) expect(theta[sample]).toBeCloseTo(phase, 8);
    expect(Math.hypot(x[0], y[0])).toBeCloseTo(1, 14);
    expect(Math.hypot(x[215], y[215])).toBeCloseTo(1.0589, 4);
    expect(x[0]).toBeCloseTo(-0.417750770388669, 9);
    expect(y[0]).toBeCloseTo(-0.9085616622823985, 9);
  });

  test("jumps from 180° to −180° at sample 177, but for the step of the paper, which ends at 100.5°", () => {
    const { theta } = phaseTable();
    expect(theta.findIndex((phase, index) => index > 0 && phase < theta[index - 1])).toBe(177);
    const paper = phaseTable(paperCycle).theta;
    expect(paper[215] * degrees).toBeCloseTo(100.5, 0);
    expect(paper.findIndex((phase) => phase >= 0)).toBe(115);
  });

  test("the recommended cycle has R at sample 72", () => {
    const { theta } = phaseTable(recommendedCycle);
    expect(Math.abs(theta[72] * degrees)).toBeLessThan(0.5);
    const beat = eulerBeat(typicalEta("N"), phaseTable(recommendedCycle));
    expect(Math.abs(beat.indexOf(Math.max(...beat)) - 72)).toBeLessThanOrEqual(1);
  });

  test("the baseline is a sine of 0.25 Hz over the clock", () => {
    const { baseline } = phaseTable({ ...releasedCycle, clockStep: 0.5, baselineAmplitude: 0.15 });
    [0, Math.SQRT1_2, 1, Math.SQRT1_2, 0, -Math.SQRT1_2].forEach((sine, index) => {
      expect(baseline[index]).toBeCloseTo(0.15 * sine, 12);
    });
  });

  test("waves near 180° go on beyond it with the shortest way, and break off with the plain difference", () => {
    const eta = { theta: Float64Array.of(Math.PI - 0.4), a: Float64Array.of(1), b: Float64Array.of(0.4) };
    const jump = (difference: CycleOptions["difference"]) => {
      const options = { ...releasedCycle, difference };
      const beat = eulerBeat(eta, phaseTable(options));
      return Math.abs(beat[178] - 2 * beat[177] + beat[176]) * 216;
    };
    expect(jump("plain")).toBeGreaterThan(5 * jump("shortest"));
  });
});

describe("the released intervals", () => {
  const intervals = releasedIntervals();

  test("are those that another program prints", () => {
    const expected = { 0: 1.001131, 1: 1.000001, 2: 0.999623, 214: 0.996564, 215: 1.244347 };
    for (const [index, interval] of Object.entries(expected))
      expect(intervals[Number(index)]).toBeCloseTo(interval, 6);
  });

  test("keep the angular velocity near 2π, and the phase within 0.38° of that of a constant one", () => {
    const used = Array.from(intervals.subarray(1, 130), (interval) => (2 * Math.PI) / interval);
    expect(Math.min(...used)).toBeCloseTo(6.28318, 5);
    expect(Math.max(...used)).toBeCloseTo(6.2904, 4);
    const varying = phaseTable().theta;
    const constant = phaseTable({ ...releasedCycle, angularVelocity: "constant" }).theta;
    const apart = varying.map((phase, index) =>
      Math.abs(Math.atan2(Math.sin(phase - constant[index]), Math.cos(phase - constant[index]))),
    );
    expect(Math.max(...apart) * degrees).toBeCloseTo(0.38, 2);
  });
});
