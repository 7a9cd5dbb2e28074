import { describe, expect, test } from "vitest";
import { type Model, minimiseSquares, solvePositive } from "./leastSquares.ts";

const wide = (size: number) => ({
  lower: new Float64Array(size).fill(-1e6),
  upper: new Float64Array(size).fill(1e6),
});

/** Rosenbrock's valley as residuals 10 (y − x²) and 1 − x; its minimum is (1, 1). */
const rosenbrock: Model = ([x, y], residuals, jacobian) => {
  residuals.set([10 * (y - x * x), 1 - x]);
  jacobian.set([-20 * x, 10, -1, 0]);
};

/** Powell's singular function (Comput J 1962;5:147): minimum 0 at the origin, where its Hessian is singular. */
const powell: Model = ([a, b, c, d], residuals, jacobian) => {
  const [bc, ad] = [b - 2 * c, a - d];
  residuals.set([a + 10 * b, Math.sqrt(5) * (c - d), bc * bc, Math.sqrt(10) * ad * ad]);
  const adSlope = 2 * Math.sqrt(10) * ad;
  jacobian.set([
    1,
    10,
    0,
    0,
    0,
    0,
    Math.sqrt(5),
    -Math.sqrt(5),
    0,
    2 * bc,
    -4 * bc,
    0,
    adSlope,
    0,
    0,
    -adSlope,
  ]);
};

describe("minimiseSquares", () => {
  test("finds Rosenbrock's minimum from the classical start", () => {
    const { parameters, sumOfSquares, converged } = minimiseSquares(rosenbrock, Float64Array.of(-1.2, 1), 2, {
      ...wide(2),
      mostIterations: 500,
    });
    expect(parameters[0]).toBeCloseTo(1, 6);
    expect(parameters[1]).toBeCloseTo(1, 6);
    expect(sumOfSquares).toBeLessThan(1e-12);
    expect(converged).toBe(true);
  });

  test("comes down Powell's singular function", () => {
    const { sumOfSquares } = minimiseSquares(powell, Float64Array.of(3, -1, 0, 1), 4, {
      ...wide(4),
      mostIterations: 500,
    });
    expect(sumOfSquares).toBeLessThan(1e-10);
  });

  test("keeps its bounds, and finds the best point on them", () => {
    const upper = Float64Array.of(0.5, 10);
    const { parameters } = minimiseSquares(rosenbrock, Float64Array.of(-1.2, 1), 2, {
      lower: Float64Array.of(-10, -10),
      upper,
      mostIterations: 500,
    });
    // With x held at 1/2 the valley's floor is y = x².
    expect(parameters[0]).toBeCloseTo(0.5, 9);
    expect(parameters[1]).toBeCloseTo(0.25, 5);
  });

  test("a linear problem is solved as by the normal equations", () => {
    const x = [0, 1, 2, 3];
    const y = [1, 3, 2, 5];
    const line: Model = ([offset, slope], residuals, jacobian) => {
      x.forEach((value, row) => {
        residuals[row] = offset + slope * value - y[row];
        jacobian.set([1, value], 2 * row);
      });
    };
    const { parameters } = minimiseSquares(line, Float64Array.of(0, 0), 4, wide(2));
    // Closed form: slope = Σ(x − x̄)(y − ȳ) / Σ(x − x̄)² = 5.5 / 5.
    expect(parameters[1]).toBeCloseTo(1.1, 6);
    expect(parameters[0]).toBeCloseTo(2.75 - 1.1 * 1.5, 6);
  });
});

test("solvePositive solves a system with a known answer", () => {
  const solution = solvePositive(Float64Array.of(4, 2, 0, 2, 5, 2, 0, 2, 5), Float64Array.of(8, 18, 19));
  expect([...solution].map((value) => Number(value.toFixed(12)))).toEqual([1, 2, 3]);
});
