/** The lowest and highest sample of each bucket; NaN where a bucket has no valid sample. */
export interface Envelope {
  readonly minimum: Float32Array;
  readonly maximum: Float32Array;
}

/**
 * Minimum and maximum of a signal in `buckets` equal parts of `[from, to)`, so that a plot of few pixels still shows
 * every spike. Each sample falls into exactly one bucket; a bucket narrower than a sample takes the one it lies in.
 * @param samples invalid ones are NaN and are passed over
 * @param from, to in samples; what lies outside of the signal is empty
 * @returns `[bucket]`, in the unit of the samples
 */
export function envelope(samples: Float32Array, from: number, to: number, buckets: number): Envelope {
  const minimum = new Float32Array(buckets).fill(Number.NaN);
  const maximum = new Float32Array(buckets).fill(Number.NaN);
  const width = (to - from) / buckets;
  for (let bucket = 0; bucket < buckets; bucket++) {
    const first = Math.floor(from + bucket * width);
    const last = Math.max(first + 1, Math.floor(from + (bucket + 1) * width));
    let lowest = Number.POSITIVE_INFINITY;
    let highest = Number.NEGATIVE_INFINITY;
    for (let index = Math.max(0, first); index < Math.min(last, samples.length); index++) {
      const value = samples[index];
      // NaN fails both comparisons.
      if (value < lowest) lowest = value;
      if (value > highest) highest = value;
    }
    if (lowest <= highest) {
      minimum[bucket] = lowest;
      maximum[bucket] = highest;
    }
  }
  return { minimum, maximum };
}
