import { Failure } from "../../domain/failure.ts";
import { requireCount } from "../checks.ts";
import { type ClosenessMeasure, type GroupComparison, mostPairedRows, type Pool } from "./measure.ts";
import { distancesOf } from "./pairDistances.ts";
import type { Work } from "./work.ts";

/** Four shares that tell fidelity from diversity. A row's ball reaches to its k-th nearest neighbour in its own set. */
export interface CoverageDensity {
  /** Share of the synthetic rows in the ball of a real row. */
  readonly precision: number;
  /** Share of the real rows in the ball of a synthetic row. */
  readonly recall: number;
  /** Number of real balls that a synthetic row lies in, over k: 1 on average for equal distributions. It may exceed 1. */
  readonly density: number;
  /** Share of the real rows with a synthetic row in their ball. */
  readonly coverage: number;
}

/** Neighbours that make a ball, as in both papers' defaults for small sets. */
export const usualNeighbours = 5;

/**
 * Precision and recall (Kynkäänniemi et al., NeurIPS 2019), density and coverage (Naeem et al., ICML 2020).
 * @param distances `[count, count]`, of all rows
 * @param synthetic, real positions of their rows; more than `neighbours` each
 * @throws Failure for sets that are too small
 */
export function coverageDensity(
  distances: Float64Array,
  count: number,
  synthetic: ArrayLike<number>,
  real: ArrayLike<number>,
  neighbours = usualNeighbours,
): CoverageDensity {
  requireCount(neighbours, "the number of neighbours", 1);
  const realRadii = radiiOf(distances, count, real, neighbours);
  const syntheticRadii = radiiOf(distances, count, synthetic, neighbours);
  let [balls, precise] = [0, 0];
  const isCovered = new Uint8Array(real.length);
  const isRecalled = new Uint8Array(real.length);
  for (let one = 0; one < synthetic.length; one++) {
    const row = synthetic[one] * count;
    let within = 0;
    for (let other = 0; other < real.length; other++) {
      const distance = distances[row + real[other]];
      if (distance <= realRadii[other]) {
        within++;
        isCovered[other] = 1;
      }
      if (distance <= syntheticRadii[one]) isRecalled[other] = 1;
    }
    balls += within;
    if (within > 0) precise++;
  }
  const share = (flags: Uint8Array) => flags.reduce((sum, flag) => sum + flag, 0) / real.length;
  return {
    precision: precise / synthetic.length,
    recall: share(isRecalled),
    density: balls / (neighbours * synthetic.length),
    coverage: share(isCovered),
  };
}

/** Distance of each member of a group from its k-th nearest other member. */
function radiiOf(
  distances: Float64Array,
  count: number,
  group: ArrayLike<number>,
  neighbours: number,
): Float64Array {
  if (group.length <= neighbours) {
    throw new Failure(
      "too-few-rows",
      `${group.length} rows have no ${neighbours} neighbours each.`,
      "rows of a set",
      "Choose more beats or recordings, or fewer neighbours.",
    );
  }
  const radii = new Float64Array(group.length);
  const nearest = new Float64Array(neighbours);
  for (let one = 0; one < group.length; one++) {
    nearest.fill(Number.POSITIVE_INFINITY);
    const row = group[one] * count;
    for (let other = 0; other < group.length; other++) {
      if (other === one) continue;
      const distance = distances[row + group[other]];
      if (distance >= nearest[neighbours - 1]) continue;
      let place = neighbours - 1;
      for (; place > 0 && nearest[place - 1] > distance; place--) nearest[place] = nearest[place - 1];
      nearest[place] = distance;
    }
    radii[one] = nearest[neighbours - 1];
  }
  return radii;
}

function* prepared(pool: Pool, part: keyof CoverageDensity): Work<GroupComparison> {
  const distances = yield* distancesOf(pool);
  return (first, second) => coverageDensity(distances, pool.rows.count, first, second)[part];
}

const kynkaanniemi = "Kynkäänniemi et al., NeurIPS 2019";
const naeem = "Naeem et al., ICML 2020";

const shared = {
  unit: "",
  better: "higher",
  aspect: "whole",
  range: [0, 1],
  isForAlignedBeats: false,
  leastRows: usualNeighbours + 1,
  mostRows: () => mostPairedRows,
} as const;

export const precision: ClosenessMeasure = {
  ...shared,
  title: "Precision",
  says: "The share of synthetic rows that lie where real ones do; a single outlier among the real rows makes it look better.",
  paper: kynkaanniemi,
  prepare: (pool) => prepared(pool, "precision"),
};

export const recall: ClosenessMeasure = {
  ...shared,
  title: "Recall",
  says: "The share of real rows that lie where synthetic ones do; synthetic outliers make it look better.",
  paper: kynkaanniemi,
  prepare: (pool) => prepared(pool, "recall"),
};

export const density: ClosenessMeasure = {
  ...shared,
  title: "Density",
  better: "nearOne",
  range: [0, Number.POSITIVE_INFINITY],
  says: "How densely real rows surround a synthetic one: 1 for equal distributions, less for rows unlike real ones, more where only the most typical rows are made.",
  paper: naeem,
  prepare: (pool) => prepared(pool, "density"),
};

export const coverage: ClosenessMeasure = {
  ...shared,
  title: "Coverage",
  says: "The share of real rows that have a synthetic one among their nearest neighbours: a generator that collapsed, or forgot a shape, covers few; about 0.97 for equal distributions.",
  paper: naeem,
  prepare: (pool) => prepared(pool, "coverage"),
};
