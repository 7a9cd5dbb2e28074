import type { Measure } from "../neural/training/measures.ts";

/** Points of a curve. */
export const curvePoints = 50;

/** Means of what was told over a fiftieth of the iterations each. */
export function curveOf(told: readonly Partial<Record<Measure, number>>[], measure: Measure): number[] {
  const points = Math.min(curvePoints, told.length);
  return Array.from({ length: points }, (_, point) => {
    const [first, end] = [point, point + 1].map((edge) => Math.floor((edge * told.length) / points));
    const part = told.slice(first, end).map((step) => step[measure] ?? Number.NaN);
    return part.reduce((sum, value) => sum + value, 0) / part.length;
  });
}
