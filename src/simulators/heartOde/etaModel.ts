import { waveNames } from "../../domain/groundTruth.ts";
import type { Model } from "../../signal/leastSquares.ts";
import type { EtaParameters } from "../mcsharry/parameters.ts";
import { angleDifference, type PhaseTable } from "./phaseTable.ts";

const waves = waveNames.length;
const turn = 2 * Math.PI;
const degree = Math.PI / 180;

/**
 * η as it is fitted: heights a b² / 2π of P, Q, R, S, T; their widths; and five places: the angle of R, how far Q stands
 * before it and S after it, and P and T as shares of what is left of the cycle on either side. So every limit is a
 * constant, and the waves keep their order.
 */
export const fitSize = 3 * waves;
const places = 2 * waves;
const [placeR, beforeR, afterR, shareP, shareT] = [0, 1, 2, 3, 4].map((place) => places + place);

/** P stands at least this far before Q, and T after S: 33 and 50 ms. */
const leastBeforeQ = 20 * degree;
const leastAfterS = 30 * degree;

/** What one number may be, and what it usually is, by our own reading of beats; angles in degrees. */
interface Habit {
  readonly least: number;
  readonly most: number;
  readonly usual: number;
  readonly spread: number;
}

const habit = (least: number, most: number, usual: number, spread: number): Habit => ({
  least,
  most,
  usual,
  spread,
});
/** Model units: twice what a scaled beat spans at most. */
const height = habit(-0.12, 0.12, 0, 0.05);
/** Below 0.03 rad a wave falls between two samples. */
const narrow = habit(0.03, 0.5, 0.11, 0.08);

/** In the order of the parameters; the last two stand for the angles of P and T, whose limits are those of the cycle. */
const habits: readonly Habit[] = [
  ...waveNames.map(() => height),
  habit(0.05, 0.8, 0.25, 0.12),
  narrow,
  narrow,
  narrow,
  habit(0.08, 0.9, 0.4, 0.2),
  ...[habit(-25, 35, 3, 15), habit(4, 50, 18, 12), habit(4, 60, 18, 15)].map(inRadians),
  ...[habit(-180, 180, -85, 20), habit(-180, 360, 165, 40)].map(inRadians),
];

function inRadians({ least, most, usual, spread }: Habit): Habit {
  return habit(least * degree, most * degree, usual * degree, spread * degree);
}

/**
 * How strongly the usual values draw: with noise of this standard deviation in the residuals of the equations, this is
 * what their spreads are worth as a prior distribution. They keep waves in place that noise hides; a clear wave outweighs
 * them a thousandfold.
 */
const residualNoise = 0.1;

/** First and last angle at which waves may stand, rad. */
interface Cycle {
  readonly first: number;
  readonly last: number;
}

function cycleOf({ options }: PhaseTable): Cycle {
  const first = options.startAngle;
  // With plain differences a wave beyond 180° would never be reached.
  return { first, last: options.difference === "shortest" ? first + turn : Math.PI };
}

/** Limits of the fitted parameters, `[15]` each. */
export function fitLimits(): { lower: Float64Array; upper: Float64Array } {
  const lower = Float64Array.from(habits, ({ least }) => least);
  const upper = Float64Array.from(habits, ({ most }) => most);
  for (const share of [shareP, shareT]) [lower[share], upper[share]] = [0, 1];
  return { lower, upper };
}

/** Where a fit begins; angles in rad. */
export interface FitStart {
  readonly r: number;
  /** From R to Q and to S. */
  readonly gap: number;
  /** Of Q, R and S, rad. */
  readonly width: number;
}

/** The parameters of a start, without heights; P and T where they usually are. */
export function startingPoint({ r, gap, width }: FitStart, table: PhaseTable): Float64Array {
  const point = Float64Array.from(habits, ({ usual }) => usual);
  point.fill(width, waves + 1, waves + 4);
  point.set([r, gap, gap, 0, 0], places);
  const { first } = cycleOf(table);
  point[shareP] = Math.min(1, Math.max(0, (habits[shareP].usual - first) / (r - gap - leastBeforeQ - first)));
  return withT(point, habits[shareT].usual, table);
}

/** The same with T at an angle, rad. */
export function withT(point: Float64Array, angle: number, table: PhaseTable): Float64Array {
  const moved = point.slice();
  const earliest = point[placeR] + point[afterR] + leastAfterS;
  moved[shareT] = Math.min(1, Math.max(0, (angle - earliest) / (cycleOf(table).last - earliest)));
  return moved;
}

/** Angles of P, Q, R, S, T, and their derivatives by the five places, `[wave, place]`. */
function anglesAt(
  point: Float64Array,
  { first, last }: Cycle,
): { angles: Float64Array; derivatives: number[][] } {
  const q = point[placeR] - point[beforeR];
  const s = point[placeR] + point[afterR];
  const roomP = q - leastBeforeQ - first;
  const roomT = last - s - leastAfterS;
  const p = point[shareP];
  const rest = 1 - point[shareT];
  return {
    angles: Float64Array.of(first + p * roomP, q, point[placeR], s, last - rest * roomT),
    derivatives: [
      [p, -p, 0, roomP, 0],
      [1, -1, 0, 0, 0],
      [1, 0, 0, 0, 0],
      [1, 0, 1, 0, 0],
      [rest, 0, rest, 0, roomT],
    ],
  };
}

/** The waves of fitted parameters. */
export function etaOf(point: Float64Array, table: PhaseTable): EtaParameters {
  const b = point.slice(waves, 2 * waves);
  const a = b.map((width, wave) => (turn * point[wave]) / (width * width));
  return { a, b, theta: anglesAt(point, cycleOf(table)).angles };
}

/**
 * Residuals with exact derivatives: pull of the waves less the force that the beat needs at every step, then how far the
 * fifteen numbers are from the usual ones.
 * @param target `[step]`
 * @returns a model of `target.length + 15` residuals
 */
export function etaModel(target: Float64Array, table: PhaseTable): Model {
  const cycle = cycleOf(table);
  const difference = angleDifference(table.options);
  const byAngle = new Float64Array(waves);
  return (point, residuals, jacobian) => {
    jacobian.fill(0);
    const { angles, derivatives } = anglesAt(point, cycle);
    for (let row = 0, base = 0; row < target.length; row++, base += fitSize) {
      let sum = -target[row];
      byAngle.fill(0);
      for (let wave = 0; wave < waves; wave++) {
        const width = point[waves + wave];
        const distance = difference(table.theta[row] - angles[wave]);
        const z = distance / width;
        if (z > 7 || z < -7) continue;
        // a exp(− Δθ² / 2 b²) of a wave of height 1.
        const bell = (turn / (width * width)) * Math.exp(-0.5 * z * z);
        const pull = -distance * bell;
        sum += point[wave] * pull;
        jacobian[base + wave] = pull;
        jacobian[base + waves + wave] = (point[wave] * pull * (z * z - 2)) / width;
        byAngle[wave] = point[wave] * bell * (1 - z * z);
      }
      addByPlace(jacobian, base, byAngle, derivatives);
      residuals[row] = sum;
    }
    for (let entry = 0; entry < fitSize; entry++) {
      const base = (target.length + entry) * fitSize;
      const { usual, spread } = habits[entry];
      const weight = residualNoise / spread;
      const wave = entry === shareP ? 0 : entry === shareT ? waves - 1 : -1;
      residuals[target.length + entry] = weight * ((wave < 0 ? point[entry] : angles[wave]) - usual);
      byAngle.fill(0);
      if (wave < 0) jacobian[base + entry] = weight;
      else byAngle[wave] = weight;
      addByPlace(jacobian, base, byAngle, derivatives);
    }
  };
}

/** Adds to a row of the Jacobian what derivatives by the angles are by the places. */
function addByPlace(
  jacobian: Float64Array,
  base: number,
  byAngle: Float64Array,
  derivatives: readonly (readonly number[])[],
): void {
  for (let wave = 0; wave < waves; wave++) {
    if (byAngle[wave] === 0) continue;
    for (let place = 0; place < waves; place++)
      jacobian[base + places + place] += byAngle[wave] * derivatives[wave][place];
  }
}

/** Limits that hold P and T of a point where they are and as wide as they are. */
export function holdingPAndT(
  point: Float64Array,
  { lower, upper }: { lower: Float64Array; upper: Float64Array },
): { lower: Float64Array; upper: Float64Array } {
  const held = { lower: lower.slice(), upper: upper.slice() };
  for (const entry of [waves, 2 * waves - 1, shareP, shareT])
    held.lower[entry] = held.upper[entry] = point[entry];
  return held;
}
