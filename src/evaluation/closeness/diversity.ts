import { type ClosenessMeasure, mostPairedRows } from "./measure.ts";
import { distancesOf, pairSums } from "./pairDistances.ts";

/** The mean distance between synthetic rows, as a multiple of that between real ones: it finds a generator that collapsed. */
export const diversity: ClosenessMeasure = {
  title: "Diversity",
  unit: "",
  better: "nearOne",
  aspect: "whole",
  says: "The mean distance between synthetic rows as a multiple of that between real ones: far below 1 the generator has collapsed, far above it adds what real rows do not have; two shapes far apart can still reach 1.",
  paper: "Pairwise diversity as in Zhu et al., NeurIPS 2017 (BicycleGAN), on waveforms",
  range: [0, Number.POSITIVE_INFINITY],
  isForAlignedBeats: false,
  leastRows: 2,
  mostRows: () => mostPairedRows,
  *prepare(pool) {
    const { count } = pool.rows;
    const distances = yield* distancesOf(pool);
    return (first, second) => {
      const { withinFirst, withinSecond } = pairSums(distances, count, first, second);
      const pairs = (size: number) => (size * (size - 1)) / 2;
      return withinSecond > 0
        ? withinFirst / pairs(first.length) / (withinSecond / pairs(second.length))
        : null;
    };
  },
};
