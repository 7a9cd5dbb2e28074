/** @throws RangeError naming the first value that is no finite number, or lies outside the range */
export function requireNumbers(
  values: ArrayLike<number>,
  what: string,
  { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY } = {},
): void {
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (!Number.isFinite(value)) throw new RangeError(`${what} ${index} is ${value}, not a finite number`);
    if (value < least || value > most) {
      throw new RangeError(`${what} ${index} is ${value}, outside ${least} to ${most}`);
    }
  }
}

/** @throws RangeError where two lists that belong together differ in length */
export function requireSameLength(one: ArrayLike<unknown>, other: ArrayLike<unknown>, what: string): void {
  if (one.length !== other.length) throw new RangeError(`${what}: ${one.length} and ${other.length} values`);
}

/** @throws RangeError for what is no whole number of at least `least` */
export function requireCount(value: number, what: string, least: number): void {
  if (!Number.isInteger(value) || value < least) {
    throw new RangeError(`${what} is ${value}, not a whole number from ${least}`);
  }
}

/** @throws RangeError for what does not lie strictly between 0 and 1 */
export function requireShare(value: number, what: string): void {
  if (!(value > 0 && value < 1)) throw new RangeError(`${what} is ${value}, not between 0 and 1`);
}
