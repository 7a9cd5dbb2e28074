import type { Random } from "../../signal/random.ts";
import { requireCount } from "../checks.ts";
import { shuffled } from "./halfSampling.ts";
import { type GroupComparison, positionsOf } from "./measure.ts";
import type { Work } from "./work.ts";

/**
 * The probability of so large a value, or a larger one, were the rows of both groups drawn from one distribution: which row
 * belongs to which group is shuffled, and the share of the values that reach the observed one is counted, that one included
 * (Gretton et al., J Mach Learn Res 2012;13:723, section 5).
 *
 * Rows of one patient are alike, so that rows are not exchangeable one by one: between any two groups of few patients the
 * probability is small. It means something only beside that of real rows of other patients.
 * @param compare a comparison that rises as groups differ more
 * @param first rows of the first group; those of the second follow them up to `count`
 * @returns null where the comparison has no value
 */
export function* permutationProbability(
  compare: GroupComparison,
  first: number,
  count: number,
  permutations: number,
  random: Random,
): Work<number | null> {
  requireCount(permutations, "the number of permutations", 1);
  const observed = compare(positionsOf(0, first), positionsOf(first, count));
  if (observed === null) return null;
  let extremes = 1;
  for (let permutation = 0; permutation < permutations; permutation++) {
    const order = shuffled(positionsOf(0, count), random);
    const value = compare(order.subarray(0, first), order.subarray(first));
    // Sums in another order differ in their last digits.
    if (value !== null && value >= observed - 1e-12 * Math.abs(observed)) extremes++;
    yield;
  }
  return extremes / (permutations + 1);
}
