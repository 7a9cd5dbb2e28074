/** Writes residuals `[m]` and their derivatives `[m × n]`, row by row, at the parameters. */
export type Model = (parameters: Float64Array, residuals: Float64Array, jacobian: Float64Array) => void;

export interface LeastSquaresOptions {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly mostIterations?: number;
  /** Ends when a step lowers the sum of squares by less than this share. */
  readonly tolerance?: number;
}

export interface LeastSquaresResult {
  readonly parameters: Float64Array;
  readonly sumOfSquares: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/**
 * Bounded nonlinear least squares by Levenberg–Marquardt (Marquardt, J Soc Ind Appl Math 1963;11:431) with Marquardt's
 * scaling; a parameter at its bound that would leave it is held for the step.
 * @param count number of residuals
 */
export function minimiseSquares(
  model: Model,
  start: Float64Array,
  count: number,
  options: LeastSquaresOptions,
): LeastSquaresResult {
  const { lower, upper, mostIterations = 100, tolerance = 1e-9 } = options;
  const size = start.length;
  let parameters = start.map((value, index) => Math.min(upper[index], Math.max(lower[index], value)));
  let residuals = new Float64Array(count);
  let jacobian = new Float64Array(count * size);
  let trialResiduals = new Float64Array(count);
  let trialJacobian = new Float64Array(count * size);
  const normal = new Float64Array(size * size);
  const gradient = new Float64Array(size);
  model(parameters, residuals, jacobian);
  let cost = squares(residuals);
  let damping = 1e-3;
  let iterations = 0;
  let converged = false;
  while (iterations < mostIterations && !converged) {
    normalEquations(jacobian, residuals, size, normal, gradient);
    let accepted = false;
    for (let attempt = 0; attempt < 12 && !accepted && iterations < mostIterations; attempt++) {
      iterations++;
      const free = freeParameters(parameters, gradient, lower, upper);
      const step = dampedStep(normal, gradient, damping, free);
      const trial = parameters.map((value, index) =>
        Math.min(upper[index], Math.max(lower[index], value - step[index])),
      );
      model(trial, trialResiduals, trialJacobian);
      const trialCost = squares(trialResiduals);
      if (trialCost < cost) {
        converged = cost - trialCost <= tolerance * cost;
        parameters = trial;
        [residuals, trialResiduals] = [trialResiduals, residuals];
        [jacobian, trialJacobian] = [trialJacobian, jacobian];
        cost = trialCost;
        damping = Math.max(1e-12, damping / 8);
        accepted = true;
      } else {
        damping *= 6;
      }
    }
    // No step of any size lowers the cost: this is the minimum, as far as numbers can tell.
    if (!accepted) converged = true;
  }
  return { parameters, sumOfSquares: cost, iterations, converged };
}

function squares(residuals: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < residuals.length; index++) sum += residuals[index] * residuals[index];
  return sum;
}

function normalEquations(
  jacobian: Float64Array,
  residuals: Float64Array,
  size: number,
  normal: Float64Array,
  gradient: Float64Array,
): void {
  normal.fill(0);
  gradient.fill(0);
  for (let row = 0, base = 0; row < residuals.length; row++, base += size) {
    const residual = residuals[row];
    for (let one = 0; one < size; one++) {
      const value = jacobian[base + one];
      if (value === 0) continue;
      gradient[one] += value * residual;
      const line = one * size;
      for (let other = 0; other <= one; other++) normal[line + other] += value * jacobian[base + other];
    }
  }
  for (let one = 0; one < size; one++) {
    for (let other = one + 1; other < size; other++) normal[one * size + other] = normal[other * size + one];
  }
}

function freeParameters(
  parameters: Float64Array,
  gradient: Float64Array,
  lower: Float64Array,
  upper: Float64Array,
): boolean[] {
  return Array.from(
    parameters,
    (value, index) =>
      !(value <= lower[index] && gradient[index] > 0) && !(value >= upper[index] && gradient[index] < 0),
  );
}

function dampedStep(
  normal: Float64Array,
  gradient: Float64Array,
  damping: number,
  free: readonly boolean[],
): Float64Array {
  const size = gradient.length;
  const matrix = normal.slice();
  const right = gradient.slice();
  for (let index = 0; index < size; index++) {
    const diagonal = index * size + index;
    matrix[diagonal] += damping * Math.max(matrix[diagonal], 1e-12);
    if (free[index]) continue;
    for (let other = 0; other < size; other++)
      matrix[index * size + other] = matrix[other * size + index] = 0;
    matrix[diagonal] = 1;
    right[index] = 0;
  }
  return solvePositive(matrix, right);
}

/** Solves A x = b for a symmetric positive matrix by Cholesky; a pivot that has vanished leaves its unknown at 0. */
export function solvePositive(matrix: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  const factor = matrix.slice();
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = factor[row * size + column];
      for (let inner = 0; inner < column; inner++)
        sum -= factor[row * size + inner] * factor[column * size + inner];
      if (row === column) factor[row * size + row] = sum > 1e-300 ? Math.sqrt(sum) : Number.POSITIVE_INFINITY;
      else factor[row * size + column] = sum / factor[column * size + column];
    }
  }
  const solution = right.slice();
  for (let row = 0; row < size; row++) {
    for (let inner = 0; inner < row; inner++) solution[row] -= factor[row * size + inner] * solution[inner];
    solution[row] /= factor[row * size + row];
  }
  for (let row = size - 1; row >= 0; row--) {
    for (let inner = row + 1; inner < size; inner++)
      solution[row] -= factor[inner * size + row] * solution[inner];
    solution[row] /= factor[row * size + row];
  }
  return solution;
}
