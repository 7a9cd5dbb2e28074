import { describe, expect, test } from "vitest";
import { makeStepper } from "./explicit.ts";
import { integrators } from "./index.ts";

/** y' = y cos t, y(0) = 1, whose solution is exp(sin t). */
function errorAt(name: string, steps: number): number {
  const step = makeStepper(
    integrators[name],
    (t, y, derivative) => {
      derivative[0] = y[0] * Math.cos(t);
    },
    1,
  );
  const y = Float64Array.of(1);
  const h = 2 / steps;
  for (let index = 0; index < steps; index++) step(index * h, h, y);
  return Math.abs(y[0] - Math.exp(Math.sin(2)));
}

describe.each(Object.entries(integrators))("%s", (name, tableau) => {
  test("converges with its declared order", () => {
    const points = [16, 32, 64].map((steps) => ({
      x: Math.log(2 / steps),
      y: Math.log(errorAt(name, steps)),
    }));
    const slope = (points[2].y - points[0].y) / (points[2].x - points[0].x);
    expect(Math.abs(slope - tableau.order)).toBeLessThan(0.35);
  });

  test("is consistent: its weights sum to one and every row to its node", () => {
    const sum = (numbers: readonly number[]) => numbers.reduce((total, value) => total + value, 0);
    expect(sum(tableau.weights)).toBeCloseTo(1, 14);
    tableau.matrix.forEach((row, index) => {
      expect(sum(row)).toBeCloseTo(tableau.nodes[index], 14);
    });
  });
});
