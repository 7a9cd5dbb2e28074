import { filterSections, initialState, type SecondOrderSections } from "./iir.ts";

/**
 * Filters forwards and backwards: no wave is shifted, and the gain is squared. The ends are lengthened by their own
 * image, turned about the end point, and the filter begins at rest on the first value (Gustafsson's problem, solved as
 * in SciPy's `sosfiltfilt` with its default padding).
 * @param samples `[time]`, without NaN
 * @throws RangeError for a signal that is shorter than the padding
 */
export function filterZeroPhase(sections: SecondOrderSections, samples: ArrayLike<number>): Float64Array {
  const padding = paddingOf(sections);
  const { length } = samples;
  if (length <= padding) {
    throw new RangeError(
      `a signal of ${length} samples is too short: this filter needs more than ${padding}`,
    );
  }
  const extended = new Float64Array(length + 2 * padding);
  for (let index = 0; index < length; index++) extended[padding + index] = samples[index];
  for (let index = 1; index <= padding; index++) {
    extended[padding - index] = 2 * samples[0] - samples[index];
    extended[padding + length - 1 + index] = 2 * samples[length - 1] - samples[length - 1 - index];
  }
  const rest = initialState(sections);
  const once = (signal: Float64Array) =>
    filterSections(
      sections,
      signal,
      rest.map((value) => value * signal[0]),
    );
  return once(once(extended).reverse())
    .reverse()
    .slice(padding, padding + length);
}

/** Samples by which each end is lengthened. */
export function paddingOf(sections: SecondOrderSections): number {
  const withoutZero = sections.filter(({ b2 }) => b2 === 0).length;
  const withoutPole = sections.filter(({ a2 }) => a2 === 0).length;
  return 3 * (2 * sections.length + 1 - Math.min(withoutZero, withoutPole));
}
