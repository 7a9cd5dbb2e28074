import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { flutterSegments, grossScore, matchBeats, timingOf } from "../../evaluation/metrics/beatMatching.ts";
import { aamiClassOf } from "../../records/aami.ts";
import { readRecord } from "../../records/wfdb/record.ts";
import { simulators } from "../../simulators/index.ts";
import { describeWithData } from "../../testing/testData.ts";
import { filesNear } from "../../testing/wfdbFolder.ts";
import { createRandom } from "../random.ts";
import { defaultDetector, rPeakDetectors } from "./index.ts";

interface Simulated {
  readonly samples: Float32Array;
  readonly rPeaks: number[];
}

function simulate(
  simulator: string,
  rhythm: string,
  samplingFrequency: number,
  { whiteSd = 0.02, duration = 60, seed = 1 } = {},
): Simulated {
  const { samples, truth } = simulators[simulator].simulate({
    preset: simulators[simulator].presets[0].value,
    rhythm,
    overrides: simulator === "gaussian" ? { noise: "none" } : {},
    seed,
    variation: "drawn",
    duration,
    samplingFrequency,
  });
  createRandom(seed, 77).addNormal(samples, whiteSd);
  return { samples, rPeaks: truth.beats.map(({ rPeak }) => rPeak) };
}

test("the default is one of them", () => {
  expect(rPeakDetectors[defaultDetector]).toBeDefined();
});

describe.each(Object.entries(rPeakDetectors))("%s", (_, { detect }) => {
  describe("on simulated beats", () => {
    const kinds = [
      ["gaussian", "normal"],
      ["gaussian", "af"],
      ["gaussian", "pvc"],
      ["mcsharry", "normal"],
      ["mcsharry", "af"],
    ] as const;

    test.each(
      kinds.flatMap(([simulator, rhythm]) =>
        [100, 250, 360, 500, 1000].map((frequency) => [simulator, rhythm, frequency] as const),
      ),
    )("%s, %s, %d Hz: finds all but at most one, where they are", (simulator, rhythm, frequency) => {
      const { samples, rPeaks } = simulate(simulator, rhythm, frequency);
      // The first and the last beat may lie at the very edge, where half a complex is missing.
      const inside = rPeaks.filter((at) => at > 0.2 * frequency && at < samples.length - 0.2 * frequency);
      const edges = [
        { from: -Infinity, to: 0.2 * frequency },
        { from: samples.length - 0.2 * frequency, to: Infinity },
      ];
      const score = matchBeats(inside, detect(samples, frequency), frequency, { excluded: edges });
      expect(score.truePositives + score.falseNegatives).toBeGreaterThan(40);
      expect(score.falseNegatives + score.falsePositives).toBeLessThanOrEqual(1);
      const timing = timingOf(score);
      expect(Math.abs(timing?.mean ?? Infinity)).toBeLessThan(2);
      expect(timing?.standardDeviation).toBeLessThan(10);
    });

    test.each([12, 6])("white noise at %d dB: nearly all", (decibels) => {
      const clean = simulate("gaussian", "normal", 360, { whiteSd: 0, duration: 120 });
      const mean = clean.samples.reduce((sum, value) => sum + value, 0) / clean.samples.length;
      const power = clean.samples.reduce((sum, value) => sum + (value - mean) ** 2, 0) / clean.samples.length;
      const samples = clean.samples.slice();
      createRandom(3).addNormal(samples, Math.sqrt(power / 10 ** (decibels / 10)));
      const score = matchBeats(clean.rPeaks, detect(samples, 360), 360);
      expect(score.sensitivity).toBeGreaterThan(0.99);
      expect(score.positivePredictivity).toBeGreaterThan(0.97);
    });
  });

  describe("symmetries", () => {
    const { samples } = simulate("gaussian", "normal", 360, { duration: 120 });
    const found = detect(samples, 360);

    test("amplitude and offset do not matter", () => {
      for (const [scale, offset] of [
        [1000, 0],
        [1 / 1024, 0],
        [1, 4],
      ]) {
        expect(
          detect(
            samples.map((value) => scale * value + offset),
            360,
          ),
        ).toEqual(found);
      }
    });

    test("polarity does not matter", () => {
      expect(
        detect(
          samples.map((value) => -value),
          360,
        ),
      ).toEqual(found);
    });

    test.each([1, 777, 5000])("what begins %d samples later has the same peaks earlier", (shift) => {
      const learnt = 15 * 360;
      const expected = found.filter((peak) => peak - shift > learnt).map((peak) => peak - shift);
      const later = detect(samples.subarray(shift), 360).filter((peak) => peak > learnt);
      expect([...later]).toEqual([...expected]);
    });
  });

  describe("what is hard on thresholds", () => {
    const { samples, rPeaks } = simulate("gaussian", "normal", 250, { duration: 180 });
    const missedAfter = (changed: Float32Array, seconds: number) =>
      matchBeats(rPeaks, detect(changed, 250), 250, { from: seconds }).falseNegatives;

    test("an artefact of a hundred times the height does not deafen it for ever", () => {
      const changed = samples.map((value, at) => (at > 9000 && at < 9500 ? 100 * Math.sin(at / 3) : value));
      expect(missedAfter(changed, 60)).toBe(0);
    });

    test("a lead that is off for a minute at the start, or in the middle", () => {
      const quiet = createRandom(5);
      for (const [from, to] of [
        [0, 60],
        [60, 120],
      ]) {
        for (const noise of [0, 0.001]) {
          const changed = samples.map((value, at) =>
            at >= 250 * from && at < 250 * to ? noise * quiet.normal() : value,
          );
          const inside = [...detect(changed, 250)].filter(
            (at) => at > 250 * (from + 1) && at < 250 * (to - 1),
          );
          expect(inside.length).toBeLessThanOrEqual(2);
          expect(missedAfter(changed, to + 1)).toBeLessThanOrEqual(1);
        }
      }
    });

    test("half the height from one beat to the next, and back", () => {
      const changed = samples.map((value, at) => (at > 250 * 60 && at < 250 * 120 ? 0.4 * value : value));
      expect(missedAfter(changed, 0)).toBeLessThanOrEqual(4);
    });
  });

  describe("edge cases", () => {
    const { samples } = simulate("gaussian", "normal", 250, { duration: 60 });

    test.each<[string, Float32Array]>([
      ["nothing", new Float32Array()],
      ["one sample", Float32Array.of(1)],
      ["half a second", samples.slice(0, 125)],
      ["a flat lead", new Float32Array(5000).fill(0.3)],
      ["only gaps", new Float32Array(5000).fill(Number.NaN)],
    ])("%s has no peaks", (_title, lead) => {
      expect(detect(lead, 250)).toHaveLength(0);
    });

    test("a sampling frequency that is too low, or none", () => {
      for (const frequency of [40, 0, Number.NaN]) expect(detect(samples, frequency)).toHaveLength(0);
    });

    test("a gap hides its beats and no other", () => {
      const changed = samples.map((value, at) => (at >= 5000 && at < 6000 ? Number.NaN : value));
      const isOutside = (peak: number) => peak < 4950 || peak >= 6050;
      const found = [...detect(changed, 250)];
      expect(found.filter((peak) => peak >= 5000 && peak < 6000)).toEqual([]);
      expect(found.filter(isOutside)).toEqual([...detect(samples, 250)].filter(isOutside));
    });

    test("anything at all: ascending positions inside, at finite samples", () => {
      const value = fc.oneof(
        { weight: 8, arbitrary: fc.float({ min: -5, max: 5, noNaN: true }) },
        { weight: 1, arbitrary: fc.float() },
      );
      const lead = fc.oneof(
        fc.array(value, { maxLength: 700 }),
        fc
          .tuple(fc.array(value, { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 80 }))
          .map(([piece, times]) => Array.from({ length: times }, () => piece).flat()),
      );
      fc.assert(
        fc.property(lead, fc.integer({ min: 100, max: 1000 }), (values, frequency) => {
          const any = Float32Array.from(values);
          const found = detect(any, frequency);
          found.forEach((peak, index) => {
            expect(Number.isFinite(any[peak])).toBe(true);
            if (index > 0) expect(peak).toBeGreaterThan(found[index - 1]);
          });
        }),
        { numRuns: 200 },
      );
    });
  });

  // The whole database: npm run verify -- r-peaks.
  describeWithData("on five records of MIT-BIH, the difficult ones among them", (data) => {
    test("sensitivity and positive predictivity of 99.3 % within 150 ms", () => {
      const scores = ["100", "114", "200", "207", "223"].map((name) => {
        const record = readRecord(name, filesNear(`${data}/mitdb`, name), "", "atr");
        const lead = record.leads.find((one) => one.name === "MLII") ?? record.leads[0];
        const beats = record.annotations.filter(({ symbol }) => aamiClassOf(symbol) !== null);
        return matchBeats(
          beats.map(({ sample }) => sample),
          detect(lead.samples, lead.samplingFrequency),
          lead.samplingFrequency,
          { excluded: flutterSegments(record.annotations) },
        );
      });
      const gross = grossScore(scores);
      // Beats of these records: the counts of their annotations in the README of the data.
      expect(gross.truePositives + gross.falseNegatives).toBe(2273 + 1879 + 2601 + 1860 + 2605);
      expect(gross.sensitivity).toBeGreaterThan(0.993);
      expect(gross.positivePredictivity).toBeGreaterThan(0.993);
    });
  });

  describeWithData("on PTB-XL", (data) => {
    test("a plausible rate, and the same beats at 100 and at 500 Hz", () => {
      for (const name of ["00001", "00002", "00003", "00004"]) {
        const [low, high] = [
          [`records100/00000`, `${name}_lr`, 100],
          [`records500/00000`, `${name}_hr`, 500],
        ].map(([folder, file, frequency]) => {
          const record = readRecord(String(file), filesNear(`${data}/ptbxl/${folder}`, String(file)), "");
          const lead = record.leads.find((one) => one.name === "II") ?? record.leads[0];
          return [...detect(lead.samples, Number(frequency))].map((peak) => peak / Number(frequency));
        });
        const rate = (60 * (high.length - 1)) / (high[high.length - 1] - high[0]);
        expect(rate).toBeGreaterThan(40);
        expect(rate).toBeLessThan(150);
        // The 500 Hz files repeat one value at their end.
        const score = matchBeats(high, low, 1, { excluded: [{ from: 9.8, to: 10 }] });
        expect(score.falseNegatives + score.falsePositives).toBe(0);
      }
    });
  });
});
