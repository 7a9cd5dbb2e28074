import { requireNumbers } from "../checks.ts";

/**
 * p-values adjusted for the number of tests by Holm's step-down procedure (Scand J Statist 1979;6:65): the i-th smallest
 * of m, times m − i + 1, and at least as large as the one before. Rejecting where the adjusted value is at most α makes
 * the probability of any false rejection at most α, whatever the dependence of the tests. As R's
 * `p.adjust(method = "holm")`.
 * @param probabilities the unadjusted p-values of one family, 0 to 1
 * @returns the adjusted p-values in the same order
 * @throws RangeError for values outside 0 to 1
 */
export function holmAdjusted(probabilities: readonly number[]): number[] {
  requireNumbers(probabilities, "p-value", { least: 0, most: 1 });
  const order = probabilities.map((_, index) => index);
  order.sort((one, other) => probabilities[one] - probabilities[other]);
  const adjusted = new Array<number>(probabilities.length);
  let largest = 0;
  order.forEach((index, place) => {
    largest = Math.max(largest, Math.min(1, (probabilities.length - place) * probabilities[index]));
    adjusted[index] = largest;
  });
  return adjusted;
}
