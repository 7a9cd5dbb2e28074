import { describe, expect, test } from "vitest";
import { createRandom } from "../../signal/random.ts";
import { guided } from "./guidance.ts";
import {
  mixed,
  noiseMixture,
  noising,
  predictions,
  signalDeviation,
  signalMixture,
  targetMixture,
} from "./prediction.ts";
import { evenSteps, samplingPlan, stepBetween } from "./samplingPlan.ts";
import { betaAt, cosineSchedule, linearSchedule, withoutTerminalSignal } from "./schedule.ts";
import { stepEmbedding } from "./stepEmbedding.ts";

const schedule = linearSchedule(200, 1e-4, 0.05);
const drawn = (count: number, seed: number) => {
  const values = new Float32Array(count);
  createRandom(seed).addNormal(values, 1);
  return values;
};
const largestDifference = (one: ArrayLike<number>, other: ArrayLike<number>) =>
  Array.from(one).reduce((worst, value, at) => Math.max(worst, Math.abs(value - other[at])), 0);

describe("noise and signal", () => {
  test("a noisy signal has the mean √ᾱ x and the variance 1 − ᾱ", () => {
    const count = 40_000;
    const value = 1.7;
    for (const t of [0, 60, 199]) {
      const noisy = mixed(noising(schedule.signal[t]), new Float32Array(count).fill(value), drawn(count, t));
      const mean = noisy.reduce((sum, each) => sum + each, 0) / count;
      const variance = noisy.reduce((sum, each) => sum + (each - mean) ** 2, 0) / count;
      const expected = 1 - schedule.signal[t];
      // Four standard errors.
      expect(Math.abs(mean - Math.sqrt(schedule.signal[t]) * value)).toBeLessThan(
        4 * Math.sqrt(expected / count),
      );
      expect(Math.abs(variance / expected - 1)).toBeLessThan(4 * Math.sqrt(2 / count));
    }
  });

  test("noised step by step, with each β in turn, it is the same in one step", () => {
    // x ← √(1 − β) x + √β z keeps the mean's factor and the variance in closed form.
    let [factor, variance] = [1, 0];
    for (let t = 0; t < schedule.steps; t++) {
      const beta = betaAt(schedule, t);
      factor *= Math.sqrt(1 - beta);
      variance = (1 - beta) * variance + beta;
      const { first, second } = noising(schedule.signal[t]);
      expect(first).toBeCloseTo(factor, 10);
      expect(second ** 2).toBeCloseTo(variance, 10);
    }
  });

  test.each(predictions)("both follow from %s", (prediction) => {
    const [x0, noise] = [drawn(50, 1), drawn(50, 2)];
    for (const signal of [0.999, 0.4, 0.003]) {
      const noisy = mixed(noising(signal), x0, noise);
      const told = mixed(targetMixture(prediction, signal), x0, noise);
      expect(largestDifference(mixed(signalMixture(prediction, signal), noisy, told), x0)).toBeLessThan(1e-5);
      expect(largestDifference(mixed(noiseMixture(prediction, signal), noisy, told), noise)).toBeLessThan(
        1e-4,
      );
    }
  });

  test.each(["velocity", "scaledVelocity"] as const)(
    "%s tells the signal even where none is left",
    (prediction) => {
      const [x0, noise] = [drawn(9, 3), drawn(9, 4)];
      const told = mixed(targetMixture(prediction, 0), x0, noise);
      expect(largestDifference(mixed(signalMixture(prediction, 0), noise, told), x0)).toBeLessThan(1e-6);
    },
  );

  test("velocity by the deviation is what the preconditioning of Karras et al. leaves to a network", () => {
    const y = drawn(40, 5).map((value) => signalDeviation * value);
    const epsilon = drawn(40, 6);
    for (const signal of [0.999, 0.4, 0.003]) {
      // Their noise of deviation σ is added to the signal as it is: theirs is our noisy signal over √ᾱ.
      const sigma = Math.sqrt(1 / signal - 1);
      const sum = sigma ** 2 + signalDeviation ** 2;
      const [skip, out] = [signalDeviation ** 2 / sum, (sigma * signalDeviation) / Math.sqrt(sum)];
      const target = y.map((value, at) => (value - skip * (value + sigma * epsilon[at])) / out);
      const told = mixed(targetMixture("scaledVelocity", signal), y, epsilon);
      expect(
        largestDifference(
          told.map((value) => -value),
          target,
        ),
      ).toBeLessThan(1e-5);
    }
  });

  test("both velocities have the deviation 1 at every step, of signals of deviation 1 and of theirs", () => {
    for (const signal of [0.999, 0.4, 0.003]) {
      for (const [prediction, deviation] of [
        ["velocity", 1],
        ["scaledVelocity", signalDeviation],
      ] as const) {
        const { first, second } = targetMixture(prediction, signal);
        expect(Math.hypot(first * deviation, second)).toBeCloseTo(1, 12);
      }
    }
  });
});

describe("samplers", () => {
  const whole = { sampler: "ancestral", steps: 0, eta: 0 } as const;
  const implicit = (steps: number, eta = 0) => ({ sampler: "implicit", steps, eta }) as const;

  test("25 of 200 steps are the printed ones", () => {
    expect(evenSteps(200, 25)).toEqual([
      0, 8, 17, 25, 33, 41, 50, 58, 66, 75, 83, 91, 100, 108, 116, 124, 133, 141, 149, 158, 166, 174, 182,
      191, 199,
    ]);
    expect(evenSteps(10, 50)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test("an ancestral step is that of Ho et al., equation 11", () => {
    for (const { time: t, kept, told, noise } of samplingPlan(schedule, whole)) {
      const [signal, before] = [schedule.signal[t], t === 0 ? 1 : schedule.signal[t - 1]];
      const beta = 1 - signal / before;
      expect(noise ** 2).toBeCloseTo((beta * (1 - before)) / (1 - signal), 12);
      const [noisy, epsilon] = [0.8, -1.3];
      const mean = (noisy - (beta / Math.sqrt(1 - signal)) * epsilon) / Math.sqrt(1 - beta);
      const x0 = (noisy - Math.sqrt(1 - signal) * epsilon) / Math.sqrt(signal);
      expect(kept * noisy + told * x0).toBeCloseTo(mean, 9);
    }
  });

  test("the deviation of its noise is the printed one", () => {
    const plan = samplingPlan(linearSchedule(50, 1e-4, 0.05), whole);
    const at = (t: number) => plan.find(({ time }) => time === t)?.noise.toFixed(6);
    expect([1, 10, 25, 49].map(at)).toEqual(["0.009581", "0.092045", "0.154542", "0.221310"]);
    expect(plan.at(-1)?.noise).toBe(0);
  });

  test("implicit sampling over all steps with η = 1 is the ancestral one", () => {
    expect(samplingPlan(schedule, implicit(200, 1))).toEqual(samplingPlan(schedule, whole));
  });

  test.each([
    ["25 implicit", schedule, implicit(25)],
    ["all implicit", cosineSchedule(200), implicit(200)],
    ["stretched", withoutTerminalSignal(schedule), implicit(25)],
    ["aligned", schedule, { sampler: "aligned", steps: 0, eta: 0 }],
  ] as const)("%s steps with the true noise come back to the signal", (_, used, choice) => {
    const [x0, noise] = [drawn(64, 5), drawn(64, 6)];
    const plan = samplingPlan(used, choice);
    let x = mixed(noising(plan[0].signal), x0, noise);
    plan.forEach(({ kept, told, signal }) => {
      // The signal that the noise in it at this level means.
      const residual = mixed(noiseMixture("signal", signal), x, x0);
      const found = signal > 0 ? mixed(signalMixture("noise", signal), x, residual) : Float32Array.from(x0);
      x = mixed({ first: kept, second: told }, x, found);
    });
    expect(largestDifference(x, x0)).toBeLessThan(1e-4);
  });

  test("implicit steps without noise, taken back, give the noise that they came from", () => {
    const [x0, start] = [drawn(64, 7), drawn(64, 8)];
    const levels = evenSteps(200, 200).map((t) => schedule.signal[t]);
    let x: Float32Array = start;
    const go = (from: number, to: number) => {
      const { kept, told } = stepBetween(from, to, 0);
      x = mixed({ first: kept, second: told }, x, x0);
    };
    for (let at = 199; at > 0; at--) go(levels[at], levels[at - 1]);
    expect(largestDifference(x, start)).toBeGreaterThan(0.5);
    for (let at = 0; at < 199; at++) go(levels[at], levels[at + 1]);
    expect(largestDifference(x, start)).toBeLessThan(2e-3);
  });

  /** Of normal data of mean 0.6 and deviation 0.4 the best prediction is known: the mean of the signal given the noisy one. */
  const [centre, spread] = [0.6, 0.4];
  const posteriorMean = (noisy: number, signal: number) => {
    const gain = (Math.sqrt(signal) * spread ** 2) / (signal * spread ** 2 + 1 - signal);
    return centre + gain * (noisy - Math.sqrt(signal) * centre);
  };

  test.each([
    ["ancestral", whole],
    ["implicit", implicit(200)],
    ["implicit with half of the noise", implicit(200, 0.5)],
  ] as const)("%s sampling by the best prediction of normal data gives normal data", (_, choice) => {
    const count = 4000;
    const random = createRandom(9);
    let x = drawn(count, 10);
    for (const { signal, kept, told, noise } of samplingPlan(cosineSchedule(200), choice)) {
      x = x.map((value) => kept * value + told * posteriorMean(value, signal) + noise * random.normal());
    }
    const mean = x.reduce((sum, value) => sum + value, 0) / count;
    const deviation = Math.sqrt(x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count);
    expect(Math.abs(mean - centre)).toBeLessThan((4 * spread) / Math.sqrt(count));
    // The steps are finite: two in a hundred.
    expect(Math.abs(deviation / spread - 1)).toBeLessThan(0.02 + 4 / Math.sqrt(2 * count));
  });
});

describe("guidance", () => {
  const [withClass, without] = [drawn(20, 11), drawn(20, 12)];

  test("of 1 is the class alone, of 0 none, and of 3 goes on beyond it", () => {
    expect(guided(withClass, without, 1)).toEqual(withClass);
    expect(largestDifference(guided(withClass, without, 0), without)).toBe(0);
    guided(withClass, without, 3).forEach((value, at) => {
      expect(value).toBeCloseTo(3 * withClass[at] - 2 * without[at], 5);
    });
  });
});

describe("embedding of a step", () => {
  test("is sines and cosines of rising or falling frequency, mixed between whole steps", () => {
    const rows = stepEmbedding([0, 3, 3.25, 4], 128, "rising");
    const at = (row: number, column: number) => rows[row * 128 + column];
    for (const j of [0, 10, 63]) {
      expect(at(0, j)).toBe(0);
      expect(at(0, 64 + j)).toBe(1);
      expect(at(1, j)).toBeCloseTo(Math.sin(3 * 10 ** ((4 * j) / 63)), 5);
      expect(at(1, 64 + j)).toBeCloseTo(Math.cos(3 * 10 ** ((4 * j) / 63)), 5);
      expect(at(2, j)).toBeCloseTo(0.75 * at(1, j) + 0.25 * at(3, j), 5);
    }
    const falling = stepEmbedding([7], 64, "falling");
    expect(falling[31]).toBeCloseTo(Math.sin(7e-4), 7);
    expect(falling[32 + 31]).toBeCloseTo(Math.cos(7e-4), 6);
    expect(falling[0]).toBeCloseTo(Math.sin(7), 6);
  });
});
