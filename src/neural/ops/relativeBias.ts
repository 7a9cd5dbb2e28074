import * as tf from "@tensorflow/tfjs-core";
import { type ConstantMatrix, constantMatrix, matMulConstant } from "./matMulConstant.ts";

/**
 * The bucket of a distance between two positions (Raffel et al., JMLR 2020, T5), both directions: half of the buckets for
 * each; of these half hold one distance each, the others grow logarithmically up to `maxDistance`.
 * @param distance position of the key minus that of the query
 */
export function relativeBucket(distance: number, buckets = 32, maxDistance = 128): number {
  const half = buckets / 2;
  const exact = half / 2;
  const ahead = distance > 0 ? half : 0;
  const far = Math.abs(distance);
  if (far < exact) return ahead + far;
  const logarithmic =
    exact + Math.floor((Math.log(far / exact) / Math.log(maxDistance / exact)) * (half - exact));
  return ahead + Math.min(half - 1, logarithmic);
}

/** A learned bias for every pair of positions, from a table with one value a bucket. */
export interface RelativeBias {
  /** @param table `[buckets, 1]` @returns `[time, time]`, query by key */
  bias(table: tf.Tensor2D): tf.Tensor2D;
  dispose(): void;
}

/**
 * The table is looked up by a product with constant ones and zeros: `gather` has no gradient on wasm. Only the distances
 * are multiplied, and spread over the pairs by slices of a doubled row.
 */
export function relativeBias(length: number, buckets = 32): RelativeBias {
  const distances = 2 * length - 1;
  const chosen: ConstantMatrix = constantMatrix(buckets, distances, (bucket, index) =>
    relativeBucket(index - (length - 1), buckets) === bucket ? 1 : 0,
  );
  return {
    bias: (table) => {
      const row = matMulConstant(tf.transpose(table), chosen);
      // Row i holds the distances −i … length − 1 − i: the same run of numbers, one step earlier each time.
      const rows = Array.from({ length }, (_, query) => tf.slice(row, [0, length - 1 - query], [1, length]));
      return tf.concat(rows, 0) as tf.Tensor2D;
    },
    dispose: () => tf.dispose([chosen.matrix, chosen.transposed]),
  };
}
