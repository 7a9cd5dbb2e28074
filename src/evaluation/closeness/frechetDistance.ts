import { principalComponents, projected } from "./embedding/principalComponents.ts";
import { type ClosenessMeasure, positionsOf } from "./measure.ts";
import { requireRows, requireSameRowLength, rowsAt, type SignalRows } from "./signalRows.ts";
import { symmetricEigen } from "./symmetricEigen.ts";

/** The Fréchet distance of two sets of features and what it is made of. */
export interface FrechetDistance {
  /** Square of the features' unit: the squared distance, as it is usually reported. */
  readonly squared: number;
  /** The part of the means, ‖μ₁ − μ₂‖². */
  readonly ofMeans: number;
  /** The part of the covariances. */
  readonly ofCovariances: number;
  /**
   * Whether a set has too few rows for its covariance to have full rank, so that a millionth of the mean variance was
   * added to the diagonals of both. The value is then mostly chance.
   */
  readonly isRegularised: boolean;
}

/** Share of the mean variance that is added where a covariance lacks rank. */
const ridgeShare = 1e-6;

/**
 * The Fréchet distance of the normal distributions with the means and covariances of two sets of feature rows,
 * ‖μ₁ − μ₂‖² + tr(Σ₁ + Σ₂ − 2 (Σ₁Σ₂)^½) (Dowson & Landau, J Multivar Anal 1982;12:450; Heusel et al., NeurIPS 2017).
 * The root's trace is the sum of the roots of the eigenvalues of Σ₁^½ Σ₂ Σ₁^½. It rises as rows get fewer: ten rows for
 * each feature are few.
 * @throws Failure for fewer than two rows, or features that differ in number
 */
export function frechetDistance(one: SignalRows, other: SignalRows): FrechetDistance {
  for (const set of [one, other]) requireRows(set, "features");
  requireSameRowLength(one, other, "features");
  const size = one.length;
  const [first, second] = [momentsOf(one), momentsOf(other)];
  const isRegularised = Math.min(one.count, other.count) <= size;
  if (isRegularised) {
    const ridge =
      (ridgeShare * (trace(first.covariance, size) + trace(second.covariance, size))) / (2 * size);
    for (const { covariance } of [first, second]) {
      for (let index = 0; index < size; index++) covariance[index * (size + 1)] += ridge;
    }
  }
  const root = squareRoot(first.covariance, size);
  const inner = product(product(root, second.covariance, size), root, size);
  const rootTrace = symmetricEigen(inner, size).values.reduce(
    (sum, value) => sum + Math.sqrt(Math.max(0, value)),
    0,
  );
  const ofMeans = first.mean.reduce((sum, value, index) => sum + (value - second.mean[index]) ** 2, 0);
  const ofCovariances = Math.max(
    0,
    trace(first.covariance, size) + trace(second.covariance, size) - 2 * rootTrace,
  );
  return { squared: ofMeans + ofCovariances, ofMeans, ofCovariances, isRegularised };
}

/** Mean `[length]` and covariance `[length, length]`, with n − 1. */
function momentsOf({ values, count, length }: SignalRows) {
  const mean = new Float64Array(length);
  for (let index = 0; index < values.length; index++) mean[index % length] += values[index] / count;
  const covariance = new Float64Array(length * length);
  const row = new Float64Array(length);
  for (let index = 0; index < count; index++) {
    for (let at = 0; at < length; at++) row[at] = values[index * length + at] - mean[at];
    for (let one = 0; one < length; one++) {
      for (let other = 0; other <= one; other++) covariance[one * length + other] += row[one] * row[other];
    }
  }
  for (let one = 0; one < length; one++) {
    for (let other = 0; other <= one; other++) {
      const value = covariance[one * length + other] / (count - 1);
      covariance[one * length + other] = value;
      covariance[other * length + one] = value;
    }
  }
  return { mean, covariance };
}

function trace(matrix: Float64Array, size: number): number {
  let sum = 0;
  for (let index = 0; index < size; index++) sum += matrix[index * (size + 1)];
  return sum;
}

/** The symmetric root of a positive semi-definite matrix; eigenvalues that rounding made negative count as 0. */
function squareRoot(matrix: Float64Array, size: number): Float64Array {
  const { values, vectors } = symmetricEigen(matrix, size);
  const root = new Float64Array(size * size);
  for (let vector = 0; vector < size; vector++) {
    const weight = Math.sqrt(Math.max(0, values[vector]));
    const from = vector * size;
    for (let one = 0; one < size; one++) {
      for (let other = 0; other < size; other++) {
        root[one * size + other] += weight * vectors[from + one] * vectors[from + other];
      }
    }
  }
  return root;
}

function product(one: Float64Array, other: Float64Array, size: number): Float64Array {
  const found = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let inner = 0; inner < size; inner++) {
      const weight = one[row * size + inner];
      for (let column = 0; column < size; column++) {
        found[row * size + column] += weight * other[inner * size + column];
      }
    }
  }
  return found;
}

/** Most principal components that serve as features. */
const mostFeatures = 32;
/** Real rows for each of them: half of the rows still have ten each. */
const rowsPerFeature = 20;

/**
 * The Fréchet distance where no network gives features: along the leading principal components of the real rows, up to 32,
 * and with the distance from the space that they span as one feature more, so that what is unlike all real rows counts.
 */
export const frechet: ClosenessMeasure = {
  title: "Fréchet distance on principal components",
  unit: "signal²",
  better: "lower",
  aspect: "whole",
  says: "How far mean and covariance of the synthetic rows lie from those of the real ones, along the directions in which real rows vary; it sees nothing else of the distributions, and rises as rows get fewer.",
  paper: "Heusel et al., NeurIPS 2017; Dowson & Landau, J Multivar Anal 1982;12:450",
  range: [0, Number.POSITIVE_INFINITY],
  isForAlignedBeats: false,
  leastRows: 20,
  mostRows: () => 2000,
  *prepare(pool) {
    const { rows, synthetic } = pool;
    const real = rowsAt(rows, positionsOf(synthetic, rows.count));
    const wanted = Math.max(1, Math.min(mostFeatures, Math.floor(real.count / rowsPerFeature)));
    const components = yield* principalComponents(real, wanted);
    const along = projected(components, rows);
    const width = along.length + 1;
    const features = new Float32Array(rows.count * width);
    for (let row = 0; row < rows.count; row++) {
      let [squares, explained] = [0, 0];
      for (let at = 0; at < rows.length; at++) {
        squares += (rows.values[row * rows.length + at] - components.mean[at]) ** 2;
      }
      for (let at = 0; at < along.length; at++) {
        const coordinate = along.values[row * along.length + at];
        features[row * width + at] = coordinate;
        explained += coordinate ** 2;
      }
      features[row * width + along.length] = Math.sqrt(Math.max(0, squares - explained));
    }
    const all = { values: features, count: rows.count, length: width };
    return (first, second) => frechetDistance(rowsAt(all, first), rowsAt(all, second)).squared;
  },
};

/** Rows for each feature below which the covariance is poorly known. */
const enoughPerFeature = 10;

/** What few rows do to the distance: halves of them have half as many. */
function fewRowsNote(rows: number, features: number): string | null {
  if (rows <= features) {
    return `${rows} rows are no more than the ${features} features: the covariance lacked rank and was regularised, so that the value is mostly chance.`;
  }
  if (rows >= enoughPerFeature * features) return null;
  const halves =
    rows >> 1 <= features ? " In halves of the rows, which give the interval, it was regularised." : "";
  return `${rows} rows are fewer than ten for each of the ${features} features (${enoughPerFeature * features}): the value is too large, and rests on chance in part.${halves}`;
}

/** The Fréchet distance of rows that are features already, as of a network's last hidden layer. */
export const frechetOfFeatures: ClosenessMeasure = {
  title: "Fréchet distance of the features",
  unit: "",
  better: "lower",
  aspect: "whole",
  says: "How far mean and covariance of what a classifier sees in synthetic rows lie from what it sees in real ones; it rises as rows get fewer.",
  paper: "Heusel et al., NeurIPS 2017",
  range: [0, Number.POSITIVE_INFINITY],
  isForAlignedBeats: false,
  leastRows: 2,
  mostRows: () => 2000,
  noteOf: fewRowsNote,
  *prepare({ rows }) {
    return (first, second) => frechetDistance(rowsAt(rows, first), rowsAt(rows, second)).squared;
  },
};
