import { expect, test } from "vitest";
import { levelAt, noiseFigure } from "./noiseFigure.ts";

const levels = [0.9, 0.6, 0.28, 0];
type Trace = { readonly name?: string; readonly x: number[]; readonly y: number[] };
const traces = (position: number) =>
  noiseFigure({ levels, taken: [3, 1.5, 0] }, position, "light").data as readonly Trace[];

test("signal and noise share the variance, and the dots of the sampler stand on the line", () => {
  const [signal, noise, dots, now] = traces(1);
  signal.y.forEach((level, t) => {
    expect(level ** 2 + noise.y[t] ** 2).toBeCloseTo(1, 12);
  });
  expect(levelAt(levels, 1.5)).toBeCloseTo(0.44, 12);
  expect(dots.y).toEqual([0, expect.closeTo(0.44, 12), 0.9]);
  expect([now.x, now.y]).toEqual([[1.5], [expect.closeTo(0.44, 12)]]);
});

test("nothing is marked as now once the sampler has finished", () => {
  expect(traces(2).some(({ name }) => name === "now")).toBe(true);
  expect(traces(3).some(({ name }) => name === "now")).toBe(false);
});
