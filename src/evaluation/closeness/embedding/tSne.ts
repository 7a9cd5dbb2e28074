import { Failure } from "../../../domain/failure.ts";
import { createRandom } from "../../../signal/random.ts";
import { requireCount, requireNumbers } from "../../checks.ts";
import { euclideanDistances } from "../pairDistances.ts";
import { requireRows, type SignalRows } from "../signalRows.ts";
import type { Work } from "../work.ts";

export interface TSneOptions {
  /** Number of neighbours that a point keeps near, in effect; 30. At most a third of the other points. */
  readonly perplexity?: number;
  /** 750. */
  readonly iterations?: number;
  /** Length of steps; a twelfth of the number of points, 50 or more (Belkina et al., Nat Commun 2019;10:5415). */
  readonly learningRate?: number;
  /** Factor on the likenesses at the beginning, so that clusters find together; 12. */
  readonly exaggeration?: number;
  /** Of the starting positions; 1. */
  readonly seed?: number;
  /** Called after every iteration with the positions `[count, 2]` so far, which the next one overwrites. */
  readonly onIteration?: (iteration: number, positions: Float64Array) => void;
}

export interface TSne {
  /** `[count, 2]`, centred at 0. Neither the axes nor the distances of far clusters mean anything. */
  readonly positions: Float32Array;
  /** Kullback–Leibler divergence of the likenesses in the plane from those of the rows; what was made small. */
  readonly divergence: number;
}

/** Beyond so many points an iteration takes more than 50 ms, and the likenesses more than 70 MB. */
export const mostPoints = 3000;
/** Share of the iterations with exaggeration and little momentum. */
const earlyShare = 1 / 4;
const [earlyMomentum, lateMomentum] = [0.5, 0.8];
const startSpread = 1e-4;
const leastGain = 0.01;

/**
 * Points in the plane that keep the neighbours of the rows: exact t-distributed stochastic neighbour embedding (van der
 * Maaten & Hinton, J Mach Learn Res 2008;9:2579), with momentum, gains and early exaggeration as there. Rows of hundreds of
 * samples are best brought to their first 50 principal components before.
 * @throws Failure for too few or too many rows, or a perplexity that they do not allow
 */
export function* tSne(rows: SignalRows, options: TSneOptions = {}): Work<TSne> {
  const { perplexity = 30, iterations = 750, exaggeration = 12, seed = 1, onIteration } = options;
  const { count } = rows;
  requireRows(rows, "rows", 4);
  requireCount(iterations, "the number of iterations", 1);
  requireNumbers([exaggeration], "the exaggeration", { least: 1 });
  requireAllowed(count, perplexity);
  const learningRate = options.learningRate ?? Math.max(50, count / 12);
  const likeness = yield* likenesses(rows, perplexity);
  const random = createRandom(seed);
  const positions = new Float64Array(2 * count);
  random.addNormal(positions, startSpread);
  const [gradient, step] = [new Float64Array(2 * count), new Float64Array(2 * count)];
  const gains = new Float64Array(2 * count).fill(1);
  const early = Math.round(earlyShare * iterations);
  for (let iteration = 0; iteration < iterations; iteration++) {
    fillGradient(likeness, positions, iteration < early ? exaggeration : 1, gradient);
    const momentum = iteration < early ? earlyMomentum : lateMomentum;
    for (let at = 0; at < positions.length; at++) {
      gains[at] = gradient[at] > 0 === step[at] > 0 ? Math.max(leastGain, 0.8 * gains[at]) : gains[at] + 0.2;
      step[at] = momentum * step[at] - learningRate * gains[at] * gradient[at];
      positions[at] += step[at];
    }
    centre(positions);
    onIteration?.(iteration, positions);
    yield;
  }
  return { positions: Float32Array.from(positions), divergence: divergenceOf(likeness, positions) };
}

function requireAllowed(count: number, perplexity: number): void {
  if (count > mostPoints) {
    throw new Failure(
      "too-many-rows",
      `An exact embedding of ${count} rows takes too long; ${mostPoints} are the most.`,
      "rows",
      "Draw fewer rows at random.",
    );
  }
  if (perplexity >= 1 && perplexity <= (count - 1) / 3) return;
  throw new Failure(
    "perplexity-range",
    `A perplexity of ${perplexity} does not suit ${count} rows.`,
    "perplexity",
    `Choose one from 1 to ${Math.floor((count - 1) / 3)}.`,
  );
}

/**
 * The likeness of every pair of rows, of sum 1: normal densities about each row, as wide as gives the perplexity, made
 * symmetric. @returns `[count, count]`
 */
export function* likenesses(rows: SignalRows, perplexity: number): Work<Float64Array> {
  const { count } = rows;
  const likeness = yield* euclideanDistances(rows);
  for (let row = 0; row < count; row++) {
    fitWidth(likeness.subarray(row * count, (row + 1) * count), row, Math.log(perplexity));
    yield;
  }
  for (let row = 0; row < count; row++) {
    for (let other = 0; other <= row; other++) {
      const mean = (likeness[row * count + other] + likeness[other * count + row]) / (2 * count);
      likeness[row * count + other] = mean;
      likeness[other * count + row] = mean;
    }
  }
  return likeness;
}

/**
 * Turns the distances from a row into probabilities with the given entropy, in place: the precision 1 / 2σ² is found by
 * bisection.
 */
function fitWidth(distances: Float64Array, own: number, entropy: number): void {
  let nearest = Number.POSITIVE_INFINITY;
  for (let at = 0; at < distances.length; at++) if (at !== own) nearest = Math.min(nearest, distances[at]);
  // Counted from the nearest one, so that not all exponentials vanish.
  const squares = distances.map((distance) => distance ** 2 - nearest ** 2);
  const typical =
    squares.reduce((sum, square, at) => (at === own ? sum : sum + square), 0) / (distances.length - 1);
  let [low, high, precision] = [0, Number.POSITIVE_INFINITY, typical > 0 ? 1 / typical : 1];
  for (let trial = 0; trial < 100; trial++) {
    let [sum, moment] = [0, 0];
    for (let at = 0; at < squares.length; at++) {
      const weight = at === own ? 0 : Math.exp(-precision * squares[at]);
      distances[at] = weight;
      sum += weight;
      moment += weight * squares[at];
    }
    for (let at = 0; at < distances.length; at++) distances[at] /= sum;
    const excess = Math.log(sum) + (precision * moment) / sum - entropy;
    if (Math.abs(excess) < 1e-6) return;
    if (excess > 0) low = precision;
    else high = precision;
    precision = high === Number.POSITIVE_INFINITY ? 2 * precision : (low + high) / 2;
  }
}

/** Derivative of the divergence by the positions, attraction and repulsion summed apart in one pass over the pairs. */
function fillGradient(
  likeness: Float64Array,
  positions: Float64Array,
  exaggeration: number,
  gradient: Float64Array,
): void {
  const count = positions.length / 2;
  const repulsion = new Float64Array(positions.length);
  gradient.fill(0);
  let total = 0;
  for (let one = 0; one < count; one++) {
    const [x, y] = [positions[2 * one], positions[2 * one + 1]];
    let [pullX, pullY, pushX, pushY] = [0, 0, 0, 0];
    for (let other = 0; other < one; other++) {
      const gapX = x - positions[2 * other];
      const gapY = y - positions[2 * other + 1];
      const weight = 1 / (1 + gapX * gapX + gapY * gapY);
      total += weight;
      const pull = likeness[one * count + other] * weight;
      const push = weight * weight;
      pullX += pull * gapX;
      pullY += pull * gapY;
      pushX += push * gapX;
      pushY += push * gapY;
      gradient[2 * other] -= pull * gapX;
      gradient[2 * other + 1] -= pull * gapY;
      repulsion[2 * other] -= push * gapX;
      repulsion[2 * other + 1] -= push * gapY;
    }
    gradient[2 * one] += pullX;
    gradient[2 * one + 1] += pullY;
    repulsion[2 * one] += pushX;
    repulsion[2 * one + 1] += pushY;
  }
  const scale = 1 / (2 * total);
  for (let at = 0; at < gradient.length; at++) {
    gradient[at] = 4 * (exaggeration * gradient[at] - scale * repulsion[at]);
  }
}

function divergenceOf(likeness: Float64Array, positions: Float64Array): number {
  const count = positions.length / 2;
  let [sum, total] = [0, 0];
  for (let one = 0; one < count; one++) {
    for (let other = 0; other < one; other++) {
      const square =
        (positions[2 * one] - positions[2 * other]) ** 2 +
        (positions[2 * one + 1] - positions[2 * other + 1]) ** 2;
      total += 2 / (1 + square);
      const wanted = likeness[one * count + other];
      if (wanted > 0) sum += 2 * wanted * Math.log(wanted * (1 + square));
    }
  }
  return sum + Math.log(total);
}

function centre(positions: Float64Array): void {
  const count = positions.length / 2;
  let [x, y] = [0, 0];
  for (let at = 0; at < positions.length; at += 2) {
    x += positions[at] / count;
    y += positions[at + 1] / count;
  }
  for (let at = 0; at < positions.length; at += 2) {
    positions[at] -= x;
    positions[at + 1] -= y;
  }
}
