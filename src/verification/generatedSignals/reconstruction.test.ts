import { expect, test } from "vitest";
import { rowsOf } from "../generatedBeats/sources.ts";
import { reconstructionError } from "./reconstruction.ts";

test("a shift by 0.2 mV is an error of 0.2 mV, and loses its square over the variance", () => {
  // A square wave of ±1 mV has a variance of 1 mV².
  const square = rowsOf(Float32Array.from({ length: 4 * 216 }, (_, at) => (at % 2 === 0 ? 1 : -1)));
  const { lower, median, upper, lost } = reconstructionError(
    square,
    square.values.map((value) => value + 0.2),
  );
  for (const value of [lower, median, upper]) expect(value).toBeCloseTo(0.2, 6);
  expect(lost).toBeCloseTo(0.04, 6);
});
