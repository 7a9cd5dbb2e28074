/** An explicit Runge–Kutta method as its Butcher tableau. */
export interface Tableau {
  readonly name: string;
  /** Global error ∝ step^order. */
  readonly order: number;
  /** Rows of the strictly lower triangular matrix, one a stage. */
  readonly matrix: readonly (readonly number[])[];
  readonly weights: readonly number[];
  /** Shares of the step at which the stages stand; the sums of the rows. */
  readonly nodes: readonly number[];
}

/** Writes dy/dt at time t into `derivative`. */
export type RightHandSide = (t: number, y: Float64Array, derivative: Float64Array) => void;

/**
 * Advances `y` in place by one step of any explicit method.
 * @param step s
 */
export function makeStepper(
  tableau: Tableau,
  rightHandSide: RightHandSide,
  dimension: number,
): (t: number, step: number, y: Float64Array) => void {
  const { matrix, weights, nodes } = tableau;
  const slopes = weights.map(() => new Float64Array(dimension));
  const stage = new Float64Array(dimension);
  return (t, step, y) => {
    for (let index = 0; index < weights.length; index++) {
      stage.set(y);
      const row = matrix[index];
      for (let earlier = 0; earlier < row.length; earlier++) {
        const share = step * row[earlier];
        if (share === 0) continue;
        for (let part = 0; part < dimension; part++) stage[part] += share * slopes[earlier][part];
      }
      rightHandSide(t + nodes[index] * step, stage, slopes[index]);
    }
    for (let index = 0; index < weights.length; index++) {
      const share = step * weights[index];
      for (let part = 0; part < dimension; part++) y[part] += share * slopes[index][part];
    }
  };
}
