import type {
  ClosenessPictures,
  MapPicture,
  Measured,
  PairPicture,
  SetPicture,
} from "../../domain/closeness.ts";
import { Failure } from "../../domain/failure.ts";
import { principalComponents, projected } from "../../evaluation/closeness/embedding/principalComponents.ts";
import { tSne } from "../../evaluation/closeness/embedding/tSne.ts";
import { umap } from "../../evaluation/closeness/embedding/umap.ts";
import { nearestRows } from "../../evaluation/closeness/nearestRows.ts";
import { joined, type SignalRows } from "../../evaluation/closeness/signalRows.ts";
import type { Work } from "../../evaluation/closeness/work.ts";
import { meanBeat } from "../../signal/beatMatrix.ts";
import { welch } from "../../signal/spectrum.ts";
import { type ClosenessSets, someRows } from "./closenessSets.ts";

/** Points of each set on the maps. */
const mostPoints = 250;
const pairsShown = 10;

/** Everything that the page draws of two sets besides the numbers. */
export function* closenessPictures(
  { synthetic, heldOut, privacy, compared }: ClosenessSets,
  seed: number,
): Work<ClosenessPictures> {
  const points = Math.min(mostPoints, synthetic.count, heldOut.rows.count);
  // One fit for both sets, as many rows of each: no set draws the map.
  const both = joined(someRows(synthetic, points), someRows(heldOut.rows, points));
  const components = yield* principalComponents(both, 2);
  const principal = projected(components, both);
  const frequencies = welch(
    synthetic.values.subarray(0, synthetic.length),
    compared.samplingFrequency,
    512,
  ).frequencies;
  return {
    synthetic: setPicture(synthetic, compared.samplingFrequency),
    real: setPicture(heldOut.rows, compared.samplingFrequency),
    frequencies: Float32Array.from(frequencies),
    principal: mapOf(principal.values, components.count, points),
    principalShares: Array.from(components.variances, (variance) => variance / components.totalVariance),
    neighbours: yield* mapped(points, neighbourMap(both, seed)),
    ties: yield* mapped(points, umap(both, { seed })),
    pairs: yield* nearestPairs(synthetic, privacy.training.rows, privacy.heldOut.rows),
  };
}

function setPicture(rows: SignalRows, samplingFrequency: number): SetPicture {
  const { values, count, length } = rows;
  const matrix = { rows: Int32Array.from({ length: count }, (_, row) => row), samples: values, length };
  const mean = meanBeat(matrix, matrix.rows);
  let sum: Float64Array | null = null;
  for (let row = 0; row < count; row++) {
    const { density } = welch(values.subarray(row * length, (row + 1) * length), samplingFrequency, 512);
    sum ??= new Float64Array(density.length);
    for (let bin = 0; bin < density.length; bin++) sum[bin] += density[bin];
  }
  const total = sum?.reduce((whole, power) => whole + power, 0) || 1;
  return {
    mean: mean?.mean ?? new Float32Array(length),
    deviation: mean?.standardDeviation ?? new Float32Array(length),
    spectrum: Float32Array.from(sum ?? [], (power) => power / total),
  };
}

/** The first two columns of `[2 points, width]`, by set; a missing second column is 0. */
function mapOf(values: Float32Array, width: number, points: number): MapPicture {
  const at = (from: number) =>
    Float32Array.from({ length: 2 * points }, (_, index) => {
      const column = index % 2;
      return column < width ? values[(from + (index >> 1)) * width + column] : 0;
    });
  return { synthetic: at(0), real: at(points) };
}

function* neighbourMap(both: SignalRows, seed: number): Work<Float32Array> {
  const perplexity = Math.min(30, Math.floor((both.count - 1) / 3));
  return (yield* tSne(both, { perplexity, iterations: 400, seed })).positions;
}

/** A map of both sets, or why there is none: too few rows have no neighbourhoods. */
function* mapped(points: number, work: Work<Float32Array>): Work<Measured<MapPicture>> {
  try {
    return { value: mapOf(yield* work, 2, points), reason: null };
  } catch (error) {
    if (error instanceof Failure) return { value: null, reason: error.describe() };
    throw error;
  }
}

/** The pairs that are nearest to a training row in comparison with held-out ones. */
function* nearestPairs(
  synthetic: SignalRows,
  training: SignalRows,
  heldOut: SignalRows,
): Work<PairPicture[]> {
  const toTraining = yield* nearestRows(synthetic, training, 1);
  const toHeldOut = yield* nearestRows(synthetic, heldOut, 1);
  const { length } = synthetic;
  const ratio = (row: number) => toTraining.distances[row] / (toHeldOut.distances[row] || 1e-12);
  const order = Array.from({ length: synthetic.count }, (_, row) => row).sort(
    (one, other) => ratio(one) - ratio(other),
  );
  const rowOf = ({ values }: SignalRows, row: number) => values.slice(row * length, (row + 1) * length);
  return order.slice(0, pairsShown).map((row) => ({
    synthetic: rowOf(synthetic, row),
    training: rowOf(training, toTraining.positions[row]),
    distance: toTraining.distances[row] / Math.sqrt(length),
    heldOutDistance: toHeldOut.distances[row] / Math.sqrt(length),
  }));
}
