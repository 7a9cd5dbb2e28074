/** Lowest and highest value to which the released program of SimGAN maps each beat: those of its own simulated beat. */
export const simulatedRange = { lowest: -0.01563, highest: 0.042557 } as const;

export interface ValueRange {
  readonly lowest: number;
  readonly highest: number;
}

/** Beats brought to one range, with what is needed to bring them back. */
export interface ScaledBeats {
  /** `[beat, time]` */
  readonly samples: Float32Array;
  /** `[beat]` lowest and highest value of each before, mV */
  readonly lowest: Float32Array;
  readonly highest: Float32Array;
}

/**
 * Maps the lowest and highest value of each beat to those of a range. A flat beat comes to lie at the lowest.
 * @param beats  `[beat, time]`, row after row, mV
 * @param length samples of a beat
 */
export function scaleToRange(
  beats: ArrayLike<number>,
  length: number,
  range: ValueRange = simulatedRange,
): ScaledBeats {
  const count = beats.length / length;
  const samples = new Float32Array(beats.length);
  const lowest = new Float32Array(count).fill(Number.POSITIVE_INFINITY);
  const highest = new Float32Array(count).fill(Number.NEGATIVE_INFINITY);
  for (let beat = 0; beat < count; beat++) {
    const start = beat * length;
    for (let at = start; at < start + length; at++) {
      lowest[beat] = Math.min(lowest[beat], beats[at]);
      highest[beat] = Math.max(highest[beat], beats[at]);
    }
    const factor = (range.highest - range.lowest) / (highest[beat] - lowest[beat] || 1);
    for (let at = start; at < start + length; at++)
      samples[at] = range.lowest + factor * (beats[at] - lowest[beat]);
  }
  return { samples, lowest, highest };
}

/**
 * The inverse of `scaleToRange`, `[beat, time]` in mV. For generated beats, `lowest` and `highest` come from real ones.
 */
export function scaleBack(
  { samples, lowest, highest }: ScaledBeats,
  range: ValueRange = simulatedRange,
): Float32Array {
  const length = samples.length / lowest.length;
  return samples.map((value, at) => {
    const beat = Math.floor(at / length);
    const share = (value - range.lowest) / (range.highest - range.lowest);
    return lowest[beat] + share * (highest[beat] - lowest[beat]);
  });
}

/** Another unit for beats: value in the model's own unit = scale · value + offset. */
export interface BeatUnit {
  readonly scale: number;
  readonly offset: number;
}

/** The model's own unit. */
export const modelUnit: BeatUnit = { scale: 1, offset: 0 };

/** The unit in which beats of the simulated range run over another range, such as [−1, 1]. */
export function unitOf(range: ValueRange, simulated: ValueRange = simulatedRange): BeatUnit {
  const scale = (simulated.highest - simulated.lowest) / (range.highest - range.lowest);
  return { scale, offset: simulated.lowest - scale * range.lowest };
}
