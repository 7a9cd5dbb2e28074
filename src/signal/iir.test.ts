import { describe, expect, test } from "vitest";
import { butterworth, filterSections, gainAt, initialState, notch, type SecondOrderSections } from "./iir.ts";
import { filterZeroPhase, paddingOf } from "./zeroPhase.ts";

/** x = [sin(0.05 n² / 10) + (n % 17) / 10 for n in range(200)] */
const x = Float64Array.from({ length: 200 }, (_, n) => Math.sin((0.05 * n * n) / 10) + (n % 17) / 10);

/**
 * SciPy 1.17.1: y = sosfilt(sos, x), z = sosfiltfilt(sos, x); y[50], y[120], y[199], z[0], z[77], z[199] for
 * sos = butter(order, edges, kind, fs=…, output='sos'), and tf2sos(*iirnotch(50, 30, fs=360)).
 */
const published: readonly (readonly [string, SecondOrderSections, readonly number[]])[] = [
  [
    "butter(3, [5, 15], 'bandpass', fs=360)",
    butterworth(3, { kind: "bandpass", low: 5, high: 15 }, 360),
    [0.779124274994, 0.075599769029, -0.073387536123, -0.022673572262, 0.079209258334, -0.056319975064],
  ],
  [
    "butter(4, 40, 'lowpass', fs=500)",
    butterworth(4, { kind: "lowpass", cutoff: 40 }, 500),
    [0.850864541132, 1.300907659672, 0.540596910818, -0.002259690396, 0.966026482668, 1.144228113558],
  ],
  [
    "butter(5, 0.5, 'highpass', fs=250)",
    butterworth(5, { kind: "highpass", cutoff: 0.5 }, 250),
    [0.457044738151, -0.732124881862, 0.419332091884, 0.187784770154, -0.703324460839, 0.175646752747],
  ],
  [
    "butter(2, [49, 51], 'bandstop', fs=500)",
    butterworth(2, { kind: "bandstop", low: 49, high: 51 }, 500),
    [1.431387350232, 0.356915555209, 1.171140133161, 0.012784812457, 0.025178512117, 1.089806868127],
  ],
  [
    "iirnotch(50, 30, fs=360)",
    notch(50, 30, 360),
    [1.517953919629, 0.570174659337, 1.140649066226, -0.032730394259, 0.094259485331, 1.190369606276],
  ],
];

describe("agreement with SciPy", () => {
  test.each(published)("%s", (_, sections, expected) => {
    const once = filterSections(sections, x);
    const both = filterZeroPhase(sections, x);
    const found = [once[50], once[120], once[199], both[0], both[77], both[199]];
    found.forEach((value, index) => {
      expect(value).toBeCloseTo(expected[index], 9);
    });
  });
});

describe("Butterworth filters", () => {
  const angle = (frequency: number, samplingFrequency: number) =>
    (2 * Math.PI * frequency) / samplingFrequency;

  test("have half the power at their edges and the gain of the prototype elsewhere, whatever the order", () => {
    for (const order of [1, 2, 3, 4, 7]) {
      const low = butterworth(order, { kind: "lowpass", cutoff: 30 }, 500);
      expect(gainAt(low, 0)).toBeCloseTo(1, 10);
      expect(gainAt(low, angle(30, 500))).toBeCloseTo(Math.SQRT1_2, 10);
      // |H|² = 1 / (1 + (tan(ω/2) / tan(ω₀/2))^2n)
      const ratio = Math.tan(Math.PI * (80 / 500)) / Math.tan(Math.PI * (30 / 500));
      expect(gainAt(low, angle(80, 500))).toBeCloseTo(1 / Math.sqrt(1 + ratio ** (2 * order)), 10);
      const band = butterworth(order, { kind: "bandpass", low: 8, high: 16 }, 360);
      for (const edge of [8, 16]) expect(gainAt(band, angle(edge, 360))).toBeCloseTo(Math.SQRT1_2, 9);
      expect(gainAt(band, 0)).toBeCloseTo(0, 10);
    }
  });

  test("refuse edges that no filter has", () => {
    for (const [low, high] of [
      [0, 10],
      [10, 5],
      [10, 200],
    ]) {
      expect(() => butterworth(2, { kind: "bandpass", low, high }, 360)).toThrow(RangeError);
    }
    expect(() => notch(200, 30, 360)).toThrow(RangeError);
  });

  test("in pieces give what they give at once", () => {
    const sections = butterworth(3, { kind: "bandpass", low: 5, high: 15 }, 360);
    const state = new Float64Array(2 * sections.length);
    const pieces = [x.subarray(0, 71), x.subarray(71, 72), x.subarray(72)].flatMap((piece) => [
      ...filterSections(sections, piece, state),
    ]);
    expect(pieces).toEqual([...filterSections(sections, x)]);
  });

  test("at rest on a constant they stay there", () => {
    const sections = butterworth(4, { kind: "lowpass", cutoff: 40 }, 500);
    const resting = initialState(sections).map((value) => value * 3);
    for (const value of filterSections(sections, new Float64Array(50).fill(3), resting)) {
      expect(value).toBeCloseTo(3, 9);
    }
  });
});

describe("zero phase", () => {
  const sections = butterworth(2, { kind: "lowpass", cutoff: 20 }, 250);

  test("shifts nothing: a pulse keeps its place, and a sine is weakened by the square of the gain", () => {
    const pulse = Float64Array.from({ length: 401 }, (_, n) => Math.exp(-0.5 * ((n - 200) / 6) ** 2));
    const filtered = filterZeroPhase(sections, pulse);
    expect(filtered.indexOf(Math.max(...filtered))).toBe(200);
    for (let n = 1; n < 150; n++) expect(filtered[200 - n]).toBeCloseTo(filtered[200 + n], 9);
    const angle = 0.3;
    const sine = Float64Array.from({ length: 2000 }, (_, n) => Math.sin(angle * n));
    const gain = gainAt(sections, angle) ** 2;
    const quiet = filterZeroPhase(sections, sine);
    for (let n = 900; n < 1100; n++) expect(quiet[n]).toBeCloseTo(gain * sine[n], 9);
  });

  test("refuses what is shorter than its padding", () => {
    const padding = paddingOf(sections);
    expect(() => filterZeroPhase(sections, new Float64Array(padding))).toThrow(RangeError);
    expect(filterZeroPhase(sections, new Float64Array(padding + 1).fill(2))[3]).toBeCloseTo(2, 9);
  });
});
