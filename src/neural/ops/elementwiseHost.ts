import type { Algebra } from "./elementwise.ts";

/** One loop an operation: each is so plain that the browser compiles it well, where tfjs calls a function an element. */
function mapped(length: number, fill: (result: Float32Array) => void): Float32Array {
  const result = new Float32Array(length);
  fill(result);
  return result;
}

/** Formulas over arrays of one length; every operation rounds to single precision, as tfjs's kernels do. */
export const hostAlgebra: Algebra<Float32Array> = {
  add: (one, other) =>
    mapped(one.length, (result) => {
      for (let at = 0; at < result.length; at++) result[at] = one[at] + other[at];
    }),
  sub: (one, other) =>
    mapped(one.length, (result) => {
      for (let at = 0; at < result.length; at++) result[at] = one[at] - other[at];
    }),
  mul: (one, other) =>
    mapped(one.length, (result) => {
      for (let at = 0; at < result.length; at++) result[at] = one[at] * other[at];
    }),
  div: (one, other) =>
    mapped(one.length, (result) => {
      for (let at = 0; at < result.length; at++) result[at] = one[at] / other[at];
    }),
  scale: (one, by) => {
    const factor = Math.fround(by);
    return mapped(one.length, (result) => {
      for (let at = 0; at < result.length; at++) result[at] = one[at] * factor;
    });
  },
  over: (one, by) => {
    const divisor = Math.fround(by);
    return mapped(one.length, (result) => {
      for (let at = 0; at < result.length; at++) result[at] = one[at] / divisor;
    });
  },
  shift: (one, by) => {
    const summand = Math.fround(by);
    return mapped(one.length, (result) => {
      for (let at = 0; at < result.length; at++) result[at] = one[at] + summand;
    });
  },
  square: (one) =>
    mapped(one.length, (result) => {
      for (let at = 0; at < result.length; at++) result[at] = one[at] * one[at];
    }),
  sqrt: (one) =>
    mapped(one.length, (result) => {
      for (let at = 0; at < result.length; at++) result[at] = Math.sqrt(one[at]);
    }),
};
