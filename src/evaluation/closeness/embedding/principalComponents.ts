import { createRandom } from "../../../signal/random.ts";
import { requireCount } from "../../checks.ts";
import { requireRows, requireSameRowLength, type SignalRows } from "../signalRows.ts";
import { symmetricEigen } from "../symmetricEigen.ts";
import type { Work } from "../work.ts";

/** The directions in which rows vary most. */
export interface PrincipalComponents {
  /** `[length]` */
  readonly mean: Float64Array;
  /** `[count, length]`: unit vectors, at right angles to each other. */
  readonly components: Float64Array;
  /** `[count]`, falling: variance along each, with n − 1. */
  readonly variances: Float64Array;
  /** Of all directions together, those that were left out included. */
  readonly totalVariance: number;
  readonly count: number;
  readonly length: number;
}

/** Up to so many rows or samples all eigenvectors are computed, in about a second. */
const mostExact = 256;
/** Directions carried along beside those that are wanted: they make the iteration converge. */
const spare = 10;
const mostIterations = 30;
/** Ends when no variance changes by more than this share of the largest. */
const tolerance = 1e-7;

/**
 * Principal components by eigen-decomposition of the covariance matrix, or of the matrix of inner products where there
 * are fewer rows than samples. Where both are large, by subspace iteration (Golub & Van Loan, Matrix Computations,
 * section 8.2), which gives the leading variances to about six digits, and of
 * directions of nearly equal variance any that span the same space.
 * @param wanted most components; fewer come back where the rows do not vary in so many directions
 * @throws Failure for fewer than two rows
 */
export function* principalComponents(rows: SignalRows, wanted: number): Work<PrincipalComponents> {
  requireRows(rows, "rows");
  requireCount(wanted, "the number of components", 1);
  const { count, length } = rows;
  const { centred, mean } = withoutMean(rows);
  const totalVariance = centred.reduce((sum, value) => sum + value * value, 0) / (count - 1);
  const most = Math.min(wanted, count - 1, length);
  const isSmall = Math.min(count, length) <= mostExact;
  const basis = isSmall
    ? yield* allDirections(centred, count, length, most)
    : yield* leadingDirections(centred, count, length, most);
  // What is left of rounding is no direction.
  const kept = basis.variances.filter((variance) => variance > 1e-12 * totalVariance).length;
  return {
    mean,
    components: basis.components.slice(0, kept * length),
    variances: basis.variances.slice(0, kept),
    totalVariance,
    count: kept,
    length,
  };
}

/**
 * The coordinates of rows along principal components.
 * @returns rows of `count` numbers, in the unit of the rows
 * @throws Failure for rows of another length
 */
export function projected(
  { mean, components, count, length }: PrincipalComponents,
  rows: SignalRows,
): SignalRows {
  requireSameRowLength({ values: new Float32Array(), count: 0, length }, rows, "rows to project");
  const values = new Float32Array(rows.count * count);
  for (let row = 0; row < rows.count; row++) {
    for (let component = 0; component < count; component++) {
      let sum = 0;
      for (let at = 0; at < length; at++) {
        sum += (rows.values[row * length + at] - mean[at]) * components[component * length + at];
      }
      values[row * count + component] = sum;
    }
  }
  return { values, count: rows.count, length: count };
}

interface Directions {
  readonly components: Float64Array;
  readonly variances: Float64Array;
}

function withoutMean({ values, count, length }: SignalRows) {
  const mean = new Float64Array(length);
  for (let index = 0; index < values.length; index++) mean[index % length] += values[index] / count;
  return { centred: Float64Array.from(values, (value, index) => value - mean[index % length]), mean };
}

function* allDirections(
  centred: Float64Array,
  count: number,
  length: number,
  most: number,
): Work<Directions> {
  if (length <= count) {
    const { values, vectors } = symmetricEigen(
      yield* products(transposed(centred, count, length), length),
      length,
    );
    return {
      components: vectors.slice(0, most * length),
      variances: values.slice(0, most).map((value) => Math.max(0, value) / (count - 1)),
    };
  }
  const { values, vectors } = symmetricEigen(yield* products(centred, count), count);
  const components = new Float64Array(most * length);
  for (let component = 0; component < most; component++) {
    if (values[component] <= 0) continue;
    const scale = 1 / Math.sqrt(values[component]);
    for (let row = 0; row < count; row++) {
      const weight = scale * vectors[component * count + row];
      for (let at = 0; at < length; at++)
        components[component * length + at] += weight * centred[row * length + at];
    }
  }
  return { components, variances: values.slice(0, most).map((value) => Math.max(0, value) / (count - 1)) };
}

function* leadingDirections(
  centred: Float64Array,
  count: number,
  length: number,
  most: number,
): Work<Directions> {
  const size = Math.min(most + spare, count, length);
  const random = createRandom(1);
  let basis = Float64Array.from({ length: size * length }, () => random.normal());
  orthonormalise(basis, size, length);
  let variances = new Float64Array(size);
  for (let iteration = 0; iteration < mostIterations; iteration++) {
    const image = new Float64Array(size * length);
    for (let row = 0; row < count; row++) {
      const signal = centred.subarray(row * length, (row + 1) * length);
      for (let vector = 0; vector < size; vector++) {
        const from = vector * length;
        let along = 0;
        for (let at = 0; at < length; at++) along += signal[at] * basis[from + at];
        for (let at = 0; at < length; at++) image[from + at] += along * signal[at];
      }
      if (row % 64 === 0) yield;
    }
    // Rayleigh–Ritz: the best directions within the space so far.
    const inner = new Float64Array(size * size);
    for (let one = 0; one < size; one++) {
      for (let other = 0; other < size; other++) {
        for (let at = 0; at < length; at++)
          inner[one * size + other] += basis[one * length + at] * image[other * length + at];
      }
    }
    const { values, vectors } = symmetricEigen(inner, size);
    const change = Math.max(
      ...values.subarray(0, most).map((value, index) => Math.abs(value - variances[index])),
    );
    variances = Float64Array.from(values);
    if (change <= tolerance * values[0]) {
      basis = combined(vectors, basis, size, length);
      break;
    }
    basis = combined(vectors, image, size, length);
    orthonormalise(basis, size, length);
  }
  return {
    components: basis.slice(0, most * length),
    variances: variances.slice(0, most).map((value) => Math.max(0, value) / (count - 1)),
  };
}

/** Sums of the vectors with the weights of each row of the matrix. */
function combined(
  weights: Float64Array,
  vectors: Float64Array,
  size: number,
  length: number,
): Float64Array<ArrayBuffer> {
  const sums = new Float64Array(size * length);
  for (let one = 0; one < size; one++) {
    for (let other = 0; other < size; other++) {
      const weight = weights[one * size + other];
      for (let at = 0; at < length; at++) sums[one * length + at] += weight * vectors[other * length + at];
    }
  }
  return sums;
}

/** Gram–Schmidt, each vector twice against those before it, which keeps them at right angles to the last digit. */
function orthonormalise(basis: Float64Array, size: number, length: number): void {
  for (let one = 0; one < size; one++) {
    const vector = basis.subarray(one * length, (one + 1) * length);
    for (let round = 0; round < 2; round++) {
      for (let other = 0; other < one; other++) {
        const before = basis.subarray(other * length, (other + 1) * length);
        let along = 0;
        for (let at = 0; at < length; at++) along += vector[at] * before[at];
        for (let at = 0; at < length; at++) vector[at] -= along * before[at];
      }
    }
    const norm = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0)) || 1;
    for (let at = 0; at < length; at++) vector[at] /= norm;
  }
}

function transposed(matrix: Float64Array, count: number, length: number): Float64Array {
  const turned = new Float64Array(matrix.length);
  for (let row = 0; row < count; row++) {
    for (let at = 0; at < length; at++) turned[at * count + row] = matrix[row * length + at];
  }
  return turned;
}

/** Inner products of all pairs of the rows. @returns `[count, count]` */
function* products(matrix: Float64Array, count: number): Work<Float64Array> {
  const length = matrix.length / count;
  const found = new Float64Array(count * count);
  for (let one = 0; one < count; one++) {
    for (let other = 0; other <= one; other++) {
      let sum = 0;
      for (let at = 0; at < length; at++) sum += matrix[one * length + at] * matrix[other * length + at];
      found[one * count + other] = sum;
      found[other * count + one] = sum;
    }
    yield;
  }
  return found;
}
