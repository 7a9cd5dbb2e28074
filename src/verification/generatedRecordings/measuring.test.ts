import { expect, test } from "vitest";
import { spectralNoise } from "../../evaluation/closeness/spectralNoise.ts";
import { recordingsOfLabels, simulatedCandidates } from "../../experiments/generation/recordingRows.ts";
import { standInLabels } from "../../simulators/cohort/tenSeconds.ts";
import { type Rows, taken } from "../generatedBeats/sources.ts";
import { isTypical } from "../generatedSignals/measuring.ts";
import { type Judge, judgedLearned, judgedRecordings, recordingForm, unevenness } from "./measuring.ts";

const samplingFrequency = 100;
const length = 1000;

/** Sharp complexes at given samples. */
function pulses(places: readonly number[]): Rows {
  const values = new Float32Array(length);
  for (let at = 0; at < length; at++) {
    for (const place of places) values[at] += Math.exp(-((at - place) ** 2) / (2 * 1.5 ** 2));
  }
  return { values, count: 1, length };
}

test("a rhythm is as uneven as its intervals are, and even where they are alike", () => {
  const even = pulses([60, 150, 240, 330, 420, 510, 600, 690, 780, 870, 960]);
  expect(unevenness(even, samplingFrequency)[0]).toBeLessThan(1);
  // 80 and 100 in turn, five times each: a deviation of 10 · √(10 / 9) about 90.
  const inTurn = pulses([50, 130, 230, 310, 410, 490, 590, 670, 770, 850, 950]);
  expect(unevenness(inTurn, samplingFrequency)[0]).toBeCloseTo((100 * 10 * Math.sqrt(10 / 9)) / 90, 0);
  expect(unevenness(pulses([500]), samplingFrequency)[0]).toBeNaN();
});

const simulated = async (label: (typeof standInLabels)[number], seed: number): Promise<Rows> => {
  const found = await recordingsOfLabels(
    simulatedCandidates(40, seed),
    [label],
    40,
    1,
    async () => undefined,
  );
  return { values: found.signals, count: found.count, length };
};

/** The deviation of the samples and of their differences instead of a network's features. */
const network: Judge["network"] = {
  logits: async ({ count }) => {
    const logits = new Float32Array(count * standInLabels.length);
    for (let row = 0; row < count; row++) logits[row * standInLabels.length + (row % 2)] = 1;
    return logits;
  },
  features: async ({ values, count }) => {
    const features = new Float32Array(2 * count);
    for (let row = 0; row < count; row++) {
      for (let at = 1; at < length; at++) {
        const [before, value] = [values[row * length + at - 1], values[row * length + at]];
        features[2 * row] += value ** 2 / length;
        features[2 * row + 1] += Math.abs(value - before) / Math.hypot(value - before, 0.02) / length;
      }
    }
    return { values: features, count, length: 2 };
  },
  state: async () => [],
  dispose: () => undefined,
};

test("recordings of a rhythm are near each other and have its form; noise and another rhythm do not", async () => {
  const all = await simulated("NORM", 3);
  const [learned, heldOut] = [taken(all, 0, 20), taken(all, 20, 20)];
  const judge: Judge = { network, rhythm: "NORM", samplingFrequency };
  const near = await judgedRecordings(learned, heldOut, judge);
  const far = await judgedRecordings(spectralNoise(learned, 5), heldOut, judge);
  const real = await judgedLearned(learned, heldOut, judge);
  for (const name of ["frechet", "discrepancy"] as const) {
    expect(near.distances[name].share.value).toBeLessThan(0.25);
    expect(far.distances[name].share.value).toBeGreaterThan(0.5);
    expect(near.distances[name].made.value).toBeCloseTo(real.floor[name].value, 6);
  }
  expect(near.coverage.value).toBeGreaterThan(far.coverage.value);
  expect(near.called).toBe(0.5);
  for (const trait of ["rr", "unevenness", "qrs", "rHeight"] as const) {
    expect(isTypical(near.form[trait], real.form[trait])).toBe(true);
  }
  const fibrillating = recordingForm(taken(await simulated("AFIB", 3), 0, 20), samplingFrequency);
  expect(isTypical(fibrillating.unevenness, real.form.unevenness)).toBe(false);
  expect(fibrillating.unevenness.median).toBeGreaterThan(3 * real.form.unevenness.median);
});
