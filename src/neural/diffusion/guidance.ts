/**
 * Classifier-free guidance (Ho & Salimans 2022): without a class, and from there `weight` times the way to that with it. 1 is
 * the class alone, 0 none; above 1 the class counts more than it was trained to.
 * @param withClass    prediction, values of any number
 * @param withoutClass prediction of the same
 */
export function guided(withClass: Float32Array, withoutClass: Float32Array, weight: number): Float32Array {
  if (weight === 1) return withClass;
  return withClass.map((value, at) => withoutClass[at] + weight * (value - withoutClass[at]));
}
