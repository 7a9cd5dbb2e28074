/** Part of a lead without gaps. */
export interface Stretch {
  /** `[time]`, finite. */
  readonly samples: Float64Array;
  /** Position of the first sample in the lead. */
  readonly start: number;
  /** Whether it ends at a gap or an end of the lead, not where it was asked to end. */
  readonly isCutBefore: boolean;
  readonly isCutAfter: boolean;
}

/** What lies around a sample without a gap, within bounds (both included); null where that is less than four samples. */
export function stretchAround(
  samples: Float32Array,
  centre: number,
  earliest: number,
  latest: number,
): Stretch | null {
  const first = Math.max(0, Math.ceil(earliest));
  const last = Math.min(samples.length - 1, Math.floor(latest));
  if (!(first <= last)) return null;
  let from = Math.min(last, Math.max(first, Math.round(centre)));
  let to = from;
  if (!Number.isFinite(samples[from])) return null;
  while (from > first && Number.isFinite(samples[from - 1])) from--;
  while (to < last && Number.isFinite(samples[to + 1])) to++;
  if (to - from < 3) return null;
  return {
    samples: Float64Array.from(samples.subarray(from, to + 1)),
    start: from,
    isCutBefore: from > earliest + 1,
    isCutAfter: to < latest - 1,
  };
}
