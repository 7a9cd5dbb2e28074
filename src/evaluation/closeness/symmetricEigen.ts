/** Eigenvalues and eigenvectors of a symmetric matrix. */
export interface SymmetricEigen {
  /** `[size]`, falling. */
  readonly values: Float64Array;
  /** `[size, size]`: row k is the unit vector of value k, its largest component positive. */
  readonly vectors: Float64Array;
}

/** Convergence is quadratic: ten sweeps do for hundreds of rows. */
const mostSweeps = 60;

/**
 * The eigen-decomposition of a symmetric matrix by cyclic Jacobi rotations (Golub & Van Loan, Matrix Computations, 4th
 * edition, section 8.5): slow beyond some hundred rows, but accurate for small eigenvalues too.
 * @param matrix `[size, size]`, of which the symmetry is taken for granted
 */
export function symmetricEigen(matrix: Float64Array, size: number): SymmetricEigen {
  const rest = matrix.slice();
  const vectors = new Float64Array(size * size);
  for (let index = 0; index < size; index++) vectors[index * size + index] = 1;
  const total = rest.reduce((sum, value) => sum + value * value, 0);
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    if (offDiagonal(rest, size) <= 1e-30 * total) break;
    for (let one = 0; one < size - 1; one++) {
      for (let other = one + 1; other < size; other++) rotate(rest, vectors, size, one, other);
    }
  }
  return sorted(rest, vectors, size);
}

function offDiagonal(matrix: Float64Array, size: number): number {
  let sum = 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < row; column++) sum += matrix[row * size + column] ** 2;
  }
  return sum;
}

/** Turns the plane of two axes so that their element off the diagonal vanishes. */
function rotate(matrix: Float64Array, vectors: Float64Array, size: number, one: number, other: number): void {
  const [first, second] = [one * size, other * size];
  const element = matrix[first + other];
  if (element === 0) return;
  const [low, high] = [matrix[first + one], matrix[second + other]];
  const ratio = (high - low) / (2 * element);
  const tangent = Math.sign(ratio || 1) / (Math.abs(ratio) + Math.hypot(1, ratio));
  const cosine = 1 / Math.hypot(1, tangent);
  const sine = tangent * cosine;
  for (let column = 0; column < size; column++) {
    const upper = matrix[first + column];
    const lower = matrix[second + column];
    matrix[first + column] = cosine * upper - sine * lower;
    matrix[second + column] = sine * upper + cosine * lower;
    const vector = vectors[first + column];
    const partner = vectors[second + column];
    vectors[first + column] = cosine * vector - sine * partner;
    vectors[second + column] = sine * vector + cosine * partner;
  }
  // The columns mirror the rows; where the two cross, the closed form loses fewer digits.
  for (let row = 0, at = 0; row < size; row++, at += size) {
    matrix[at + one] = matrix[first + row];
    matrix[at + other] = matrix[second + row];
  }
  matrix[first + one] = low - tangent * element;
  matrix[second + other] = high + tangent * element;
  matrix[first + other] = 0;
  matrix[second + one] = 0;
}

function sorted(matrix: Float64Array, vectors: Float64Array, size: number): SymmetricEigen {
  const order = Array.from({ length: size }, (_, index) => index);
  order.sort((one, other) => matrix[other * size + other] - matrix[one * size + one]);
  const found = new Float64Array(size * size);
  order.forEach((index, place) => {
    const vector = vectors.subarray(index * size, (index + 1) * size);
    let largest = 0;
    for (const component of vector) if (Math.abs(component) > Math.abs(largest)) largest = component;
    const sign = largest < 0 ? -1 : 1;
    found.set(
      vector.map((component) => sign * component),
      place * size,
    );
  });
  return { values: Float64Array.from(order, (index) => matrix[index * size + index]), vectors: found };
}
