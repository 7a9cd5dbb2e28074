import { describe, expect, test } from "vitest";
import { createRandom } from "../../signal/random.ts";
import { makeStepper } from "../integrators/explicit.ts";
import { rungeKutta4 } from "../integrators/rungeKutta4.ts";
import { heartEquations } from "../mcsharry/dynamics.ts";
import {
  drawEta,
  etaDistribution,
  type SimulatedClass,
  simulatedClasses,
  typicalEta,
} from "./etaParameters.ts";
import { eulerBeat } from "./eulerBeat.ts";
import { angleDifference, cycleDrive, phaseTable, recommendedCycle, releasedCycle } from "./phaseTable.ts";
import { simulatedRange, unitOf } from "./scaling.ts";
import {
  type LossInput,
  simulatorLoss,
  simulatorLosses,
  simulatorLossGradient,
  simulatorResiduals,
} from "./simulatorLoss.ts";

const table = phaseTable(releasedCycle);
const length = 216;
const beatOf = (value: (index: number) => number) =>
  Float64Array.from({ length }, (_, index) => value(index));
const lossOf = (beats: Float64Array, beatClass: SimulatedClass) =>
  simulatorLoss({ beats, etas: [typicalEta(beatClass)], table });

/** Losses that NumPy in double precision gives from the equations, apart from this code. */
const printed: Readonly<Record<SimulatedClass, readonly number[]>> = {
  N: [0.174031241, 0.174097503, 0.147787684, 7.19e-7],
  S: [0.182889555, 0.182958637, 0.146573816, 7.4e-7],
  V: [0.178916428, 0.1790342, 0.144285925, 7.36e-7],
  F: [0.231336632, 0.231483387, 0.18098969, 8.11e-7],
};

describe.each(simulatedClasses)("the loss under the waves of %s", (beatClass) => {
  const eta = typicalEta(beatClass);
  const own = eulerBeat(eta, table);
  const [flat, ramp, bump, otherClock] = printed[beatClass];

  test.each([
    ["a flat line", () => 0, flat],
    ["a ramp", (index: number) => (0.01 * index) / 215, ramp],
    ["a bump", (index: number) => 0.04 * Math.exp(-(((index - 72) / 4) ** 2)), bump],
  ])("of %s is that of another program", (_, shape, expected) => {
    // One of the last printed digit: `pull` leaves out waves more than six widths away, which is up to 5e-10 here.
    expect(Math.abs(lossOf(beatOf(shape), beatClass) - expected)).toBeLessThan(1e-9);
  });

  test("of the simulator's own beat is nothing, and next to nothing under another clock", () => {
    expect(lossOf(own, beatClass)).toBeLessThan(1e-30);
    const other = eulerBeat(eta, phaseTable({ ...releasedCycle, clockStep: 1 / 512 }));
    expect(Math.abs(lossOf(other, beatClass) - otherClock)).toBeLessThan(0.006e-7);
  });

  test("of its beat three samples late is about that of a flat line", () => {
    const late = lossOf(
      own.map((_, index) => own[(index + length - 3) % length]),
      beatClass,
    );
    expect(late).toBeGreaterThan(0.1765);
    expect(late).toBeLessThan(0.2275);
    expect(Math.abs(late / flat - 1)).toBeLessThan(0.03);
  });

  test("grows with the square of the amplitude: 14 to 19 for ten times, 122 to 162 in millivolts", () => {
    const tenfold = lossOf(
      own.map((value) => 10 * value),
      beatClass,
    );
    expect(tenfold).toBeGreaterThan(13.5);
    expect(tenfold).toBeLessThan(19.5);
    const millivolts = lossOf(
      own.map((value) => 27.5 * value),
      beatClass,
    );
    expect(millivolts).toBeGreaterThan(121.5);
    expect(millivolts).toBeLessThan(162.5);
  });

  test("of waves drawn as for training has the published floor", () => {
    const random = createRandom(8);
    const etas = Array.from({ length: 300 }, () => drawEta(etaDistribution(beatClass), random));
    const beats = new Float64Array(etas.length * length);
    for (let beat = 0; beat < etas.length; beat++) beats.set(own, beat * length);
    const floor = simulatorLoss({ beats, etas, table });
    expect(floor).toBeGreaterThan(0.006);
    expect(floor).toBeLessThan(0.0092);
  });
});

test.each([
  ["N", "S", 0.0127],
  ["N", "V", 0.0147],
  ["N", "F", 0.0083],
  ["S", "V", 0.0004],
  ["S", "F", 0.0123],
  ["V", "F", 0.0148],
] as const)(
  "a beat of %s under the waves of %s costs %f, and the other way round",
  (one, other, expected) => {
    const there = lossOf(eulerBeat(typicalEta(one), table), other);
    expect(there).toBeCloseTo(expected, 4);
    expect(lossOf(eulerBeat(typicalEta(other), table), one)).toBeCloseTo(there, 12);
  },
);

test("noise of 0.001 adds 0.093", () => {
  const random = createRandom(2);
  const etas = Array.from({ length: 200 }, () => typicalEta("N"));
  const own = eulerBeat(typicalEta("N"), table);
  const beats = Float64Array.from({ length: etas.length * length }, (_, at) => own[at % length]);
  random.addNormal(beats, 0.001);
  // The difference of two deviates over the step: 2 · (216 · 0.001)² = 0.0933.
  expect(simulatorLoss({ beats, etas, table })).toBeCloseTo(0.093, 2);
});

describe("a batch", () => {
  const random = createRandom(6);
  const etas = simulatedClasses.map(typicalEta);
  const beats = Float64Array.from({ length: 4 * length }, () => 0.02 * random.normal());
  const input: LossInput = { beats, etas, table };

  test("has the mean loss of its beats", () => {
    const each = etas.map((eta, beat) =>
      simulatorLoss({ beats: beats.slice(beat * length, (beat + 1) * length), etas: [eta], table }),
    );
    expect([...simulatorLosses(input)]).toEqual(each);
    expect(simulatorLoss(input)).toBeCloseTo(each.reduce((sum, loss) => sum + loss, 0) / 4, 10);
  });

  test("that is not as long as its waves say is refused", () => {
    expect(() => simulatorLoss({ ...input, beats: beats.subarray(1) })).toThrow(RangeError);
  });

  test.each([
    ["the model's own unit", undefined],
    ["[−1, 1]", unitOf({ lowest: -1, highest: 1 })],
  ])("has the gradient of central differences in %s", (_, unit) => {
    const given = unit === undefined ? input : { ...input, unit };
    const { loss, gradient } = simulatorLossGradient(given);
    expect(loss).toBe(simulatorLoss(given));
    const step = 1e-4;
    for (const at of [0, 1, 77, 214, 215, 216, 500, 863]) {
      const moved = (by: number) =>
        simulatorLoss({ ...given, beats: beats.map((value, index) => (index === at ? value + by : value)) });
      // The loss is quadratic, so central differences are exact but for rounding.
      expect(gradient[at] / ((moved(step) - moved(-step)) / (2 * step))).toBeCloseTo(1, 6);
    }
  });

  test("in another unit has residuals smaller by the scale, and the same best beat", () => {
    const unit = unitOf({ lowest: -1, highest: 1 });
    expect(unit.scale).toBeCloseTo((simulatedRange.highest - simulatedRange.lowest) / 2, 15);
    const rescaled = beats.map((value) => (value - unit.offset) / unit.scale);
    const plain = simulatorResiduals(input);
    simulatorResiduals({ ...input, beats: rescaled, unit }).forEach((residual, index) => {
      expect(residual * unit.scale).toBeCloseTo(plain[index], 10);
    });
    const own = eulerBeat(etas[2], table).map((value) => (value - unit.offset) / unit.scale);
    expect(simulatorLoss({ beats: own, etas: [etas[2]], table, unit })).toBeLessThan(1e-24);
  });

  test("single precision beats give nearly the same loss", () => {
    expect(simulatorLoss({ ...input, beats: Float32Array.from(beats) }) / simulatorLoss(input)).toBeCloseTo(
      1,
      6,
    );
  });
});

test("what Runge–Kutta makes of the same equations solves them but for an error of first order in the step", () => {
  const eta = typicalEta("N");
  const points = [1, 2, 4, 8].map((finer) => {
    const step = 1 / (length * finer);
    const options = { ...recommendedCycle, step, clockStep: step };
    const advance = makeStepper(
      rungeKutta4,
      heartEquations(eta, cycleDrive(options), angleDifference(options)),
      3,
    );
    const state = Float64Array.of(Math.cos(options.startAngle), Math.sin(options.startAngle), 0);
    const beats = Float64Array.from({ length: length * finer }, (_, index) => {
      const value = state[2];
      advance(index * step, step, state);
      return value;
    });
    const loss = simulatorLoss({ beats, etas: [eta], table: phaseTable(options, length * finer) });
    return { step: Math.log(step), error: Math.log(Math.sqrt(loss)) };
  });
  const slope = (points[3].error - points[0].error) / (points[3].step - points[0].step);
  expect(slope).toBeGreaterThan(0.9);
  expect(slope).toBeLessThan(1.1);
  expect(Math.exp(points[3].error)).toBeLessThan(0.02);
});
