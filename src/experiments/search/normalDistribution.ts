import type { Random } from "../../signal/random.ts";

const logRootTwoPi = 0.5 * Math.log(2 * Math.PI);

/** Below this the series of the error function needs fewer terms than the continued fraction of its complement. */
const seriesEnd = 2.5;

/**
 * 1 − Φ(z) for z ≥ 0, with a small error relative to itself far out. Abramowitz & Stegun: the series 26.2.11, the
 * continued fraction 26.2.14.
 */
function upperTail(z: number): number {
  const density = Math.exp(-0.5 * z * z - logRootTwoPi);
  if (z < seriesEnd) {
    let term = z;
    let sum = z;
    for (let odd = 3; term > 1e-17 * sum; odd += 2) {
      term *= (z * z) / odd;
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = z;
  for (let depth = 120; depth >= 1; depth--) fraction = z + depth / fraction;
  return density / fraction;
}

/** Probability of the standard normal distribution between two limits, the lower first. */
export function normalMass(low: number, high: number): number {
  if (low >= 0) return Math.max(0, upperTail(low) - upperTail(high));
  if (high <= 0) return Math.max(0, upperTail(-high) - upperTail(-low));
  return 1 - upperTail(-low) - upperTail(high);
}

/** Logarithm of the normal density. */
export function logNormalDensity(x: number, mean: number, deviation: number): number {
  const z = (x - mean) / deviation;
  return -0.5 * z * z - logRootTwoPi - Math.log(deviation);
}

/**
 * A normal deviate between two limits, by drawing until one falls there. Meant for a mean between the limits and a
 * deviation of at most their distance: then at least one draw in three falls there.
 */
export function truncatedNormal(
  random: Random,
  mean: number,
  deviation: number,
  low: number,
  high: number,
): number {
  for (;;) {
    const value = mean + deviation * random.normal();
    if (value >= low && value <= high) return value;
  }
}
