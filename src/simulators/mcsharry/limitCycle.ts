import { type Baseline, pull } from "./dynamics.ts";
import type { EtaParameters } from "./parameters.ts";

/**
 * z over one cycle once nothing is left of how it began: the periodic solution of dz/dt = pull(angle) − z on the limit
 * cycle, by Runge–Kutta 4. It is linear in every a, so those of single waves add up to that of all.
 * @param omega  rad/s
 * @param start  angle of the first point, rad
 * @returns `[points]`, equally spaced from `start`, the end of the cycle left out
 */
export function limitCycle(eta: EtaParameters, omega: number, start: number, points: number): Float64Array {
  const period = (2 * Math.PI) / omega;
  const step = period / points;
  const samples = new Float64Array(points);
  let z = 0;
  let first = pull(start, eta);
  for (let index = 0; index < points; index++) {
    samples[index] = z;
    const middle = pull(start + omega * (index + 0.5) * step, eta);
    const last = pull(start + omega * (index + 1) * step, eta);
    const one = first - z;
    const two = middle - (z + (step / 2) * one);
    const three = middle - (z + (step / 2) * two);
    const four = last - (z + step * three);
    z += (step / 6) * (one + 2 * two + 2 * three + four);
    first = last;
  }
  // From z(0) = 0 the cycle ends at z(T); from z(0) = c it ends at z(T) + c e^(−T), which is c for this one.
  const periodic = z / (1 - Math.exp(-period));
  for (let index = 0; index < points; index++) samples[index] += periodic * Math.exp(-index * step);
  return samples;
}

/** What the baseline alone makes of z at a time (s) once nothing is left of how it began. */
export function baselineResponse({ amplitude, frequency }: Baseline, t: number): number {
  const rate = 2 * Math.PI * frequency;
  return (amplitude * (Math.sin(rate * t) - rate * Math.cos(rate * t))) / (1 + rate * rate);
}
