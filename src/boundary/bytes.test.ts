import { describe, expect, test } from "vitest";
import { fromBytes, toBytes } from "./bytes.ts";

const joined = (parts: readonly Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));
const thereAndBack = (value: unknown) => fromBytes(joined(toBytes(value)));

describe("values as bytes", () => {
  test("come back with arrays of numbers wherever they sit, of odd lengths too", () => {
    const value = {
      labels: Uint8Array.of(1, 0, 1),
      weights: [{ name: "dénse", shape: [2], values: Float32Array.of(0.1, -2) }],
      steps: { "2": Float64Array.of(Math.PI), "1": Int32Array.of(-5), none: new Float32Array(0) },
      best: null,
    };
    expect(thereAndBack(value)).toEqual(value);
  });

  test("keep numbers that JSON lacks", () => {
    const value = { losses: [Number.NaN, Number.POSITIVE_INFINITY, 0.5], least: Number.NEGATIVE_INFINITY };
    expect(thereAndBack(value)).toEqual(value);
  });

  test("take only the seen part of a buffer, and answer where nothing was given", () => {
    expect(thereAndBack(Float32Array.of(1, 2, 3).subarray(1, 2))).toEqual(Float32Array.of(2));
    expect(thereAndBack(undefined)).toBeNull();
  });

  test("are laid out as promised: length of the text, text, arrays", () => {
    const bytes = joined(toBytes([Uint8Array.of(7, 8)]));
    const text = '[{"$array":"Uint8Array","at":0,"length":2}]';
    expect([...bytes.subarray(0, 4)]).toEqual([0, 0, 0, text.length]);
    expect(new TextDecoder().decode(bytes.subarray(4, 4 + text.length))).toBe(text);
    expect([...bytes.subarray(4 + text.length)]).toEqual([7, 8]);
  });
});
