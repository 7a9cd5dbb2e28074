import type { Random } from "../../signal/random.ts";

export interface Augmentation {
  /** Share of a recording that a mask covers. */
  readonly maskRatio: number;
  /** Largest share of a recording by which it is shifted. */
  readonly maxShiftRatio: number;
}

/**
 * Copies a recording with one window set to 0, the mean of a standardised recording, and then shifted to one side with
 * zeros behind it, as the authors' loader does: the window's length is fixed and its place random; the shift is uniform up
 * to the largest, to either side.
 * @param target of the recording's length; all of it is written
 */
export function augment(
  target: Float32Array,
  recording: Float32Array,
  { maskRatio, maxShiftRatio }: Augmentation,
  random: Random,
): void {
  const { length } = recording;
  const masked = Math.floor(maskRatio * length);
  const maskStart = random.integer(length - masked + 1);
  const shift = Math.floor(random.uniform() * maxShiftRatio * length);
  const toTheRight = random.uniform() < 0.5;
  target.fill(0);
  const put = (from: number, to: number) => {
    const [start, end] = toTheRight ? [from, Math.min(to, length - shift)] : [Math.max(from, shift), to];
    if (end > start) target.set(recording.subarray(start, end), toTheRight ? start + shift : start - shift);
  };
  put(0, maskStart);
  put(maskStart + masked, length);
}
