import { describe, expect, test } from "vitest";
import { fft, inverseFft } from "./fft.ts";
import { createRandom } from "./random.ts";

/** The definition, term by term. */
function plainTransform(real: Float64Array, imaginary: Float64Array): [Float64Array, Float64Array] {
  const length = real.length;
  const sums: [Float64Array, Float64Array] = [new Float64Array(length), new Float64Array(length)];
  for (let k = 0; k < length; k++) {
    for (let n = 0; n < length; n++) {
      const angle = (-2 * Math.PI * ((k * n) % length)) / length;
      sums[0][k] += real[n] * Math.cos(angle) - imaginary[n] * Math.sin(angle);
      sums[1][k] += real[n] * Math.sin(angle) + imaginary[n] * Math.cos(angle);
    }
  }
  return sums;
}

function noise(length: number, seed: number): [Float64Array, Float64Array] {
  const random = createRandom(seed);
  const draw = () => Float64Array.from({ length }, () => random.normal());
  return [draw(), draw()];
}

const largestDifference = (one: Float64Array, other: Float64Array) =>
  one.reduce((largest, value, index) => Math.max(largest, Math.abs(value - other[index])), 0);

describe.each([1, 2, 4, 8, 64, 512])("a transform of %i numbers", (length) => {
  test("equals the sum that defines it", () => {
    const [real, imaginary] = noise(length, 1);
    const [expectedReal, expectedImaginary] = plainTransform(real, imaginary);
    fft(real, imaginary);
    expect(largestDifference(real, expectedReal)).toBeLessThan(1e-11);
    expect(largestDifference(imaginary, expectedImaginary)).toBeLessThan(1e-11);
  });

  test("comes back by its inverse", () => {
    const [real, imaginary] = noise(length, 2);
    const [before, beforeImaginary] = [real.slice(), imaginary.slice()];
    fft(real, imaginary);
    inverseFft(real, imaginary);
    expect(largestDifference(real, before)).toBeLessThan(1e-13);
    expect(largestDifference(imaginary, beforeImaginary)).toBeLessThan(1e-13);
  });
});

test("an impulse becomes 1 everywhere, a cosine two lines of half its length", () => {
  const impulse = [Float64Array.of(1, 0, 0, 0), new Float64Array(4)] as const;
  fft(...impulse);
  expect([...impulse[0]]).toEqual([1, 1, 1, 1]);
  expect(impulse[1].every((value) => value === 0)).toBe(true);

  const cosine = Float64Array.from({ length: 16 }, (_, n) => Math.cos((2 * Math.PI * 3 * n) / 16));
  fft(cosine, new Float64Array(16));
  cosine.forEach((value, k) => {
    expect(value).toBeCloseTo(k === 3 || k === 13 ? 8 : 0, 12);
  });
});

test("keeps the energy (Parseval)", () => {
  const [real, imaginary] = noise(4096, 3);
  const energy = () => real.reduce((sum, value, n) => sum + value ** 2 + imaginary[n] ** 2, 0);
  const before = energy();
  fft(real, imaginary);
  expect(energy() / 4096 / before).toBeCloseTo(1, 12);
});

test.each([
  [0, 0],
  [3, 3],
  [8, 4],
])("refuses %i and %i numbers", (one, other) => {
  expect(() => {
    fft(new Float64Array(one), new Float64Array(other));
  }).toThrow(RangeError);
});
