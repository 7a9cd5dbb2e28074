import { describe, expect, test } from "vitest";
import { removeBaselineByFilter, removeBaselineByMedians, runningMedian } from "./baseline.ts";
import { beatBandPass, convolve, filterFir, firCoefficients } from "./fir.ts";
import { createRandom } from "./random.ts";
import { ratioOf, resample } from "./resample.ts";
import { bandPower, periodogram, transformOfAnyLength, welch } from "./spectrum.ts";

/** x = [sin(0.05 n² / 10) + (n % 17) / 10 for n in range(200)], as the golden numbers below take it. */
const x = Float64Array.from({ length: 200 }, (_, n) => Math.sin((0.05 * n * n) / 10) + (n % 17) / 10);

const near = (
  found: ArrayLike<number>,
  places: readonly number[],
  expected: readonly number[],
  digits = 10,
) => {
  places.forEach((place, index) => {
    expect(found[place]).toBeCloseTo(expected[index], digits);
  });
};

describe("FIR filters agree with SciPy 1.17.1", () => {
  test("firwin", () => {
    const band = firCoefficients(31, { kind: "bandpass", low: 3, high: 45 }, 360);
    near(band, [0, 7, 15], [-0.002410967308, -0.007994524872, 0.234317245697]);
    const low = firCoefficients(20, { kind: "lowpass", cutoff: 40 }, 500);
    near(low, [0, 9], [-0.002726539147, 0.160345968286]);
    const kaiser = { kind: "kaiser", beta: 8.6 } as const;
    const high = firCoefficients(101, { kind: "highpass", cutoff: 0.5 }, 250, kaiser);
    near(high, [0, 50, 51], [-0.000004986226, 0.996003134009, -0.003993445397]);
  });

  test("convolve(x, firwin(101, 40, fs=500)): short pieces and overlap-add alike", () => {
    const low = firCoefficients(101, { kind: "lowpass", cutoff: 40 }, 500);
    const full = convolve(x, low);
    expect(full).toHaveLength(300);
    near(full, [0, 60, 150, 299], [0, 1.639431676126, 1.088740089351, 0]);
    const long = Float64Array.from({ length: 5000 }, (_, n) => x[n % 200]);
    const whole = convolve(long, low);
    for (const at of [0, 99, 1000, 2500, 4999, 5099]) {
      let direct = 0;
      for (let tap = 0; tap < 101; tap++) direct += low[tap] * (long[at - tap] ?? 0);
      expect(whole[at]).toBeCloseTo(direct, 10);
    }
  });

  test("a symmetric filter shifts nothing", () => {
    const pulse = Float64Array.from({ length: 401 }, (_, n) => Math.exp(-0.5 * ((n - 200) / 3) ** 2));
    const filtered = filterFir(pulse, beatBandPass(360));
    expect(filtered).toHaveLength(401);
    expect(filtered.indexOf(Math.max(...filtered))).toBe(200);
  });

  test("impossible filters are refused", () => {
    expect(() => firCoefficients(20, { kind: "highpass", cutoff: 1 }, 100)).toThrow(RangeError);
    expect(() => firCoefficients(21, { kind: "bandpass", low: 5, high: 3 }, 100)).toThrow(RangeError);
    expect(() => firCoefficients(21, { kind: "lowpass", cutoff: 60 }, 100)).toThrow(RangeError);
  });
});

describe("resampling", () => {
  test.each([
    [18, 25, 144, [0.006877195697, 2.12166709546, 1.412405373258, 1.806352552707]],
    [25, 18, 278, [0, 0.978117200284, 1.36557328179, 0.426535728316]],
    [5, 1, 1000, [0, 0.220141779474, 1.238430241975, 0.090452388388]],
    [1, 5, 40, [0.079642643275, 1.0388301551, 1.06086873466, 0.951198432372]],
    [18, 5, 720, [0, 0.314162310773, 1.238458374009, 0.143122785787]],
  ] as const)("agrees with SciPy 1.17.1: resample_poly(x, %i, %i)", (up, down, length, expected) => {
    const found = resample(x, { up, down });
    expect(found).toHaveLength(length);
    near(found, [0, 10, length >> 1, length - 1], expected);
  });

  test("knows the ratios of ECG databases, and refuses what has none", () => {
    expect(ratioOf(500, 360)).toEqual({ up: 18, down: 25 });
    expect(ratioOf(100, 360)).toEqual({ up: 18, down: 5 });
    expect(ratioOf(257, 360)).toEqual({ up: 360, down: 257 });
    expect(() => ratioOf(360, 360 * Math.PI)).toThrow(RangeError);
  });

  test("keeps a slow sine, and takes out what the lower frequency cannot hold", () => {
    const sine = (frequency: number) =>
      Float64Array.from({ length: 2000 }, (_, n) => Math.sin((2 * Math.PI * frequency * n) / 500));
    const slow = resample(sine(10), { up: 1, down: 5 });
    for (let n = 50; n < 350; n++) expect(slow[n]).toBeCloseTo(Math.sin((2 * Math.PI * 10 * n) / 100), 2);
    const fast = resample(sine(90), { up: 1, down: 5 });
    for (let n = 50; n < 350; n++) expect(Math.abs(fast[n])).toBeLessThan(0.01);
  });

  test("a gap stays a gap, and does not spread", () => {
    const samples = Float64Array.from({ length: 400 }, () => 1);
    samples.fill(Number.NaN, 100, 150);
    const found = resample(samples, { up: 18, down: 25 });
    const missing = [...found.keys()].filter((index) => Number.isNaN(found[index]));
    expect(missing[0] / 18).toBeCloseTo(100 / 25, 0);
    expect(missing.length).toBeCloseTo((50 * 18) / 25, -1);
    expect(found[60]).toBeCloseTo(1, 2);
  });
});

describe("baseline", () => {
  test("a running median is that of the sorted window, gaps passed over", () => {
    const random = createRandom(5);
    const samples = Float64Array.from({ length: 300 }, () => Math.round(10 * random.normal()) + 0.5);
    samples.fill(Number.NaN, 40, 43);
    const found = runningMedian(samples, 21);
    for (let at = 0; at < 300; at++) {
      const window = [...samples.slice(Math.max(0, at - 10), at + 11)].filter(
        (value) => !Number.isNaN(value),
      );
      window.sort((one, other) => one - other);
      const middle = window.length >> 1;
      expect(found[at]).toBe(
        window.length % 2 === 1 ? window[middle] : (window[middle - 1] + window[middle]) / 2,
      );
    }
  });

  test("both ways take a slow wander out and leave the complexes", () => {
    const samplingFrequency = 250;
    const clean = Float64Array.from({ length: 5000 }, (_, n) =>
      Math.exp(-0.5 * (((n % 200) - 100) / 4) ** 2),
    );
    const wander = clean.map((_, n) => 0.5 * Math.sin((2 * Math.PI * 0.15 * n) / samplingFrequency) + 0.3);
    const drifting = clean.map((value, n) => value + wander[n]);
    for (const removed of [
      removeBaselineByMedians(drifting, samplingFrequency),
      removeBaselineByFilter(drifting, samplingFrequency),
    ]) {
      const middle = removed.slice(500, 4500);
      const error = middle.map((value, n) => value - clean[500 + n]);
      expect(Math.max(...error) - Math.min(...error)).toBeLessThan(0.2);
      expect(Math.max(...middle)).toBeGreaterThan(0.85);
    }
  });
});

describe("spectra", () => {
  test.each([
    [64, [5, 32], [0.024822785174, 9.31861e-7]],
    [50, [0, 5, 25], [0.000342372801, 0.019068445853, 5.1748745e-5]],
    [75, [0, 5, 37], [0.000244980957, 0.043405285096, 1.6276237e-5]],
  ] as const)("agree with SciPy 1.17.1: welch(x, fs=100, nperseg=%i)", (length, places, expected) => {
    near(welch(x, 100, length).density, places, expected);
  });

  test("agree with SciPy 1.17.1: periodogram(x, fs=100)", () => {
    const { frequencies, density } = periodogram(x, 100);
    expect(frequencies).toHaveLength(101);
    expect(frequencies[100]).toBe(50);
    near(density, [0, 7, 100], [0, 0.023964141611, 5.1018113e-5]);
  });

  test("the power of a sine is half its square", () => {
    const sine = Float64Array.from({ length: 20_000 }, (_, n) => 3 * Math.sin((2 * Math.PI * 12 * n) / 250));
    expect(bandPower(welch(sine, 250, 1024), 10, 14)).toBeCloseTo(4.5, 2);
  });

  test("a transform of any length is the sum that defines it", () => {
    for (const length of [1, 2, 3, 7, 12, 75, 128]) {
      const signal = x.slice(0, length);
      const { real, imaginary } = transformOfAnyLength(signal);
      for (let k = 0; k < length; k++) {
        let [re, im] = [0, 0];
        signal.forEach((value, n) => {
          re += value * Math.cos((2 * Math.PI * k * n) / length);
          im -= value * Math.sin((2 * Math.PI * k * n) / length);
        });
        expect(real[k]).toBeCloseTo(re, 9);
        expect(imaginary[k]).toBeCloseTo(im, 9);
      }
    }
  });
});
