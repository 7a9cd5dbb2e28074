import { requireSameLength } from "../checks.ts";

/**
 * The Jensen–Shannon divergence of two distributions in bits, H((p + q) / 2) − (H(p) + H(q)) / 2 (Lin, IEEE Trans Inf
 * Theory 1991;37:145): 0 for equal ones, 1 for ones without anything in common.
 * @param one, other weights of any sum, none below 0
 * @returns null where one has no weight
 * @throws RangeError for lists of different lengths
 */
export function jensenShannonDivergence(one: ArrayLike<number>, other: ArrayLike<number>): number | null {
  requireSameLength(one, other, "distributions");
  let [total, otherTotal] = [0, 0];
  for (let index = 0; index < one.length; index++) {
    total += one[index];
    otherTotal += other[index];
  }
  if (!(total > 0 && otherTotal > 0)) return null;
  let sum = 0;
  for (let index = 0; index < one.length; index++) {
    const [p, q] = [one[index] / total, other[index] / otherTotal];
    const middle = (p + q) / 2;
    if (p > 0) sum += (p / 2) * Math.log2(p / middle);
    if (q > 0) sum += (q / 2) * Math.log2(q / middle);
  }
  return Math.min(1, Math.max(0, sum));
}
