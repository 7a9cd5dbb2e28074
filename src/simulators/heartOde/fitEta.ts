import { waveNames } from "../../domain/groundTruth.ts";
import { type Model, minimiseSquares, solvePositive } from "../../signal/leastSquares.ts";
import type { EtaParameters } from "../mcsharry/parameters.ts";
import { etaModel, etaOf, fitLimits, fitSize, holdingPAndT, startingPoint, withT } from "./etaModel.ts";
import { type EtaDistribution, packEta } from "./etaParameters.ts";
import type { PhaseTable } from "./phaseTable.ts";
import { simulatorLoss } from "./simulatorLoss.ts";

/** The waves that solve the equations best for one beat. */
export interface EtaFit {
  readonly eta: EtaParameters;
  /** Simulator loss of the beat with them. */
  readonly loss: number;
  /** The loss as a share of that without any waves. */
  readonly remaining: number;
}

const waves = waveNames.length;
const degree = Math.PI / 180;

/** Beats of which the waves leave more than this share of the loss are given up. */
const mostRemaining = 0.5;

/** Distance of Q and S from R, and width of the three, rad: a narrow complex and two wide ones. */
const complexes = [
  { gap: 12 * degree, width: 0.09 },
  { gap: 20 * degree, width: 0.15 },
  { gap: 35 * degree, width: 0.25 },
] as const;

/** Where T is tried beside its usual place, rad. */
const otherT = [110 * degree, 205 * degree] as const;

/** Where R is looked for, as shares of the beat: around the sample that beats are cut at. */
const peakWindow = [0.26, 0.46] as const;

/**
 * Fits η to one beat on the residual of the equations. For given angles and widths the strengths are a linear problem;
 * from there Levenberg–Marquardt refines first the QRS complex, from several starts, then all fifteen numbers, with T
 * from several places. Numbers that the beat leaves open come out as they usually are.
 * @param beat `[time]`, model units
 * @returns null for a beat that is flat or has samples without a value
 */
export function fitEta(beat: Float32Array | Float64Array, table: PhaseTable): EtaFit | null {
  const target = drivingForce(beat, table);
  if (!target.every(Number.isFinite) || beat.every((value) => value === beat[0])) return null;
  const model = etaModel(target, table);
  const count = target.length + fitSize;
  const limits = fitLimits();
  const r = table.theta[peakIndex(beat)];
  const { parameters: first } = lowest(
    complexes.map((complex) => {
      const point = startingPoint({ ...complex, r }, table);
      solveHeights(point, target.length, model, limits);
      return minimiseSquares(model, point, count, {
        ...holdingPAndT(point, limits),
        mostIterations: 40,
        tolerance: 1e-3,
      });
    }),
  );
  const { parameters } = lowest(
    [first, ...otherT.map((angle) => withT(first, angle, table))].map((point) =>
      minimiseSquares(model, point, count, { ...limits, tolerance: 1e-5 }),
    ),
  );
  const eta = etaOf(parameters, table);
  const loss = simulatorLoss({ beats: beat, etas: [eta], table });
  const without = target.reduce((sum, value) => sum + value * value, 0) / target.length;
  return { eta, loss, remaining: loss / without };
}

/** Mean and spread of fitted waves over the beats of a class. */
export interface FittedDistribution extends EtaDistribution {
  /** Of the beats that could be fitted, in their order. */
  readonly fits: readonly EtaFit[];
  /** Share of the beats that could not: flat, incomplete, or with more than half of the loss left. */
  readonly unfittedShare: number;
}

/**
 * The distribution of η that the SimGAN paper describes: each beat is fitted; mean and standard deviation (n − 1) of
 * each of the 15 numbers are taken over them.
 * @param beats `[beat, time]`, row after row, model units
 * @returns null where no beat could be fitted
 */
export function fitEtaDistribution(
  beats: Float32Array | Float64Array,
  table: PhaseTable,
): FittedDistribution | null {
  const length = table.theta.length;
  const count = beats.length / length;
  const fits: EtaFit[] = [];
  for (let beat = 0; beat < count; beat++) {
    const fit = fitEta(beats.subarray(beat * length, (beat + 1) * length), table);
    if (fit !== null && fit.remaining <= mostRemaining) fits.push(fit);
  }
  if (fits.length === 0) return null;
  const rows = fits.map(({ eta }) => packEta(eta));
  const mean = rows[0].map((_, entry) => rows.reduce((sum, row) => sum + row[entry], 0) / rows.length);
  const standardDeviation = mean.map((centre, entry) => {
    const squares = rows.reduce((sum, row) => sum + (row[entry] - centre) ** 2, 0);
    return Math.sqrt(squares / Math.max(1, rows.length - 1));
  });
  return { mean, standardDeviation, fits, unfittedShare: (count - fits.length) / count };
}

function lowest<Result extends { readonly sumOfSquares: number }>(results: readonly Result[]): Result {
  return results.reduce((best, one) => (one.sumOfSquares < best.sumOfSquares ? one : best));
}

/** What the waves must provide at every step if the beat is to solve the equations, `[time − 1]`. */
function drivingForce(
  beat: Float32Array | Float64Array,
  { options, theta, baseline }: PhaseTable,
): Float64Array {
  return Float64Array.from(
    { length: theta.length - 1 },
    (_, index) => (beat[index + 1] - beat[index]) / options.step + beat[index] - baseline[index],
  );
}

/** The sample near where beats are cut at that is furthest from the beat's median. */
function peakIndex(beat: Float32Array | Float64Array): number {
  const median = beat.toSorted()[beat.length >> 1];
  let best = Math.round(peakWindow[0] * beat.length);
  for (let index = best; index < peakWindow[1] * beat.length; index++) {
    if (Math.abs(beat[index] - median) > Math.abs(beat[best] - median)) best = index;
  }
  return best;
}

/** Puts the best heights for the angles and widths of a point into it, by the normal equations. */
function solveHeights(
  point: Float64Array,
  steps: number,
  model: Model,
  { lower, upper }: { lower: Float64Array; upper: Float64Array },
): void {
  const count = steps + fitSize;
  const residuals = new Float64Array(count);
  const jacobian = new Float64Array(count * fitSize);
  point.fill(0, 0, waves);
  model(point, residuals, jacobian);
  const normal = new Float64Array(waves * waves);
  const right = new Float64Array(waves);
  for (let row = 0; row < count; row++) {
    const byHeight = jacobian.subarray(row * fitSize, row * fitSize + waves);
    for (let one = 0; one < waves; one++) {
      right[one] -= byHeight[one] * residuals[row];
      for (let other = 0; other < waves; other++)
        normal[one * waves + other] += byHeight[one] * byHeight[other];
    }
  }
  solvePositive(normal, right).forEach((height, wave) => {
    point[wave] = Math.min(upper[wave], Math.max(lower[wave], height));
  });
}
