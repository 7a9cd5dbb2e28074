import { describe, expect, test } from "vitest";
import type { Recording } from "../../domain/recording.ts";
import {
  type Candidate,
  firstTenSeconds,
  piecesOfRhythms,
  recordingsOfLabels,
  simulatedCandidates,
  sureLabels,
} from "./recordingRows.ts";

const sine = (seconds: number, rate: number) =>
  Float32Array.from({ length: seconds * rate }, (_, at) => Math.sin((2 * Math.PI * 1.5 * at) / rate));

describe("ten seconds of one lead", () => {
  test("are brought to 100 Hz in mV, from any frequency", () => {
    for (const rate of [100, 250, 360, 500]) {
      const found = firstTenSeconds(sine(12, rate), rate);
      expect(found).toHaveLength(1000);
      // The filter sees nothing before the beginning.
      for (let at = 50; at < 1000; at += 7) {
        expect(found?.[at]).toBeCloseTo(Math.sin((2 * Math.PI * 1.5 * at) / 100), 2);
      }
    }
  });

  test("are none where there are fewer, or one sample is missing", () => {
    expect(firstTenSeconds(sine(9, 100), 100)).toBeNull();
    const holed = sine(10, 100);
    holed[400] = Number.NaN;
    expect(firstTenSeconds(holed, 100)).toBeNull();
  });

  test("of a long recording lie within one annotated rhythm", () => {
    const lead = { samples: sine(60, 100), samplingFrequency: 100 };
    const change = (sample: number, text: string) => ({
      sample,
      text,
      symbol: "+",
      subtype: 0,
      channel: 0,
      number: 0,
    });
    // Annotations count at twice the lead's frequency: 2.5 s to 27.5 s, then to the end at 60 s.
    const annotations = [change(500, "(N"), change(5500, "(AFIB")];
    const recording = { annotations, samplingFrequency: 200, length: 12_000 } as unknown as Recording;
    const pieces = piecesOfRhythms(recording, lead);
    expect(pieces.map(({ label }) => label)).toEqual(["N", "N", "AFIB", "AFIB", "AFIB"]);
    expect(pieces[1].samples).toEqual(lead.samples.slice(1250, 2250));
    expect(pieces[2].samples).toEqual(lead.samples.slice(2750, 3750));
  });
});

test("a statement counts where it is sure, or where the database states no likelihood", () => {
  const record = { labels: ["NORM", "AFIB", "WPW", "SR"], likelihoods: { NORM: 100, AFIB: 0, WPW: 15 } };
  expect(sureLabels(record)).toEqual(["NORM", "AFIB", "SR"]);
});

describe("recordings of some labels", () => {
  const candidate = (value: number, ...labels: string[]): Candidate => ({
    patient: String(value % 3),
    labels,
    fold: value,
    read: async () => (value === 5 ? null : new Float32Array(1000).fill(value)),
  });
  const all = [
    candidate(1, "NORM"),
    candidate(2, "AFIB"),
    candidate(3, "NORM", "AFIB"),
    candidate(4, "NORM", "WPW"),
    candidate(5, "NORM"),
    candidate(6, "NORM"),
  ];
  const first = ({ signals }: { readonly signals: Float32Array }) =>
    Array.from({ length: signals.length / 1000 }, (_, row) => signals[row * 1000]);

  test("come label after label; one of two labels is of none, one with a gap is left out", async () => {
    const found = await recordingsOfLabels(all, ["AFIB", "NORM"], 10, 1, async () => {});
    expect(first(found)).toEqual([2, 1, 4, 6]);
    expect([...found.labels]).toEqual([0, 1, 1, 1]);
    expect(found.folds).toEqual([2, 1, 4, 6]);
    expect(found.patients).toBe(3);
  });

  test("are drawn where there are more than asked for", async () => {
    const draw = async (seed: number) =>
      first(await recordingsOfLabels([...all, candidate(7, "NORM")], ["NORM"], 2, seed, async () => {}));
    expect((await draw(1)).length).toBeLessThanOrEqual(2);
    expect(await draw(1)).toEqual(await draw(1));
    const draws = await Promise.all([1, 2, 3, 4, 5, 6].map(draw));
    expect(new Set(draws.map(String)).size).toBeGreaterThan(1);
  });

  test("are simulated of each label by patients of their own", async () => {
    const candidates = simulatedCandidates(2, 7);
    expect(new Set(candidates.map(({ patient }) => patient)).size).toBe(10);
    expect(candidates.filter(({ labels }) => labels[0] === "AFIB")).toHaveLength(2);
    const samples = await candidates[0].read();
    expect(samples).toHaveLength(1000);
    expect(Math.max(...(samples ?? []))).toBeGreaterThan(0.2);
  });
});
