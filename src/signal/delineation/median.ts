/** The upper median. @throws RangeError for no values */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError("no median of no values");
  return values.toSorted((one, other) => one - other)[values.length >> 1];
}
