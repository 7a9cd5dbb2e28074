import type { Tableau } from "./explicit.ts";

/** The classical method of Kutta 1901, with which ECGSYN integrates. */
export const rungeKutta4: Tableau = {
  name: "Runge–Kutta 4",
  order: 4,
  matrix: [[], [1 / 2], [0, 1 / 2], [0, 0, 1]],
  weights: [1 / 6, 1 / 3, 1 / 3, 1 / 6],
  nodes: [0, 1 / 2, 1 / 2, 1],
};
