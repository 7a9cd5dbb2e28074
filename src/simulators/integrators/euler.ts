import type { Tableau } from "./explicit.ts";

/** Forward Euler: the step inside SimGAN's loss. */
export const euler: Tableau = { name: "Euler", order: 1, matrix: [[]], weights: [1], nodes: [0] };
