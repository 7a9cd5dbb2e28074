/** Middle value, or the mean of the two in the middle; NaN of nothing. */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** Adds a value to the last `remembered` ones. */
export function remember(recent: number[], value: number, remembered = 8): void {
  recent.push(value);
  if (recent.length > remembered) recent.shift();
}

/** Seconds of signal from which levels are learnt. */
const learnt = 8;

/** Tells how high QRS complexes stand, from the highest point of each second. */
export class Learning {
  private readonly maxima: Float64Array;
  private readonly quietest: number;

  /**
   * @param energy     `[time]`, nowhere negative, high at QRS complexes
   * @param quietShare a second whose maximum is lower than this share of the usual one is a pause, or a lead that fell
   *                   off, and teaches nothing
   */
  constructor(
    energy: Float64Array,
    private readonly samplingFrequency: number,
    quietShare: number,
  ) {
    const seconds = Math.max(1, Math.floor(energy.length / samplingFrequency));
    this.maxima = Float64Array.from({ length: seconds }, (_, second) =>
      energy
        .subarray(Math.round(second * samplingFrequency), Math.round((second + 1) * samplingFrequency))
        .reduce((highest, value) => Math.max(highest, value), 0),
    );
    // What a filter leaves behind in a flat lead is not nothing, but next to nothing.
    const negligible = 1e-9 * this.maxima.reduce((highest, value) => Math.max(highest, value), 0);
    this.quietest = quietShare * median(this.maxima.filter((value) => value > negligible));
  }

  /** Maxima of the first eight seconds from sample `from` on that are no pauses; fewer near the end. */
  from(from: number): number[] {
    const found: number[] = [];
    const first = Math.floor(from / this.samplingFrequency);
    for (let second = first; second < this.maxima.length && found.length < learnt; second++) {
      if (this.maxima[second] > 0 && this.maxima[second] >= this.quietest) found.push(this.maxima[second]);
    }
    return found;
  }
}
