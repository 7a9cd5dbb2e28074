/** CSS pixels in a millimetre where nobody has calibrated the screen: CSS's own inch of 96 pixels. */
export const cssPixelsPerMillimetre = 96 / 25.4;

/** Width before the first sample: room for the calibration pulse, mm. */
export const leadIn = 12;
/** Paper after the last sample, mm. */
export const leadOut = 5;
/** Height of the calibration pulse in units of the signal, and its length in s (standard ECG practice). */
export const pulse = { height: 1, length: 0.2 } as const;

/** The scale of a strip: it never depends on the window. */
export interface PaperScale {
  /** mm/s */
  readonly speed: number;
  /** mm/mV, or mm/SD for a standardised signal */
  readonly gain: number;
  /** CSS pixels */
  readonly pixelsPerMillimetre: number;
}

/** A signal on paper: value at the middle line, and height of the paper in mm. */
export interface PaperHeight {
  readonly middle: number;
  readonly millimetres: number;
}

export interface Trace {
  readonly samples: Float32Array;
  /** Hz */
  readonly samplingFrequency: number;
  readonly unit: string;
}

/** Width of the whole strip, mm. */
export function stripWidth(duration: number, speed: number): number {
  return leadIn + duration * speed + leadOut;
}

/** CSS pixels from the left end of the strip at a time (s). */
export function xOfTime(time: number, scale: PaperScale): number {
  return (leadIn + time * scale.speed) * scale.pixelsPerMillimetre;
}

/** Time (s) at CSS pixels from the left end of the strip. */
export function timeOfX(x: number, scale: PaperScale): number {
  return (x / scale.pixelsPerMillimetre - leadIn) / scale.speed;
}

/** CSS pixels from the top at a value. */
export function yOfValue(value: number, scale: PaperScale, height: PaperHeight): number {
  return (height.millimetres / 2 - (value - height.middle) * scale.gain) * scale.pixelsPerMillimetre;
}

const [lowest, highest, increment] = [40, 90, 10] as const;

/**
 * The paper that a signal needs: its range and a margin of 4 mm on both sides, in steps of 10 mm. A paper in use keeps
 * its middle while the signal still fits, so that it does not jump under a moving slider.
 */
export function heightFor(samples: Float32Array, gain: number, current: PaperHeight | null): PaperHeight {
  let [minimum, maximum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of samples) {
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
  }
  if (minimum > maximum) return current ?? { middle: 0, millimetres: lowest };
  const margin = 4;
  const fits = (height: PaperHeight) =>
    (maximum - height.middle) * gain <= height.millimetres / 2 - margin / 2 &&
    (height.middle - minimum) * gain <= height.millimetres / 2 - margin / 2;
  const needed = Math.min(
    highest,
    Math.max(lowest, Math.ceil(((maximum - minimum) * gain + 2 * margin) / increment) * increment),
  );
  if (current !== null && fits(current) && needed >= current.millimetres - increment) return current;
  // The middle stands on a grid line, so that the lines mean round values.
  const grid = 5 / gain;
  return { middle: Math.round((minimum + maximum) / 2 / grid) * grid, millimetres: needed };
}
