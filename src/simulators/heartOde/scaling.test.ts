import { expect, test } from "vitest";
import { scaleBack, scaleToRange, simulatedRange, unitOf } from "./scaling.ts";

const beats = Float32Array.of(0, 1, 3, -1, /* */ 5, 5, 5, 5, /* */ -0.2, 0.2, 0, 0.1);

test("each beat runs from the lowest to the highest value of the simulated range", () => {
  const { samples, lowest, highest } = scaleToRange(beats, 4);
  expect([...lowest]).toEqual([-1, 5, Math.fround(-0.2)]);
  expect([...highest]).toEqual([3, 5, Math.fround(0.2)]);
  // By hand: −0.01563 + 0.058187 · share, the shares being 1/4, 1/2, 1, 0.
  [-0.00108325, 0.0134635, 0.042557, -0.01563].forEach((value, index) => {
    expect(samples[index]).toBeCloseTo(value, 8);
  });
  expect(samples[8]).toBeCloseTo(simulatedRange.lowest, 8);
  expect(samples[9]).toBeCloseTo(simulatedRange.highest, 8);
});

test("a flat beat lies at the lowest value, and comes back", () => {
  const scaled = scaleToRange(beats, 4);
  expect([...scaled.samples.subarray(4, 8)]).toEqual(new Array(4).fill(Math.fround(simulatedRange.lowest)));
  expect([...scaleBack(scaled).subarray(4, 8)]).toEqual([5, 5, 5, 5]);
});

test.each([simulatedRange, { lowest: -1, highest: 1 }])("the way back is the inverse, for %o", (range) => {
  scaleBack(scaleToRange(beats, 4, range), range).forEach((value, index) => {
    expect(value).toBeCloseTo(beats[index], 5);
  });
});

test("the extremes of another beat give it that beat's height", () => {
  const scaled = scaleToRange(beats, 4);
  const samples = scaled.samples.subarray(0, 4);
  const moved = scaleBack({ samples, lowest: Float32Array.of(10), highest: Float32Array.of(18) });
  [12, 14, 18, 10].forEach((value, index) => {
    expect(moved[index]).toBeCloseTo(value, 4);
  });
});

test("a unit maps the ends of its range to those of the simulated one", () => {
  const { scale, offset } = unitOf({ lowest: -1, highest: 1 });
  expect(-scale + offset).toBeCloseTo(-0.01563, 12);
  expect(scale + offset).toBeCloseTo(0.042557, 12);
  expect(unitOf(simulatedRange)).toEqual({ scale: 1, offset: 0 });
});
