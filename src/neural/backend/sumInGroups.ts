/**
 * A sum of any number of terms by sums of at most so many.
 * @param most    terms of one sum, at least 2
 * @param sum     makes a new value, also of one term
 * @param release gives back a sum that was only on the way
 */
export function sumInGroups<T>(
  terms: readonly T[],
  most: number,
  sum: (terms: readonly T[]) => T,
  release: (partial: T) => void,
): T {
  if (terms.length <= most) return sum(terms);
  const partials: T[] = [];
  for (let first = 0; first < terms.length; first += most) {
    partials.push(sum(terms.slice(first, first + most)));
  }
  const total = sumInGroups(partials, most, sum, release);
  for (const partial of partials) release(partial);
  return total;
}
