import { describe, expect, test } from "vitest";
import { beatFilters } from "../domain/beatFilters.ts";
import { filteredForBeats } from "./beatFilters.ts";

const samplingFrequency = 360;
const sine = (frequency: number, seconds = 120) =>
  Float32Array.from({ length: seconds * samplingFrequency }, (_, n) =>
    Math.sin((2 * Math.PI * frequency * n) / samplingFrequency),
  );

/** |H|² of a digital Butterworth band-pass of order 2: what is left of an amplitude that meets it twice. */
function gain(frequency: number): number {
  const warped = (hertz: number) => Math.tan((Math.PI * hertz) / samplingFrequency);
  const [low, high, here] = [warped(0.5), warped(40), warped(frequency)];
  const ratio = (here ** 2 - low * high) / (here * (high - low));
  return 1 / (1 + ratio ** 4);
}

describe("the zero-phase filter before beats", () => {
  test.each([0.05, 0.5, 1, 5, 17, 40, 50, 60])("leaves of a sine of %d Hz what two passes leave", (hertz) => {
    const signal = sine(hertz);
    const filtered = filteredForBeats(signal, samplingFrequency, "zeroPhase");
    // The middle third: the ends have seen less than a whole slow wave.
    for (let n = 40 * samplingFrequency; n < 80 * samplingFrequency; n += 7) {
      expect(Math.abs(filtered[n] - gain(hertz) * signal[n])).toBeLessThan(1e-4);
    }
  });

  test("takes out baseline wander, most of the mains and nothing of what a QRS complex is made of", () => {
    const left = (hertz: number) => {
      const middle = filteredForBeats(sine(hertz), samplingFrequency, "zeroPhase").subarray(14_400, 28_800);
      return Math.max(...middle.map(Math.abs));
    };
    expect(left(0.05)).toBeLessThan(0.001);
    expect(left(60)).toBeLessThan(0.15);
    expect(left(50)).toBeLessThan(0.3);
    expect(left(10)).toBeGreaterThan(0.99);
  });

  test("leaves a symmetric pulse symmetric about its place", () => {
    const pulse = Float32Array.from({ length: 7201 }, (_, n) => Math.exp(-0.5 * ((n - 3600) / 4) ** 2));
    const filtered = filteredForBeats(pulse, samplingFrequency, "zeroPhase");
    expect(filtered).toHaveLength(7201);
    expect(filtered.indexOf(Math.max(...filtered))).toBe(3600);
    for (let n = 1; n < 1500; n++) expect(filtered[3600 - n]).toBeCloseTo(filtered[3600 + n], 5);
  });

  test("lets a level go, and a lead too short for a beat stand", () => {
    const level = filteredForBeats(new Float32Array(7200).fill(5), samplingFrequency, "zeroPhase");
    expect(Math.max(...level.map(Math.abs))).toBeLessThan(1e-4);
    const short = Float32Array.of(1, 2, 3);
    expect([...filteredForBeats(short, samplingFrequency, "zeroPhase")]).toEqual([1, 2, 3]);
  });
});

test.each(beatFilters)(
  "%s: a gap stays a gap of the same length, and its surroundings stay numbers",
  (filter) => {
    const gaps = sine(8, 10);
    gaps.fill(Number.NaN, 0, 20);
    gaps.fill(Number.NaN, 1000, 1050);
    const filtered = filteredForBeats(gaps, samplingFrequency, filter);
    gaps.forEach((value, at) => {
      expect(Number.isNaN(filtered[at])).toBe(Number.isNaN(value));
    });
    expect(filteredForBeats(new Float32Array(100).fill(Number.NaN), samplingFrequency, filter)).toEqual(
      new Float32Array(100).fill(Number.NaN),
    );
  },
);

test("no filter gives the lead itself", () => {
  const signal = sine(8, 1);
  expect(filteredForBeats(signal, samplingFrequency, "none")).toBe(signal);
});
