import { expect, test } from "vitest";
import { type StoredCloseness, withScoreIntervals } from "./storedCloseness.ts";

const stored = (parts: unknown) => ({ id: "a", state: "finished", parts }) as unknown as StoredCloseness;
const kept = { measures: [], privacy: { value: null, reason: "Few rows." } };

test("scores of before have the interval that follows from another, or none; all else stays", () => {
  const score = (mean: number) => ({ mean, low: mean - 0.1, high: mean + 0.1 });
  const twoSample = { value: { accuracy: 0.8, low: 0.75, high: 0.875, score: 0.4 }, reason: null };
  const predictive = {
    value: {
      ...{ realToReal: score(0.8), syntheticToReal: score(0.6), realToSynthetic: score(0.7) },
      ...{ ratio: 0.75, classes: ["N", "V"], seeds: 3 },
    },
    reason: null,
  };
  const { state, parts } = withScoreIntervals(stored({ ...kept, twoSample, predictive }));
  expect(state).toBe("finished");
  expect(parts).toMatchObject(kept);
  expect(parts.twoSample?.value).toEqual({ ...twoSample.value, scoreInterval: { low: 0.25, high: 0.5 } });
  expect(parts.predictive?.value).toEqual({
    realToReal: { mean: 0.8, interval: null, seeds: [] },
    syntheticToReal: { mean: 0.6, interval: null, seeds: [] },
    realToSynthetic: { mean: 0.7, interval: null, seeds: [] },
    ratio: 0.75,
    ratioInterval: null,
    classes: ["N", "V"],
  });
});

test("what had no scores, or says why, stays as it is", () => {
  const twoSample = { value: null, reason: "Few rows." };
  expect(withScoreIntervals(stored({ ...kept, twoSample }))).toEqual(stored({ ...kept, twoSample }));
  expect(withScoreIntervals(stored(kept))).toEqual(stored(kept));
});
