import { describe, expect, test } from "vitest";
import { resolveValues } from "../../domain/schema.ts";
import { dormandPrince } from "../integrators/dormandPrince.ts";
import { euler } from "../integrators/euler.ts";
import { makeStepper } from "../integrators/explicit.ts";
import { rungeKutta4 } from "../integrators/rungeKutta4.ts";
import { type AngleDifference, heartEquations, shortestWay } from "./dynamics.ts";
import { type EtaParameters, etaParameters, mcsharrySchema } from "./parameters.ts";

const turn = 2 * Math.PI;
/** The C programs' fmod(θ − θᵢ, 2π), which leaves differences below a whole turn as they are. */
const plainDifference: AngleDifference = (difference) => difference;
const baseline = (t: number) => 0.005 * Math.sin(turn * 0.25 * t);

describe("the shortest way round", () => {
  test.each([
    [0, 0],
    [3, 3],
    [4, 4 - turn],
    [-4, turn - 4],
    [turn, 0],
    [3 * turn + 1, 1],
  ])("of %f is %f", (difference, expected) => {
    expect(shortestWay(difference)).toBeCloseTo(expected, 12);
  });
});

/**
 * Printed by the right-hand side, step and heart-rate adjustment of ecgsyn.c (9 Oct 2003), compiled with gcc: 512 Hz,
 * no variation of the heart rate, z before scaling, sample number and value.
 */
const printedByEcgsyn: readonly (readonly [number, readonly (readonly [number, number])[]])[] = [
  [
    60,
    [
      [1, 0.0394943568],
      [20, -0.0168937717],
      [128, 0.0119696291],
      [300, -0.0053564202],
      [430, 0.0079788777],
      [500, 0.0090233193],
      [1024, 0.0442693439],
      [1500, -0.006923713],
      [2559, 0.0431369907],
    ],
  ],
  [
    90,
    [
      [1, 0.0393040091],
      [20, -0.017070389],
      [128, -0.0025695339],
      [300, -0.0004692376],
      [430, 0.0134806559],
      [500, -0.004718953],
      [1024, 0.0434734454],
      [1500, -0.0049185102],
      [2559, -0.0052535969],
    ],
  ],
];

test.each(printedByEcgsyn)("z is what ecgsyn.c prints at %i beats a minute", (heartRate, printed) => {
  const values = resolveValues(mcsharrySchema("ecgsyn-c", "normal"), { "heartRate.mean": heartRate });
  const drive = { omega: () => (turn * heartRate) / 60, baseline };
  const equations = heartEquations(etaParameters(values, "ecgsyn-c"), drive, plainDifference);
  const step = makeStepper(rungeKutta4, equations, 3);
  const state = Float64Array.of(1, 0, 0.04);
  const z = [state[2]];
  for (let index = 0; index < 2559; index++) {
    step(index / 512, 1 / 512, state);
    z.push(state[2]);
  }
  for (const [index, value] of printed) expect(Math.abs(z[index] - value)).toBeLessThan(2e-9);
});

/** The RR intervals of SimGAN's released code: the same in every run, by a naive inverse transform of 216 lines. */
function simGanIntervals(): number[] {
  const lines = Array.from({ length: 216 }, (_, index) => index / 215);
  const raw = lines.map((_line, n) =>
    lines.reduce((sum, line, k) => sum + (line * Math.cos(turn * line + (turn * k * n) / 216)) / 216, 0),
  );
  const mean = raw.reduce((sum, value) => sum + value, 0) / 216;
  const deviation = Math.sqrt(raw.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 216);
  return raw.map((value) => 1 + value / (60 * deviation));
}

/**
 * SimGAN's beat of each class by forward Euler: 216 samples, noise-free class means, the clock at 1/512 s while the step
 * is 1/216 s. Computed from the published equations by an independent NumPy program, printed to seven digits.
 */
const samplesOfSimGan = [15, 59, 60, 65, 69, 72, 79, 120, 165, 215];
const simGanBeats: readonly (readonly [string, number, number[], number[], number[], number])[] = [
  [
    "N",
    0,
    [0.7, -7, 30, -3, 0.2],
    [0.25, 0.1, 0.1, 0.1, 0.4],
    [
      0.0011065, -0.0147375, -0.0146882, 0.013092, 0.0421089, 0.0282951, -0.0095932, -0.0044069, 0.0015213,
      0.0016564,
    ],
    -0.2878329,
  ],
  [
    "S",
    0,
    [0.2, -1, 30, -10, 0.2],
    [0.25, 0.1, 0.1, 0.1, 0.4],
    [
      -0.0027109, -0.0047558, -0.00414, 0.0175815, 0.0429428, 0.0269719, -0.0195633, -0.0034518, 0.0022964,
      0.0014295,
    ],
    -0.2049052,
  ],
  [
    "V",
    0,
    [0.1, 0, 30, -10, 0.5],
    [0.6, 0.1, 0.1, 0.1, 0.2],
    [
      -0.0029148, -0.0064032, -0.0057375, 0.014822, 0.0395655, 0.0235224, -0.0229875, -0.0063464, -0.0016838,
      0.0010121,
    ],
    -0.7713286,
  ],
  [
    "F",
    0.03,
    [0.8, -10, 30, -10, 0.5],
    [0.25, 0.1, 0.1, 0.1, 0.2],
    [
      0.00187, -0.0193874, -0.0196319, 0.0110353, 0.0415796, 0.0263067, -0.0202991, -0.0040931, 0.0001449,
      0.0000126,
    ],
    -0.5442666,
  ],
];

test("SimGAN's RR intervals are those that its code makes", () => {
  const intervals = simGanIntervals();
  [1.001131, 1.000001, 0.999623].forEach((value, index) => {
    expect(intervals[index]).toBeCloseTo(value, 6);
  });
  expect(intervals[215]).toBeCloseTo(1.244347, 6);
});

test.each(simGanBeats)(
  "Euler's steps give SimGAN's beat of class %s",
  (_class, angleOfR, a, b, printed, sum) => {
    const intervals = simGanIntervals();
    const eta: EtaParameters = {
      theta: Float64Array.from([-90, -15, angleOfR, 15, 160], (degrees) => (degrees * Math.PI) / 180),
      a: Float64Array.from(a),
      b: Float64Array.from(b),
    };
    const omega = (t: number) => turn / intervals[(1 + Math.floor(t * 216)) % 216];
    const step = makeStepper(euler, heartEquations(eta, { omega, baseline }, plainDifference), 3);
    const state = Float64Array.of(-0.417750770388669, -0.9085616622823985, -0.004551233843726818);
    const z = [state[2]];
    for (let index = 0; index < 215; index++) {
      step(index / 512, 1 / 216, state);
      z.push(state[2]);
    }
    samplesOfSimGan.forEach((index, position) => {
      expect(Math.abs(z[index] - printed[position])).toBeLessThan(1e-7);
    });
    expect(z.reduce((total, value) => total + value, 0)).toBeCloseTo(sum, 6);
  },
);

test("every start comes to the circle of radius one, as fast as the linearised equations say", () => {
  const eta = etaParameters(resolveValues(mcsharrySchema("ecgsyn", "normal"), {}), "ecgsyn");
  const step = makeStepper(dormandPrince, heartEquations(eta, { omega: () => 7, baseline: () => 0 }), 3);
  for (const start of [0.1, 2.5]) {
    const state = Float64Array.of(start, 0, 0);
    let earlier = 0;
    for (let index = 0; index < 5000; index++) {
      if (index === 4500) earlier = Math.hypot(state[0], state[1]) - 1;
      step(index / 500, 1 / 500, state);
    }
    const later = Math.hypot(state[0], state[1]) - 1;
    expect(Math.abs(later)).toBeLessThan(1e-3);
    // r' = r (1 − r), so a small deviation shrinks by e in a second.
    expect(later / earlier).toBeCloseTo(Math.exp(-1), 2);
  }
});
