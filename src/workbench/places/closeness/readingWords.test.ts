import { describe, expect, test } from "vitest";
import { type ClosenessParts, nothingUnseen, shownParts } from "../../../domain/closeness.ts";
import { placeOf, verdictWords } from "../../../evaluation/closeness/reading.ts";
import { readingWords } from "./readingWords.ts";

const entry = {
  key: "coverage",
  ...{ value: 0.1, interval: null, valueOfHalves: null, floor: null, floorInterval: null },
  ...{
    near: 0.8,
    nearInterval: null,
    far: 0,
    probability: null,
    nearProbability: null,
    rows: 9,
    reason: null,
  },
} as const;
const described = { coverage: { better: "higher" } } as unknown as Parameters<typeof readingWords>[1];

const partsOf = (isUnseen: boolean, value: number): ClosenessParts => ({
  sets: {
    ...{ synthetic: 9, training: 9, heldOut: 9, trainingPatients: 20, heldOutPatients: 20, isUnseen },
    ...{ unit: "mV", samplingFrequency: 360, length: 216, notes: [] },
  },
  measures: [{ ...entry, value }],
});

describe("the reading of a comparison", () => {
  test("counts verdicts of patients that nothing was learned from", () => {
    const { isAlarming, words } = readingWords(partsOf(true, 0.8), described);
    expect(words).toMatch(/^Of 1 measures 1 places it as other real patients\. Nothing here tells it/);
    expect(isAlarming).toBe(false);
    const collapsed = readingWords(partsOf(true, 0.1), described);
    expect(collapsed.words).toMatch(/other real patients cover, by samples \(10 % against 80 %\)/);
    expect(collapsed.isAlarming).toBe(true);
  });

  test("has no verdict on patients that were learned from, but tells a collapse", () => {
    expect(readingWords(partsOf(false, 0.8), described).words).toBe("");
    const { words } = readingWords(partsOf(false, 0.1), described);
    expect(words).toMatch(/^It covers less than half of what these patients cover of each other/);
    expect(words).not.toMatch(/other real patients|Nothing here/);
    const place = placeOf({ ...entry, value: 0.8 }, "higher");
    expect(verdictWords(place, true, "–")).toBe("as other real patients");
    expect(verdictWords(place, false, "–")).toBe("learned from these");
  });

  test("shows no scores that were taken on them, as comparisons of before still hold", () => {
    const twoSample = { value: { score: 0.9 }, reason: null };
    const predictive = { value: { ratio: 1 }, reason: null };
    const parts = { ...partsOf(false, 0.8), twoSample, predictive } as unknown as ClosenessParts;
    expect(shownParts(parts).twoSample).toEqual({ value: null, reason: nothingUnseen.twoSample });
    expect(shownParts(parts).predictive).toEqual({ value: null, reason: nothingUnseen.predictive });
    const fair = { ...parts, ...partsOf(true, 0.8) };
    expect(shownParts(fair)).toBe(fair);
  });
});
