/** A stretch of one sign in a wavelet transform: one slope of a wave. */
export interface Lobe {
  /** First and last element. */
  readonly from: number;
  readonly to: number;
  /** Element of its modulus maximum. */
  readonly at: number;
  /** Transform at the maximum; positive where the signal rises. */
  readonly height: number;
}

/** The lobes between two elements of a transform, both included, in order of time. */
export function lobesWithin(slopes: Float64Array, from: number, to: number): Lobe[] {
  const lobes: Lobe[] = [];
  const last = Math.min(to, slopes.length - 1);
  let start = Math.max(0, from);
  while (start <= last) {
    const sign = Math.sign(slopes[start]);
    let end = start;
    let at = start;
    while (end < last && Math.sign(slopes[end + 1]) === sign) {
      end++;
      if (Math.abs(slopes[end]) > Math.abs(slopes[at])) at = end;
    }
    if (sign !== 0) lobes.push({ from: start, to: end, at, height: slopes[at] });
    start = end + 1;
  }
  return lobes;
}

/** The highest of some lobes; null for none. */
export function highest(lobes: readonly Lobe[]): Lobe | null {
  let found: Lobe | null = null;
  for (const lobe of lobes) {
    if (found === null || Math.abs(lobe.height) > Math.abs(found.height)) found = lobe;
  }
  return found;
}

/** Where the transform crosses zero between two neighbouring lobes: the extremum of the wave. */
export function crossing(slopes: Float64Array, before: Lobe, after: Lobe): number {
  const left = Math.abs(slopes[before.to]);
  const right = Math.abs(slopes[after.from]);
  return before.to + ((after.from - before.to) * left) / (left + right);
}

/** How a wave is left from the maximum of its outermost slope. */
export interface Descent {
  /** Share of the maximum below which the slope counts as over. */
  readonly share: number;
  /** A minimum of the slope ends it, too, where it lies below this share of the maximum. */
  readonly minimumShare: number;
}

/**
 * Where a slope is over, going from the maximum of a lobe: at `share` of its height, or at a minimum before that.
 * @param step −1 towards the past, 1 towards the future
 * @param limit element that is not passed
 * @returns an element, interpolated; null where the slope is not over at the limit
 */
export function endOfSlope(
  slopes: Float64Array,
  lobe: Lobe,
  step: -1 | 1,
  limit: number,
  { share, minimumShare }: Descent,
): number | null {
  const sign = Math.sign(lobe.height);
  const peak = Math.abs(lobe.height);
  const threshold = share * peak;
  let here = peak;
  for (let n = lobe.at; n !== limit; n += step) {
    const next = sign * slopes[n + step];
    if (next < threshold) return n + (step * (here - threshold)) / (here - next);
    if (next > here && here < minimumShare * peak) return n;
    here = next;
  }
  return null;
}
