import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DelineatedBeat } from "../../domain/delineation.ts";
import { createRandom } from "../random.ts";
import { delineate } from "./index.ts";

/** Gaussian waves of one beat: height (mV), standard deviation (s), time after R (s). */
type Wave = readonly [number, number, number];
const waves: Record<string, Wave> = {
  p: [0.12, 0.022, -0.16],
  q: [-0.08, 0.009, -0.032],
  r: [1, 0.011, 0],
  s: [-0.2, 0.011, 0.032],
  t: [0.28, 0.042, 0.25],
};

interface Setting {
  readonly samplingFrequency: number;
  readonly interval: number;
  readonly count: number;
  readonly noise: number;
  readonly changes: Partial<Record<keyof typeof waves, Wave | null>>;
}

function lead(setting: Partial<Setting> = {}) {
  const {
    samplingFrequency: rate,
    interval,
    count,
    noise,
    changes,
  } = {
    samplingFrequency: 500,
    interval: 0.85,
    count: 12,
    noise: 0,
    changes: {},
    ...setting,
  };
  const rPeaks = Array.from({ length: count }, (_, beat) => Math.round((0.6 + beat * interval) * rate));
  const samples = new Float64Array(Math.round((count * interval + 0.6) * rate));
  for (const rPeak of rPeaks) {
    for (const wave of Object.values({ ...waves, ...changes })) {
      if (wave === null || wave === undefined) continue;
      const [height, width, time] = wave;
      for (let n = 0; n < samples.length; n++) {
        samples[n] += height * Math.exp(-0.5 * (((n - rPeak) / rate - time) / width) ** 2);
      }
    }
  }
  createRandom(7).addNormal(samples, noise);
  return { samples: Float32Array.from(samples), rate, rPeaks };
}

/** ms from R, of the beats in the middle. */
function timesOf(setting: Partial<Setting>, of: (beat: DelineatedBeat) => number | undefined) {
  const { samples, rate, rPeaks } = lead(setting);
  return delineate(samples, rate, rPeaks)
    .slice(1, -1)
    .map((beat) => ((of(beat) ?? Number.NaN) - beat.rPeak) * (1000 / rate));
}

function expectNear(times: readonly number[], expected: number, tolerance: number) {
  expect(times.length).toBeGreaterThan(3);
  for (const time of times) expect(Math.abs(time - expected)).toBeLessThan(tolerance);
}

const everyNumber = (beat: DelineatedBeat) =>
  [beat.p, beat.qrs, beat.t]
    .flatMap((wave) => (wave === null ? [] : [wave.onset, wave.peak, wave.offset]))
    .concat([beat.q, beat.r, beat.s].filter((place) => place !== null));

describe("the waves of Gaussian beats", () => {
  test.each([100, 128, 200, 250, 360, 500, 1000])("stand where they were drawn, at %i Hz", (rate) => {
    const setting = { samplingFrequency: rate };
    const sample = 1000 / rate;
    expectNear(
      timesOf(setting, (beat) => beat.p?.peak),
      -160,
      4 + sample,
    );
    expectNear(
      timesOf(setting, (beat) => beat.t?.peak),
      250,
      4 + sample,
    );
    expectNear(
      timesOf(setting, (beat) => beat.qrs?.peak),
      0,
      sample,
    );
    // Centre ± 2.2 standard deviations.
    expectNear(
      timesOf(setting, (beat) => beat.p?.onset),
      -208,
      12 + sample,
    );
    expectNear(
      timesOf(setting, (beat) => beat.p?.offset),
      -112,
      12 + sample,
    );
    expectNear(
      timesOf(setting, (beat) => beat.qrs?.onset),
      -52,
      16 + sample,
    );
    expectNear(
      timesOf(setting, (beat) => beat.qrs?.offset),
      56,
      16 + sample,
    );
    expectNear(
      timesOf(setting, (beat) => beat.t?.onset),
      158,
      16 + sample,
    );
    expectNear(
      timesOf(setting, (beat) => beat.t?.offset),
      342,
      16 + sample,
    );
  });

  test("are found upside down, small, late, at high rates and in noise", () => {
    expectNear(
      timesOf({ changes: { t: [-0.2, 0.042, 0.25] } }, (beat) => beat.t?.peak),
      250,
      6,
    );
    expectNear(
      timesOf({ changes: { p: [-0.1, 0.02, -0.16] } }, (beat) => beat.p?.peak),
      -160,
      6,
    );
    expectNear(
      timesOf({ changes: { t: [0.05, 0.042, 0.25] } }, (beat) => beat.t?.peak),
      250,
      6,
    );
    expectNear(
      timesOf({ interval: 1.2, changes: { t: [0.28, 0.05, 0.4] } }, (beat) => beat.t?.peak),
      400,
      6,
    );
    expectNear(
      timesOf({ interval: 0.5, changes: { t: [0.28, 0.035, 0.19] } }, (beat) => beat.p?.peak),
      -160,
      6,
    );
    expectNear(
      timesOf({ noise: 0.02 }, (beat) => beat.p?.peak),
      -160,
      20,
    );
    expectNear(
      timesOf({ noise: 0.02 }, (beat) => beat.t?.peak),
      250,
      20,
    );
  });

  test("of a biphasic T are those of its larger phase", () => {
    // Two phases 70 ms apart: the second, upright one is twice as high.
    const changes = { t: [0.3, 0.03, 0.29] as Wave, extra: [-0.15, 0.025, 0.21] as Wave };
    expectNear(
      timesOf({ changes }, (beat) => beat.t?.peak),
      290,
      8,
    );
  });

  test("are absent where they were not drawn", () => {
    const { samples, rate, rPeaks } = lead({ changes: { p: null, t: null } });
    for (const beat of delineate(samples, rate, rPeaks).slice(1, -1)) {
      expect(beat.qrs).not.toBeNull();
      expect([beat.p, beat.t]).toEqual([null, null]);
    }
  });

  test("names Q, R and S, and a complex without R", () => {
    expectNear(
      timesOf({}, (beat) => beat.q ?? undefined),
      -34,
      5,
    );
    expectNear(
      timesOf({}, (beat) => beat.s ?? undefined),
      33,
      5,
    );
    const { samples, rate, rPeaks } = lead({ changes: { q: null, s: null, r: [-1, 0.012, 0] } });
    for (const beat of delineate(samples, rate, rPeaks)) {
      expect(beat).toMatchObject({ q: beat.rPeak, r: null, s: null });
    }
  });
});

describe("symmetries", () => {
  const { samples, rate, rPeaks } = lead({ noise: 0.01 });
  const beats = delineate(samples, rate, rPeaks);

  test("a later start moves everything by as much", () => {
    const shift = 137;
    const later = new Float32Array(samples.length + shift).fill(samples[0]);
    later.set(samples, shift);
    const moved = delineate(
      later,
      rate,
      rPeaks.map((rPeak) => rPeak + shift),
    );
    const inner = (all: readonly DelineatedBeat[]) => all.slice(2, -2).flatMap(everyNumber);
    for (const [index, place] of inner(moved).entries())
      expect(place - shift).toBeCloseTo(inner(beats)[index], 6);
  });

  test("gain and offset change nothing", () => {
    const scaled = samples.map((value) => 4 * value + 0.5);
    const found = delineate(scaled, rate, rPeaks).flatMap(everyNumber);
    const expected = beats.flatMap(everyNumber);
    expect(found).toHaveLength(expected.length);
    // Adding the offset rounds the samples to 32 bits anew.
    for (const [index, place] of found.entries()) expect(place).toBeCloseTo(expected[index], 2);
  });

  test("the other polarity has the same boundaries", () => {
    const inverted = delineate(
      samples.map((value) => -value),
      rate,
      rPeaks,
    );
    for (const [index, { p, t, qrs }] of inverted.entries()) {
      expect({ p, t, qrs }).toEqual({ p: beats[index].p, t: beats[index].t, qrs: beats[index].qrs });
    }
  });
});

describe("what is no signal", () => {
  test("gives null, for flat lines, gaps and peaks outside", () => {
    const nothing = { p: null, qrs: null, t: null, q: null, r: null, s: null };
    const flat = new Float32Array(2000).fill(0.3);
    expect(delineate(flat, 360, [500, 900])).toEqual([
      { rPeak: 500, ...nothing },
      { rPeak: 900, ...nothing },
    ]);
    expect(delineate(new Float32Array(2000).fill(Number.NaN), 360, [500])).toEqual([
      { rPeak: 500, ...nothing },
    ]);
    expect(delineate(flat, 360, [-4, 5000])).toHaveLength(2);
    expect(delineate(new Float32Array(0), 360, [0])).toEqual([{ rPeak: 0, ...nothing }]);
    expect(delineate(flat, 360, [])).toEqual([]);
  });

  test("a gap takes the wave that it cuts and no other", () => {
    const { samples, rate, rPeaks } = lead();
    samples.fill(Number.NaN, rPeaks[5] + 0.25 * rate, rPeaks[5] + 0.27 * rate);
    const beats = delineate(samples, rate, rPeaks);
    expect(beats[5].t).toBeNull();
    expect(beats[5].p).not.toBeNull();
    expect(beats[5].qrs).not.toBeNull();
    expect(beats[6].p).not.toBeNull();
  });

  test("never throws, and finds ordered finite places inside the lead", () => {
    const sample = fc.oneof(
      { weight: 8, arbitrary: fc.float({ min: -3, max: 3, noNaN: true }) },
      { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Infinity, -Infinity, 0, 1e30, 1e-30) },
    );
    fc.assert(
      fc.property(
        fc.array(sample, { maxLength: 400 }),
        fc.constantFrom(100, 250, 1000),
        fc.array(fc.oneof(fc.integer({ min: -20, max: 420 }), fc.double()), { maxLength: 8 }),
        (values, rate, places) => {
          const samples = Float32Array.from(values);
          const beats = delineate(samples, rate, places);
          expect(beats.map((beat) => beat.rPeak)).toEqual(places);
          for (const beat of beats) {
            for (const place of everyNumber(beat)) {
              expect(place).toBeGreaterThanOrEqual(-0.5);
              expect(place).toBeLessThanOrEqual(samples.length);
            }
            for (const wave of [beat.p, beat.qrs, beat.t]) {
              if (wave === null) continue;
              expect(wave.onset).toBeLessThanOrEqual(wave.peak);
              expect(wave.peak).toBeLessThanOrEqual(wave.offset);
            }
          }
        },
      ),
      { numRuns: 300, endOnFailure: true },
    );
  });
});
