import { expect, test } from "vitest";
import { spectralNoise } from "../../evaluation/closeness/spectralNoise.ts";
import { gaussianBeats } from "../../testing/gaussianBeats.ts";
import type { FeatureReader } from "../generatedBeats/features.ts";
import { type Rows, rowsOf, taken } from "../generatedBeats/sources.ts";
import { coverageSpaces, formOf, isTypical, judgedReal, judgedSignals } from "./measuring.ts";

const beats = rowsOf(gaussianBeats(60, 1));
const [learned, heldOut] = [taken(beats, 0, 30), taken(beats, 30, 30)];

/** Heights at R and behind it instead of a network's features. */
const reader: FeatureReader = {
  features: async ({ values, count, length }: Rows) => ({
    values: Float32Array.from({ length: 2 * count }, (_, at) =>
      at % 2 === 0 ? values[(at >> 1) * length + 72] : values[(at >> 1) * length + 160],
    ),
    count,
    length: 2,
  }),
  probabilities: async () => new Float32Array(0),
  recognised: async () => ({}),
  dispose: () => undefined,
};

test("real beats are near, cover each other and have their own form; noise of their spectrum does not", async () => {
  const near = await judgedSignals(learned, heldOut, reader);
  const far = await judgedSignals(spectralNoise(learned, 5), heldOut, reader);
  const real = await judgedReal(learned, heldOut, reader);
  for (const name of ["frechet", "discrepancy"] as const) {
    expect(near.distances[name].share.value).toBeLessThan(0.1);
    expect(far.distances[name].share.value).toBeGreaterThan(0.5);
    // The same beats on the same side: the floor is what the real beats are judged by.
    expect(near.distances[name].made.value).toBeCloseTo(real.floor[name].value, 6);
  }
  for (const space of coverageSpaces) {
    expect(near.coverage[space].value).toBeGreaterThan(0.7);
    expect(near.coverage[space].value).toBeCloseTo(real.coverage[space].value, 6);
    expect(far.coverage[space].value).toBeLessThan(0.5);
  }
  expect(near.diversity.value).toBeCloseTo(real.diversity.value, 6);
  const alike = { ...learned, values: learned.values.map((_, at) => learned.values[at % 216]) };
  expect((await judgedSignals(alike, heldOut, reader)).diversity.value).toBe(0);
  for (const trait of ["rHeight", "qrs", "tHeight"] as const) {
    expect(isTypical(near.form[trait], real.form[trait])).toBe(true);
  }
});

test("a form has the heights of its waves: upside down R and T point the other way", () => {
  const upright = formOf(learned);
  const inverted = formOf(rowsOf(learned.values.map((value) => -value)));
  expect(upright.tHeight.median).toBeGreaterThan(0);
  expect(inverted.tHeight.median).toBeLessThan(0);
  expect(isTypical(inverted.tHeight, upright.tHeight)).toBe(false);
  expect(upright.rHeight.found).toBe(1);
});
