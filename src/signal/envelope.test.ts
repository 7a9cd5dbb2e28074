import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { envelope } from "./envelope.ts";

const listed = ({ minimum, maximum }: ReturnType<typeof envelope>) => [[...minimum], [...maximum]];

describe("an envelope", () => {
  test("has the extremes of each bucket", () => {
    const samples = Float32Array.of(1, 5, -2, 0, 3, 3, -7, 4);
    expect(listed(envelope(samples, 0, 8, 4))).toEqual([
      [1, -2, 3, -7],
      [5, 0, 3, 4],
    ]);
    expect(listed(envelope(samples, 2, 6, 2))).toEqual([
      [-2, 3],
      [0, 3],
    ]);
  });

  test("passes over invalid samples, and is empty where there are no others or no signal", () => {
    const samples = Float32Array.of(Number.NaN, 2, Number.NaN, Number.NaN);
    expect(listed(envelope(samples, -2, 6, 4))).toEqual([
      [Number.NaN, 2, Number.NaN, Number.NaN],
      [Number.NaN, 2, Number.NaN, Number.NaN],
    ]);
  });

  test("of more buckets than samples repeats the sample that a bucket lies in", () => {
    expect(listed(envelope(Float32Array.of(1, 2), 0, 2, 4))).toEqual([
      [1, 1, 2, 2],
      [1, 1, 2, 2],
    ]);
  });

  test("loses no extreme, whatever the number of buckets", () => {
    const signal = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(signal, fc.integer({ min: 1, max: 400 }), (values, buckets) => {
        const { minimum, maximum } = envelope(Float32Array.from(values), 0, values.length, buckets);
        expect(Math.min(...minimum)).toBe(Math.min(...values));
        expect(Math.max(...maximum)).toBe(Math.max(...values));
      }),
      { seed: 20 },
    );
  });
});
