import { describe, expect, test } from "vitest";
import { Failure } from "../../domain/failure.ts";
import { alignedSteps, fastBetas } from "./alignedSteps.ts";
import { lossWeight } from "./lossWeights.ts";
import { checkPrediction, signalMixture } from "./prediction.ts";
import {
  betaAt,
  cosineSchedule,
  linearSchedule,
  type NoiseSchedule,
  signalToNoise,
  terminalSignal,
  withoutTerminalSignal,
} from "./schedule.ts";

const diffWave = linearSchedule(50, 1e-4, 0.05);

/** As near as a printed number with so many significant digits can be. */
const expectPrinted = (found: number, printed: string) =>
  expect(found.toPrecision(printed.replace(/^0\.0*|\.|e.*$/g, "").length)).toBe(
    Number(printed).toPrecision(printed.replace(/^0\.0*|\.|e.*$/g, "").length),
  );

describe("schedules", () => {
  test.each([
    [50, 0.05, "0.529"],
    [200, 0.02, "0.364"],
    [200, 0.05, "0.078"],
    [100, 0.1, "0.075"],
    [1000, 0.01, "0.079"],
    [1000, 0.02, "0.0064"],
  ])("of %i steps up to β = %d leaves √ᾱ = %s", (steps, last, printed) => {
    expect(terminalSignal(linearSchedule(steps, 1e-4, last)).toFixed(printed.length - 2)).toBe(printed);
  });

  test("β is what the signal loses in a step", () => {
    expect([0, 10, 49].map((t) => betaAt(diffWave, t))).toEqual(
      [1e-4, 1e-4 + (10 * 0.0499) / 49, 0.05].map((beta) => expect.closeTo(beta, 12)),
    );
    expect(betaAt(cosineSchedule(200), 199)).toBeCloseTo(0.999, 10);
  });

  const times = [0, 25, 50, 100, 150, 175, 198, 199];
  test("the cosine of 200 steps has the printed ᾱ", () => {
    const { signal } = cosineSchedule(200);
    const printed = ["0.99975", "0.95461", "0.84136", "0.48605", "0.13884", "0.034568", "6.07e-5", "6.07e-8"];
    times.forEach((t, at) => {
      expectPrinted(signal[t], printed[at]);
    });
  });

  test("stretched, the linear one of 200 steps has the printed √ᾱ and ends in noise alone", () => {
    const stretched = withoutTerminalSignal(linearSchedule(200, 1e-4, 0.05));
    const printed = ["0.99995", "0.95524", "0.83673", "0.48508", "0.17067", "0.0666", "0.00221"];
    printed.forEach((text, at) => {
      expect(Math.sqrt(stretched.signal[times[at]]).toFixed(text.length - 2)).toBe(text);
    });
    expect(stretched.signal[199]).toBe(0);
  });

  test("that of Time-Diffusion has the printed √ᾱ and signal-to-noise ratios", () => {
    const released = withoutTerminalSignal(linearSchedule(1000, 1e-4, 0.01));
    const printed: readonly (readonly [number, string])[] = [
      [0, "0.9999"],
      [100, "0.9678"],
      [250, "0.8319"],
      [500, "0.4827"],
      [750, "0.1720"],
      [900, "0.0522"],
      [998, "0.0004"],
      [999, "0.0000"],
    ];
    // 0.9999 is printed cut off: √(1 − 10⁻⁴) = 0.99995.
    for (const [t, text] of printed.slice(1)) expect(Math.sqrt(released.signal[t]).toFixed(4)).toBe(text);
    expect(Math.sqrt(released.signal[0])).toBeCloseTo(Math.sqrt(1 - 1e-4), 12);
    const ratio = (t: number) => signalToNoise(released.signal[t]);
    expect([0, 10, 100, 500].map(ratio)).toEqual([
      expect.closeTo(9999, 0),
      expect.closeTo(562, 0),
      expect.closeTo(14.8, 1),
      expect.closeTo(0.3, 2),
    ]);
    expect(ratio(999)).toBe(0);
  });

  test("the variance of ancestral steps is the printed one", () => {
    // √(βₜ (1 − ᾱₜ₋₁) / (1 − ᾱₜ))
    const deviation = ({ signal }: NoiseSchedule, t: number) =>
      Math.sqrt((betaAt(diffWave, t) * (1 - signal[t - 1])) / (1 - signal[t]));
    expect([1, 10, 25, 49].map((t) => deviation(diffWave, t).toFixed(6))).toEqual([
      "0.009581",
      "0.092045",
      "0.154542",
      "0.221310",
    ]);
  });
});

/** Within half of the last printed digit, and a little more: one value lies on the edge and was rounded down. */
function expectRounded(found: number, printed: string): void {
  const digits = printed.length - printed.indexOf(".") - 1;
  expect(Math.abs(found - Number(printed))).toBeLessThan(0.55 * 10 ** -digits);
}

describe("the aligned schedule", () => {
  test.each([
    [50, 0.05, ["0.000", "0.894", "4.087", "10.452", "22.992", "42.919"], null],
    [200, 0.02, ["0.000", "3.201", "13.43", "33.82", "73.98", "138.08"], "170.6"],
    [100, 0.1, ["0.000", "0.902", "4.105", "10.502", "23.099", "43.119"], "53.24"],
    [200, 0.05, ["0.000", "2.056", "8.516", "21.393", "46.731", "87.128"], "107.6"],
  ])("of %i steps up to β = %d stands at the printed steps", (steps, last, printed, withStrongLast) => {
    const training = linearSchedule(steps, 1e-4, last);
    const found = alignedSteps(training, fastBetas);
    printed.forEach((time, at) => {
      expectRounded(found[at], time);
    });
    const strong = () => alignedSteps(training, [...fastBetas.slice(0, 5), 0.7]);
    if (withStrongLast === null) expect(strong).toThrow(Failure);
    else expectRounded(strong().at(-1) ?? 0, withStrongLast);
  });
});

describe("weights of the loss", () => {
  const ratios = [1e-3, 0.3, 4, 5, 80, 9999];

  test("by the ratio are min(SNR, 5), that over SNR, over SNR + 1 and over SNR + 1 / s²", () => {
    for (const ratio of ratios) {
      const signal = ratio / (1 + ratio);
      const limited = Math.min(ratio, 5);
      expect(lossWeight("limited", "signal", signal)).toBeCloseTo(limited, 9);
      expect(lossWeight("limited", "noise", signal)).toBeCloseTo(limited / ratio, 9);
      expect(lossWeight("limited", "velocity", signal)).toBeCloseTo(limited / (ratio + 1), 9);
      expect(lossWeight("limited", "scaledVelocity", signal)).toBeCloseTo(limited / (ratio + 9), 9);
      // An error of what is told is one of the signal, weighed by as much.
      const { second } = signalMixture("scaledVelocity", signal);
      expect(lossWeight("limited", "scaledVelocity", signal) / second ** 2).toBeCloseTo(limited, 8);
      // The error of the signal, weighed by the ratio, is that of the noise.
      expect(lossWeight("signalToNoise", "noise", signal)).toBeCloseTo(1, 9);
      expect(lossWeight("signalToNoise", "signal", signal) / ratio).toBeCloseTo(1, 9);
      expect(lossWeight("uniform", "velocity", signal)).toBe(1);
    }
  });

  test("count nothing where no signal is left, and noise cannot be told there", () => {
    expect(lossWeight("signalToNoise", "signal", 0)).toBe(0);
    expect(lossWeight("limited", "velocity", 0)).toBe(0);
    const stretched = withoutTerminalSignal(diffWave);
    expect(() => checkPrediction("noise", stretched)).toThrow(Failure);
    for (const prediction of ["signal", "velocity", "scaledVelocity"] as const)
      checkPrediction(prediction, stretched);
    checkPrediction("noise", diffWave);
  });
});
