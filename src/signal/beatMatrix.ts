/** Beats of one length, packed row after row. */
export interface BeatMatrix {
  /** Index of each row among the given R peaks: a beat that reaches over an end, or into a gap, has none. */
  readonly rows: Int32Array;
  /** `[row, length]`, in the unit of the lead. */
  readonly samples: Float32Array;
  readonly length: number;
}

/** A window around an R peak, in samples. */
export interface BeatSpan {
  readonly before: number;
  /** The R peak is the first of these. */
  readonly after: number;
}

/**
 * The window of the PGAN and SimGAN papers: 200 ms before and 400 ms after the R peak, 216 samples at 360 Hz with the
 * peak at 72 (Golany & Radinsky 2019).
 */
export function paperSpan(samplingFrequency: number): BeatSpan {
  return { before: Math.round(0.2 * samplingFrequency), after: Math.round(0.4 * samplingFrequency) };
}

/**
 * Cuts beats out of a lead.
 * @param samples `[time]`; a beat with a NaN in it is left out
 * @param rPeaks  in samples
 */
export function cutBeats(
  samples: Float32Array,
  rPeaks: ArrayLike<number>,
  { before, after }: BeatSpan,
): BeatMatrix {
  const length = before + after;
  const packed = new Float32Array(rPeaks.length * length);
  const rows = new Int32Array(rPeaks.length);
  let count = 0;
  for (let index = 0; index < rPeaks.length; index++) {
    const start = rPeaks[index] - before;
    if (start < 0 || start + length > samples.length) continue;
    const beat = samples.subarray(start, start + length);
    if (beat.some(Number.isNaN)) continue;
    packed.set(beat, count * length);
    rows[count++] = index;
  }
  return { rows: rows.slice(0, count), samples: packed.slice(0, count * length), length };
}

/** How the rows of a matrix are brought to one level and height. */
export type BeatScaling = "none" | "mean" | "standardise" | "range";

/**
 * A copy with every beat brought to mean 0 (`mean`), mean 0 and standard deviation 1 (`standardise`), or lowest 0 and
 * highest 1 (`range`). A flat beat becomes 0.
 */
export function scaleBeats({ rows, samples, length }: BeatMatrix, scaling: BeatScaling): BeatMatrix {
  const scaled = samples.slice();
  for (let row = 0; row < rows.length; row++) {
    const beat = scaled.subarray(row * length, (row + 1) * length);
    if (scaling === "range") {
      let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      for (const value of beat) {
        lowest = Math.min(lowest, value);
        highest = Math.max(highest, value);
      }
      const range = highest - lowest || 1;
      for (let at = 0; at < length; at++) beat[at] = (beat[at] - lowest) / range;
    } else if (scaling !== "none") {
      let [sum, squares] = [0, 0];
      for (const value of beat) sum += value;
      const mean = sum / length;
      for (const value of beat) squares += (value - mean) ** 2;
      const deviation = scaling === "mean" ? 1 : Math.sqrt(squares / length) || 1;
      for (let at = 0; at < length; at++) beat[at] = (beat[at] - mean) / deviation;
    }
  }
  return { rows, samples: scaled, length };
}

/** Mean and standard deviation at every instant, over some rows of a matrix. */
export interface MeanBeat {
  readonly count: number;
  /** `[length]` */
  readonly mean: Float32Array;
  /** `[length]`, with n − 1; 0 for a single beat. */
  readonly standardDeviation: Float32Array;
}

/** The mean beat of some rows; null for none. */
export function meanBeat({ samples, length }: BeatMatrix, chosen: ArrayLike<number>): MeanBeat | null {
  const count = chosen.length;
  if (count === 0) return null;
  const sums = new Float64Array(length);
  const squares = new Float64Array(length);
  for (let index = 0; index < count; index++) {
    const start = chosen[index] * length;
    for (let at = 0; at < length; at++) sums[at] += samples[start + at];
  }
  const mean = Float32Array.from(sums, (sum) => sum / count);
  for (let index = 0; index < count; index++) {
    const start = chosen[index] * length;
    for (let at = 0; at < length; at++) squares[at] += (samples[start + at] - mean[at]) ** 2;
  }
  const degrees = Math.max(1, count - 1);
  return { count, mean, standardDeviation: Float32Array.from(squares, (sum) => Math.sqrt(sum / degrees)) };
}

/**
 * Moves each R peak to where its beat agrees best with the mean beat, by cross correlation within a reach; repeated
 * until nothing moves, at most five times.
 * @param reach samples
 * @returns the moved R peaks
 */
export function alignBeats(
  samples: Float32Array,
  rPeaks: ArrayLike<number>,
  span: BeatSpan,
  reach: number,
): Int32Array {
  const aligned = Int32Array.from(rPeaks);
  for (let round = 0; round < 5; round++) {
    const matrix = cutBeats(samples, aligned, span);
    const template = meanBeat(
      matrix,
      matrix.rows.map((_, row) => row),
    )?.mean;
    if (template === undefined) return aligned;
    const centre = template.reduce((sum, value) => sum + value, 0) / template.length;
    let moved = false;
    for (const index of matrix.rows) {
      let [best, most] = [0, Number.NEGATIVE_INFINITY];
      for (let shift = -reach; shift <= reach; shift++) {
        const start = aligned[index] - span.before + shift;
        if (start < 0 || start + template.length > samples.length) continue;
        let product = 0;
        for (let at = 0; at < template.length; at++) product += (template[at] - centre) * samples[start + at];
        // A tie keeps the peak where it is.
        if (product > most || (product === most && shift === 0)) [best, most] = [shift, product];
      }
      aligned[index] += best;
      moved ||= best !== 0;
    }
    if (!moved) break;
  }
  return aligned;
}
