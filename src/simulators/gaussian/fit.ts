import { Failure } from "../../domain/failure.ts";
import { waveNames } from "../../domain/groundTruth.ts";
import { type Model, minimiseSquares, solvePositive } from "../../signal/leastSquares.ts";
import { gaussian } from "./beat.ts";
import { tWaveOffset } from "./events.ts";
import type { Timing } from "./rhythms/rhythm.ts";
import { tableSign } from "./tableA1.ts";

export interface BeatFitInput {
  /** mV, one beat. */
  readonly samples: Float32Array;
  /** Hz */
  readonly samplingFrequency: number;
  /** Index of the R peak. */
  readonly rPeak: number;
  /** Length of the beat, s. */
  readonly rrInterval: number;
  /** `beat`: the units and signs of Table A.1; `seconds`: those of the clinical preset. */
  readonly timing: Timing;
}

export interface BeatFit {
  /** `P.amplitude`, `P.width`, `P.shift` … and `length` (s). */
  readonly values: Readonly<Record<string, number>>;
  /** 1 − residual / variance of the beat, both after the fitted straight baseline has been taken off. */
  readonly rSquared: number;
  /** mV */
  readonly rootMeanSquareError: number;
  readonly fitted: Float32Array;
  readonly residual: Float32Array;
  /** mV at the R peak, and mV/s. */
  readonly baseline: { readonly offset: number; readonly slope: number };
  readonly startsTried: number;
  readonly iterations: number;
}

const waves = 5;
const size = 3 * waves + 2;
/** More samples than this add time and no information about five smooth waves. */
const mostSamples = 320;

/** Bounds in seconds from the R peak and seconds of width, for P, Q, R, S, T. */
const bounds = {
  shift: [
    [-0.36, -0.05],
    [-0.1, -0.004],
    [-0.02, 0.02],
    [0.004, 0.16],
    [0.1, 0.65],
  ],
  width: [
    [0.006, 0.09],
    [0.003, 0.05],
    [0.003, 0.06],
    [0.003, 0.08],
    [0.012, 0.16],
  ],
} as const;

/** Starts: centres and widths (s) of Q, R and S, and how P and T are found. */
const starts = [
  { q: [-0.03, 0.009], r: [0, 0.01], s: [0.03, 0.011], p: 0.02, t: 0.045 },
  { q: [-0.02, 0.006], r: [0, 0.015], s: [0.045, 0.02], p: 0.03, t: 0.07 },
  { q: [-0.05, 0.02], r: [0, 0.025], s: [0.07, 0.04], p: 0.02, t: 0.06 },
  { q: [-0.035, 0.012], r: [0, 0.012], s: [0.08, 0.05], p: 0.025, t: 0.05 },
] as const;

/**
 * The fifteen parameters that best reproduce a beat, with a straight baseline beside them: bounded nonlinear least
 * squares from several starts, each with the amplitudes that are best for it; the best end is kept.
 * @throws Failure `unfit` for a beat that is too short, constant or has invalid samples
 */
export function fitBeat(input: BeatFitInput): BeatFit {
  const { samples, samplingFrequency, rPeak } = input;
  check(input);
  const stride = Math.max(1, Math.ceil(samples.length / mostSamples));
  const times = Float64Array.from(
    { length: Math.ceil(samples.length / stride) },
    (_, index) => (index * stride - rPeak) / samplingFrequency,
  );
  const heights = Float64Array.from(times, (_, index) => samples[index * stride]);
  const limits = limitsFor(times);
  const model = beatModel(times, heights);
  let best: ReturnType<typeof minimiseSquares> | null = null;
  let iterations = 0;
  for (const start of starts) {
    const result = minimiseSquares(model, startingPoint(start, times, heights, limits), times.length, {
      ...limits,
      mostIterations: 60,
      tolerance: 1e-5,
    });
    iterations += result.iterations;
    if (best === null || result.sumOfSquares < best.sumOfSquares) best = result;
  }
  if (best === null) throw new TypeError("no start was tried");
  const polished = minimiseSquares(model, best.parameters, times.length, {
    ...limits,
    mostIterations: 60,
    tolerance: 1e-8,
  });
  return describeFit(input, polished.parameters, iterations + polished.iterations);
}

function check({ samples, rPeak, samplingFrequency, rrInterval }: BeatFitInput): void {
  const refuse = (message: string) => {
    throw new Failure("unfit", message, "the chosen beat", "Choose another beat or lead.");
  };
  if (samples.length < 40 || !(samplingFrequency > 0) || !(rrInterval > 0))
    refuse("The beat is too short to be fitted.");
  if (rPeak < 0 || rPeak >= samples.length) refuse("The R peak lies outside the beat.");
  if (!samples.every(Number.isFinite)) refuse("The beat has samples without a value.");
  if (samples.every((value) => value === samples[0])) refuse("The beat is a flat line.");
}

/** `[amplitude, shift, width] × P Q R S T, offset, slope`, s and mV. */
function limitsFor(times: Float64Array): { lower: Float64Array; upper: Float64Array } {
  const lower = new Float64Array(size).fill(-20);
  const upper = new Float64Array(size).fill(20);
  for (let wave = 0; wave < waves; wave++) {
    lower[3 * wave + 1] = Math.max(bounds.shift[wave][0], times[0]);
    upper[3 * wave + 1] = Math.min(bounds.shift[wave][1], times[times.length - 1]);
    lower[3 * wave + 2] = bounds.width[wave][0];
    upper[3 * wave + 2] = bounds.width[wave][1];
    if (lower[3 * wave + 1] > upper[3 * wave + 1]) lower[3 * wave + 1] = upper[3 * wave + 1];
  }
  return { lower, upper };
}

/** Residuals of the five waves and the baseline, with exact derivatives. */
export function beatModel(times: Float64Array, heights: Float64Array): Model {
  return (parameters, residuals, jacobian) => {
    jacobian.fill(0);
    for (let row = 0, base = 0; row < times.length; row++, base += size) {
      const time = times[row];
      let sum = parameters[15] + parameters[16] * time;
      for (let at = 0; at < 15; at += 3) {
        const width = parameters[at + 2];
        const z = (time - parameters[at + 1]) / width;
        if (z > 7 || z < -7) continue;
        const shape = Math.exp(-0.5 * z * z);
        const wave = parameters[at] * shape;
        sum += wave;
        jacobian[base + at] = shape;
        jacobian[base + at + 1] = (wave * z) / width;
        jacobian[base + at + 2] = (wave * z * z) / width;
      }
      jacobian[base + 15] = 1;
      jacobian[base + 16] = time;
      residuals[row] = sum - heights[row];
    }
  };
}

function startingPoint(
  start: (typeof starts)[number],
  times: Float64Array,
  heights: Float64Array,
  limits: { lower: Float64Array; upper: Float64Array },
): Float64Array {
  const point = new Float64Array(size);
  const place = (wave: number, shift: number, width: number) => {
    point[3 * wave + 1] = Math.min(limits.upper[3 * wave + 1], Math.max(limits.lower[3 * wave + 1], shift));
    point[3 * wave + 2] = width;
  };
  const end = times[times.length - 1];
  place(0, furthest(times, heights, -0.26, -0.08) ?? -0.16, start.p);
  place(1, start.q[0], start.q[1]);
  place(2, start.r[0], start.r[1]);
  place(3, start.s[0], start.s[1]);
  place(4, furthest(times, heights, 0.14, Math.min(0.5, end - 0.05)) ?? 0.27, start.t);
  solveAmplitudes(point, times, heights);
  return point;
}

/** Where, between two times, the beat is furthest from the straight line that joins its values there. */
function furthest(times: Float64Array, heights: Float64Array, from: number, to: number): number | null {
  const first = times.findIndex((time) => time >= from);
  const last = times.findLastIndex((time) => time <= to);
  if (first < 0 || last <= first + 2) return null;
  const slope = (heights[last] - heights[first]) / (times[last] - times[first]);
  let best = first;
  let distance = 0;
  for (let index = first; index <= last; index++) {
    const away = Math.abs(heights[index] - heights[first] - slope * (times[index] - times[first]));
    if (away > distance) [best, distance] = [index, away];
  }
  return times[best];
}

/** The amplitudes and baseline that are best for the given centres and widths: a linear problem. */
function solveAmplitudes(point: Float64Array, times: Float64Array, heights: Float64Array): void {
  const columns = waves + 2;
  const normal = new Float64Array(columns * columns);
  const right = new Float64Array(columns);
  const row = new Float64Array(columns);
  for (let index = 0; index < times.length; index++) {
    for (let wave = 0; wave < waves; wave++)
      row[wave] = gaussian(times[index], 1, point[3 * wave + 2], point[3 * wave + 1]);
    row[waves] = 1;
    row[waves + 1] = times[index];
    for (let one = 0; one < columns; one++) {
      right[one] += row[one] * heights[index];
      for (let other = 0; other < columns; other++) normal[one * columns + other] += row[one] * row[other];
    }
  }
  for (let one = 0; one < columns; one++) normal[one * columns + one] += 1e-6 * times.length;
  const solution = solvePositive(normal, right);
  for (let wave = 0; wave < waves; wave++) point[3 * wave] = solution[wave];
  point[15] = solution[waves];
  point[16] = solution[waves + 1];
}

function describeFit(input: BeatFitInput, parameters: Float64Array, iterations: number): BeatFit {
  const { samples, samplingFrequency, rPeak, rrInterval, timing } = input;
  const [offset, slope] = [parameters[15], parameters[16]];
  const timeOf = (index: number) => (index - rPeak) / samplingFrequency;
  const baselineAt = (index: number) => offset + slope * timeOf(index);
  const fitted = Float32Array.from(samples, (_, index) => {
    let sum = baselineAt(index);
    for (let at = 0; at < 15; at += 3)
      sum += gaussian(timeOf(index), parameters[at], parameters[at + 2], parameters[at + 1]);
    return sum;
  });
  const residual = samples.map((value, index) => value - fitted[index]);
  const flat = Float64Array.from(samples, (value, index) => value - baselineAt(index));
  const mean = flat.reduce((sum, value) => sum + value, 0) / flat.length;
  const total = flat.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const left = residual.reduce((sum, value) => sum + value * value, 0);
  const values: Record<string, number> = { length: rrInterval };
  const beat = timing === "beat";
  waveNames.forEach((wave, index) => {
    const [amplitude, shift, width] = parameters.subarray(3 * index, 3 * index + 3);
    values[`${wave}.amplitude`] = amplitude * (beat ? tableSign[wave] : 1);
    values[`${wave}.width`] = beat ? width / rrInterval : width;
    values[`${wave}.shift`] = beat ? (shift + rPeak / samplingFrequency) / rrInterval : shift;
    // The clinical preset moves T with the cycle; its parameter is where T would stand at an RR of 0.8 s.
    if (!beat && wave === "T") values[`${wave}.shift`] = shift / tWaveOffset(1, rrInterval);
  });
  return {
    values,
    rSquared: total > 0 ? 1 - left / total : 0,
    rootMeanSquareError: Math.sqrt(left / samples.length),
    fitted,
    residual,
    baseline: { offset, slope },
    startsTried: starts.length,
    iterations,
  };
}
