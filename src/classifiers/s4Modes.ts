/**
 * First frequencies of the modes of a diagonal state space (Gu et al., NeurIPS 2022, section 4), Im Aₙ for
 * n = 0 … size / 2 − 1; their decays are all ½.
 * @param kind `linear` πn; `inverse` size/π · (size / (2n + 1) − 1); `legS` those of HiPPO-LegS
 * @param size numbers in the state; half as many modes, as they come in conjugate pairs
 */
export function modeFrequencies(kind: string, size: number): Float32Array {
  const modes = size / 2;
  if (kind === "linear") return Float32Array.from({ length: modes }, (_, n) => Math.PI * n);
  if (kind === "inverse") {
    return Float32Array.from({ length: modes }, (_, n) => (size / Math.PI) * (size / (2 * n + 1) - 1));
  }
  if (kind === "legS") return Float32Array.from(legSFrequencies(size));
  throw new RangeError(`no first frequencies named ${kind}`);
}

/**
 * Positive imaginary parts of the eigenvalues of the normal part of HiPPO-LegS, ascending: the skew matrix
 * S[n, k] = ½ √((2n + 1)(2k + 1)) above the diagonal, minus it below.
 */
export function legSFrequencies(size: number): number[] {
  const skew = Array.from({ length: size }, (_, n) =>
    Float64Array.from({ length: size }, (_, k) =>
      n === k ? 0 : Math.sign(k - n) * 0.5 * Math.sqrt((2 * n + 1) * (2 * k + 1)),
    ),
  );
  // A skew tridiagonal matrix has ±i times the eigenvalues of the symmetric one with the same off-diagonal.
  return symmetricSpectrum(tridiagonal(skew)).slice(size / 2);
}

/** The off-diagonal that Householder's reflections leave of a skew matrix, which they keep skew. */
function tridiagonal(matrix: Float64Array[]): Float64Array {
  const size = matrix.length;
  const off = new Float64Array(size - 1);
  for (let column = 0; column < size - 2; column++) {
    const vector = new Float64Array(size);
    let norm = 0;
    for (let row = column + 1; row < size; row++) {
      vector[row] = matrix[row][column];
      norm += vector[row] ** 2;
    }
    norm = Math.sqrt(norm);
    off[column] = norm;
    if (norm === 0) continue;
    vector[column + 1] += vector[column + 1] < 0 ? -norm : norm;
    let square = 0;
    for (let row = column + 1; row < size; row++) square += vector[row] ** 2;
    // H A H with H = I − 2 v vᵀ / vᵀv: for a skew A the term v vᵀ A v vᵀ vanishes.
    const image = new Float64Array(size);
    for (let row = 0; row < size; row++) {
      let sum = 0;
      for (let k = column + 1; k < size; k++) sum += matrix[row][k] * vector[k];
      image[row] = (2 * sum) / square;
    }
    for (let row = 0; row < size; row++) {
      for (let k = 0; k < size; k++) matrix[row][k] += vector[row] * image[k] - image[row] * vector[k];
    }
  }
  off[size - 2] = Math.abs(matrix[size - 1][size - 2]);
  return off;
}

/** Eigenvalues of the symmetric tridiagonal matrix with zeros on its diagonal, ascending, by bisection. */
function symmetricSpectrum(off: Float64Array): number[] {
  const size = off.length + 1;
  /** How many eigenvalues lie below x (Sturm's sequence). */
  const below = (x: number) => {
    let count = 0;
    let pivot = 1;
    for (let row = 0; row < size; row++) {
      pivot = -x - (row === 0 ? 0 : off[row - 1] ** 2 / pivot);
      if (pivot === 0) pivot = -1e-300;
      if (pivot < 0) count++;
    }
    return count;
  };
  let bound = 0;
  for (let row = 0; row < size; row++) bound = Math.max(bound, (off[row - 1] ?? 0) + (off[row] ?? 0));
  return Array.from({ length: size }, (_, index) => {
    let [low, high] = [-bound, bound];
    for (let step = 0; step < 100; step++) {
      const middle = (low + high) / 2;
      if (below(middle) > index) high = middle;
      else low = middle;
    }
    return (low + high) / 2;
  });
}
