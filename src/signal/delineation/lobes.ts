/** A stretch of one sign in a wavelet transform: one slope of a wave. */
export interface Lobe {
  /** First and last element. */
  readonly from: number;
  readonly to: number;
  /** Element of its modulus maximum. */
  readonly at: number;
  /** Transform at the maximum; positive where the signal rises. */
  readonly height: number;
  /** Sum of the transform: by how much the smoothed signal rises, times twice the box. */
  readonly sum: number;
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
    let sum = slopes[start];
    while (end < last && Math.sign(slopes[end + 1]) === sign) {
      end++;
      sum += slopes[end];
      if (Math.abs(slopes[end]) > Math.abs(slopes[at])) at = end;
    }
    if (sign !== 0) lobes.push({ from: start, to: end, at, height: slopes[at], sum });
    start = end + 1;
  }
  return lobes;
}

/**
 * Merges ripples into the slopes that they interrupt: as long as one rises by less than `share` of the highest rise, the
 * least of them is joined with its neighbours, or dropped where it has only one.
 */
export function withoutRipples(lobes: readonly Lobe[], share: number): Lobe[] {
  const kept = [...lobes];
  const least = share * kept.reduce((most, lobe) => Math.max(most, Math.abs(lobe.sum)), 0);
  while (kept.length > 1) {
    let smallest = 0;
    for (let index = 1; index < kept.length; index++) {
      if (Math.abs(kept[index].sum) < Math.abs(kept[smallest].sum)) smallest = index;
    }
    if (Math.abs(kept[smallest].sum) >= least) break;
    if (smallest === 0) kept.shift();
    else if (smallest === kept.length - 1) kept.pop();
    else {
      const [before, ripple, after] = kept.slice(smallest - 1, smallest + 2);
      const steeper = Math.abs(before.height) >= Math.abs(after.height) ? before : after;
      const sum = before.sum + ripple.sum + after.sum;
      const merged = { from: before.from, to: after.to, at: steeper.at, height: steeper.height, sum };
      kept.splice(smallest - 1, 3, merged);
    }
  }
  return kept;
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
  for (let n = lobe.at; (limit - n) * step > 0; n += step) {
    const next = sign * slopes[n + step];
    if (next < threshold) return n + (step * (here - threshold)) / (here - next);
    if (next > here && here < minimumShare * peak) return n;
    here = next;
  }
  return null;
}
