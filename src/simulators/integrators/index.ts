import { dormandPrince } from "./dormandPrince.ts";
import { euler } from "./euler.ts";
import type { Tableau } from "./explicit.ts";
import { rungeKutta4 } from "./rungeKutta4.ts";

/** The integrators, by rising order. */
export const integrators: Readonly<Record<string, Tableau>> = { euler, rungeKutta4, dormandPrince };
