import { Failure } from "../../../domain/failure.ts";
import { createRandom } from "../../../signal/random.ts";
import { requireCount } from "../../checks.ts";
import { nearestRows } from "../nearestRows.ts";
import type { SignalRows } from "../signalRows.ts";
import { requireRows } from "../signalRows.ts";
import type { Work } from "../work.ts";
import { principalComponents, projected } from "./principalComponents.ts";
import { mostPoints } from "./tSne.ts";

export interface UmapOptions {
  /** Nearest other rows that each row is tied to; 15. */
  readonly neighbours?: number;
  /** Rounds over the ties; 300. */
  readonly epochs?: number;
  /** Of the order of ties and of what is pushed away; 1. */
  readonly seed?: number;
}

/** How firmly two rows are tied. */
export interface Tie {
  readonly one: number;
  readonly other: number;
  /** Above 0, up to 1. */
  readonly weight: number;
}

/**
 * Likeness in the plane, 1 / (1 + a d^2b): the curve of that form next to one that is 1 up to a distance of 0.1 and falls as
 * e^−(d − 0.1) beyond (the usual least distance and spread).
 */
const curve = { a: 1.57694346, b: 0.89506088 } as const;
/** Rows drawn at random that are pushed away for each that is pulled near. */
const pushedAway = 5;
/** Widest step in one direction. */
const widestStep = 4;
/** Width of the positions to begin with. */
const startWidth = 10;

/**
 * Points in the plane that keep the ties of the rows to their nearest neighbours: uniform manifold approximation and
 * projection (McInnes, Healy & Melville 2018, arXiv 1802.03426), with exact neighbours. It begins with the first two
 * principal components instead of a spectral layout, so that far groups stand where they lie apart. Neither the axes nor the
 * distances of far groups mean anything.
 * @returns `[count, 2]`
 * @throws Failure for too few rows for the neighbours, or too many
 */
export function* umap(
  rows: SignalRows,
  { neighbours = 15, epochs = 300, seed = 1 }: UmapOptions = {},
): Work<Float32Array> {
  requireRows(rows, "rows", 4);
  requireCount(neighbours, "the number of neighbours", 2);
  requireCount(epochs, "the number of rounds", 1);
  const { count } = rows;
  if (count <= neighbours || count > mostPoints) {
    throw new Failure(
      "rows-for-map",
      `A map with ${neighbours} neighbours of each row cannot be drawn of ${count} rows.`,
      "rows",
      `Choose ${neighbours + 1} to ${mostPoints} rows.`,
    );
  }
  const ties = yield* tiesOf(rows, neighbours);
  const positions = yield* startOf(rows);
  const random = createRandom(seed, 65);
  const strongest = ties.reduce((most, { weight }) => Math.max(most, weight), 0);
  // A tie of half the strength has its turn half as often.
  const every = ties.map(({ weight }) => strongest / weight);
  const turn = every.slice();
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const rate = 1 - (epoch - 1) / epochs;
    for (let index = 0; index < ties.length; index++) {
      if (turn[index] > epoch) continue;
      turn[index] += every[index];
      const { one, other } = ties[index];
      pull(positions, one, other, rate);
      for (let push = 0; push < pushedAway; push++) {
        const far = random.integer(count);
        if (far !== one) pushAway(positions, one, far, rate);
      }
    }
    yield;
  }
  return Float32Array.from(positions);
}

/**
 * The ties of every row to its nearest others, exp(−(d − ρ) / σ) with ρ the distance of the nearest and σ so that they sum to
 * lb of the number of neighbours; of the two directions the probability that either holds. Each pair stands in both orders.
 */
export function* tiesOf(rows: SignalRows, neighbours: number): Work<Tie[]> {
  const { count } = rows;
  const near = yield* nearestRows(rows, rows, neighbours + 1);
  const weights = new Map<number, number>();
  for (let row = 0; row < count; row++) {
    const at = row * (neighbours + 1);
    const others = Array.from({ length: neighbours + 1 }, (_, place) => ({
      row: near.positions[at + place],
      distance: near.distances[at + place],
      // The row itself is among its nearest, unless as many equal rows come before it.
    })).filter((each) => each.row !== row);
    const own = others.slice(0, neighbours);
    const strengths = strengthsOf(own.map(({ distance }) => distance));
    own.forEach(({ row: other }, place) => {
      weights.set(row * count + other, strengths[place]);
    });
    if (row % 32 === 0) yield;
  }
  const ties: Tie[] = [];
  for (const [pair, weight] of weights) {
    const [one, other] = [Math.floor(pair / count), pair % count];
    const back = weights.get(other * count + one);
    const both = weight + (back ?? 0) - weight * (back ?? 0);
    if (both <= 0) continue;
    ties.push({ one, other, weight: both });
    if (back === undefined) ties.push({ one: other, other: one, weight: both });
  }
  return ties.sort((first, second) => first.one - second.one || first.other - second.other);
}

/** Of distances in rising order. */
export function strengthsOf(distances: readonly number[]): number[] {
  const nearest = distances.find((distance) => distance > 0) ?? 0;
  const wanted = Math.log2(distances.length);
  const of = (width: number) =>
    distances.map((distance) => (distance <= nearest ? 1 : Math.exp(-(distance - nearest) / width)));
  let [low, high, width] = [0, Number.POSITIVE_INFINITY, Math.max(nearest, 1e-9)];
  for (let trial = 0; trial < 64; trial++) {
    const sum = of(width).reduce((total, strength) => total + strength, 0);
    if (Math.abs(sum - wanted) < 1e-6) break;
    if (sum > wanted) high = width;
    else low = width;
    width = high === Number.POSITIVE_INFINITY ? 2 * width : (low + high) / 2;
    // Where all lie equally near no width makes them weaker.
    if (width === 0) break;
  }
  return of(Math.max(width, Number.MIN_VALUE));
}

/** The first two principal components, scaled to one width. */
function* startOf(rows: SignalRows): Work<Float64Array> {
  const components = yield* principalComponents(rows, 2);
  const along = projected(components, rows);
  const random = createRandom(1, 66);
  const largest = along.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  return Float64Array.from({ length: 2 * rows.count }, (_, at) => {
    const column = at % 2;
    const value = column < along.length ? along.values[(at >> 1) * along.length + column] : 0;
    // Equal rows must not begin in one place: nothing would part them from others.
    return (startWidth * value) / largest + 1e-3 * random.normal();
  });
}

const clipped = (step: number) => Math.min(widestStep, Math.max(-widestStep, step));

/** Moves two tied points towards each other, down the gradient of −log likeness. */
function pull(positions: Float64Array, one: number, other: number, rate: number): void {
  const squared = squaredBetween(positions, one, other);
  if (squared === 0) return;
  const { a, b } = curve;
  const slope = (-2 * a * b * squared ** (b - 1)) / (1 + a * squared ** b);
  for (let axis = 0; axis < 2; axis++) {
    const step = rate * clipped(slope * (positions[2 * one + axis] - positions[2 * other + axis]));
    positions[2 * one + axis] += step;
    positions[2 * other + axis] -= step;
  }
}

/** Moves a point away from another, down the gradient of −log(1 − likeness). */
function pushAway(positions: Float64Array, one: number, other: number, rate: number): void {
  const squared = squaredBetween(positions, one, other);
  const { a, b } = curve;
  // Very near points would be pushed without bound.
  const slope = (2 * b) / ((1e-3 + squared) * (1 + a * squared ** b));
  for (let axis = 0; axis < 2; axis++) {
    positions[2 * one + axis] +=
      rate * clipped(slope * (positions[2 * one + axis] - positions[2 * other + axis]));
  }
}

const squaredBetween = (positions: Float64Array, one: number, other: number) =>
  (positions[2 * one] - positions[2 * other]) ** 2 + (positions[2 * one + 1] - positions[2 * other + 1]) ** 2;
