import { Failure } from "../domain/failure.ts";

/** Seconds of each unit in which a column may give the time; a running number of samples has none. */
const seconds = { s: 1, ms: 1e-3, µs: 1e-6, min: 60 } as const;

export type TimeUnit = keyof typeof seconds | "sample";

/** When each sample was taken, as a table states it. */
export interface TimeColumn {
  /** In `unit`. */
  readonly times: Float64Array;
  /** Of the last printed digit, in `unit`. */
  readonly resolution: number;
  /** Null where the table does not say. */
  readonly unit: TimeUnit | null;
}

export interface Timing {
  /** Hz */
  readonly samplingFrequency: number;
  /** What the table left open, and how it was taken; null where nothing was. */
  readonly assumption: string | null;
}

/** By how much of a step a sample may come early or late, beside what the printed digits explain. */
const jitter = 0.02;
/** Relative uncertainty beyond which the digits do not tell the frequency. */
const mostUncertain = 1e-3;
/** Hz; what an ECG is sampled with. Seconds and milliseconds of such steps cannot be confused. */
const plausible = { from: 50, to: 10_000 } as const;
const allowed = { from: 1e-6, to: 1e7 } as const;

/** @throws Failure `frequency-value` where a given frequency cannot be one */
export function checkFrequency(given: number | undefined, place: string): number | null {
  if (given === undefined) return null;
  if (given >= allowed.from && given <= allowed.to) return given;
  throw new Failure(
    "frequency-value",
    `A sampling frequency of ${given} Hz cannot be.`,
    place,
    "Give the samples a second, for instance 360.",
  );
}

/** The question that only a person can answer, under one code for all formats. */
export function frequencyNeeded(why: string, place: string): Failure {
  return new Failure("frequency-needed", why, place, "Give the sampling frequency in Hz.");
}

/**
 * The sampling frequency of a regular time column. Times are printed with so many digits and no more, so that they
 * allow a range of frequencies; the roundest in it is taken.
 * @param given Hz, where a person stated it: the column must agree
 * @param place of a row in the file, for failures
 * @throws Failure `csv-time` with the line, or `frequency-needed`
 */
export function readTiming(
  column: TimeColumn,
  given: number | null,
  fileName: string,
  place: (row: number) => string,
): Timing {
  const { times, resolution } = column;
  const gap = times.findIndex(Number.isNaN);
  if (gap >= 0) throw irregular("The sample has no time.", place(gap));
  const steps = times.length - 1;
  if (steps < 1) {
    if (given !== null) return { samplingFrequency: given, assumption: null };
    throw frequencyNeeded("One sample does not tell its sampling frequency.", fileName);
  }
  const span = times[steps] - times[0];
  const step = span / steps;
  if (!(step > 0)) throw irregular("The time does not go on.", place(steps));
  const spacing = spacingOf(times, step);
  if (spacing.backAt > 0) throw irregular("The time goes back.", place(spacing.backAt));
  const isCoarse = resolution > spacing.usual / 2;
  const isEven = spacing.largestLeap < Math.max(resolution / 4, 1e-9 * step);
  // Two neighbours may each be half a digit off; over the whole column so may both its ends, or a digit where it was cut.
  if (!isCoarse && spacing.largestLeap > resolution + jitter * step) {
    throw unequal(times, spacing.usual, spacing.leapAt, place);
  }
  if (spacing.furthest > 2 * resolution + jitter * step)
    throw unequal(times, step, spacing.furthestAt, place);
  const uncertainty = Math.max(resolution, 2 * spacing.furthest) / span + 1e-9;
  const { unit, assumption } = unitOf(column, step, uncertainty, given, fileName);
  if (unit === "sample") {
    const at = times.findIndex((time, row) => row > 0 && time - times[row - 1] !== 1);
    if (at > 0) throw unequal(times, 1, at, place);
    if (given === null) {
      throw frequencyNeeded("The samples are numbered, which does not tell their frequency.", fileName);
    }
    return { samplingFrequency: given, assumption };
  }
  const measured = 1 / (step * seconds[unit]);
  if (given !== null) {
    const stated = 1 / (given * seconds[unit]);
    const tolerance = Math.max(0.99 * resolution, jitter * stated, 1e-9 * span);
    const off = times.findIndex((time, row) => Math.abs(time - times[0] - row * stated) > tolerance);
    if (off < 0) return { samplingFrequency: given, assumption };
    throw irregular(`The times say ${round(measured)} Hz, and you say ${given} Hz.`, place(off));
  }
  // Where digits are as coarse as steps, a missing sample looks like a rounded time.
  if (!isEven && (isCoarse || uncertainty > mostUncertain)) {
    throw frequencyNeeded("The times have too few digits to tell the sampling frequency.", fileName);
  }
  if (!(measured >= allowed.from && measured <= allowed.to)) {
    throw irregular(`Its times say ${round(measured)} Hz, which cannot be.`, fileName);
  }
  // Equal steps are taken at their word, unless the word is a rounded one.
  const digits = isEven && uncertainty > mostUncertain ? 1e-9 : uncertainty;
  return { samplingFrequency: isEven ? wholeOr(measured, digits) : roundest(measured, digits), assumption };
}

/** The unit that the table states, or else the only one of those that fits. */
function unitOf(
  { unit }: TimeColumn,
  step: number,
  uncertainty: number,
  given: number | null,
  fileName: string,
): { readonly unit: TimeUnit; readonly assumption: string | null } {
  if (unit !== null) return { unit, assumption: null };
  const fits = (candidate: TimeUnit) => {
    if (candidate === "sample") return Math.abs(step - 1) <= uncertainty;
    const frequency = 1 / (step * seconds[candidate]);
    if (given !== null) return Math.abs(frequency / given - 1) <= uncertainty + 1e-6;
    return frequency >= plausible.from && frequency <= plausible.to;
  };
  const candidates = (["s", "ms", "sample"] as const).filter(fits);
  // At 1000 Hz milliseconds and running numbers are the same.
  if (candidates.length === 1 || (given !== null && candidates.length > 1)) {
    return {
      unit: candidates[0],
      assumption:
        candidates[0] === "sample"
          ? "Its time column was taken for running numbers of the samples."
          : `Its time column was taken for ${candidates[0]}, in which it makes a sampling frequency of ${round(1 / (step * seconds[candidates[0]]))} Hz.`,
    };
  }
  if (given === null)
    throw frequencyNeeded("It does not say in which unit its time column counts.", fileName);
  throw irregular(`Its time column, in steps of ${round(step)}, does not fit ${given} Hz.`, fileName);
}

interface Spacing {
  /** The median of the time from one sample to the next. */
  readonly usual: number;
  /** The most by which such a time differs from it, and the row of the later sample. */
  readonly largestLeap: number;
  readonly leapAt: number;
  /** The most by which a sample is off the regular grid from the first to the last, and its row. */
  readonly furthest: number;
  readonly furthestAt: number;
  /** The first row with an earlier time than the one before it; 0 where there is none. */
  readonly backAt: number;
}

function spacingOf(times: Float64Array, step: number): Spacing {
  const differences = Float64Array.from({ length: times.length - 1 }, (_, at) => times[at + 1] - times[at]);
  const usual = Float64Array.from(differences).sort()[differences.length >> 1];
  const [largestLeap, leap] = largest(differences, (difference) => Math.abs(difference - usual));
  const [furthest, furthestAt] = largest(times, (time, row) => Math.abs(time - times[0] - row * step));
  const backAt = differences.findIndex((difference) => difference < 0) + 1;
  return { usual, largestLeap, leapAt: leap + 1, furthest, furthestAt: Math.max(furthestAt, 1), backAt };
}

function largest(values: Float64Array, of: (value: number, index: number) => number): [number, number] {
  let most = 0;
  let at = 0;
  for (let index = 0; index < values.length; index++) {
    const size = of(values[index], index);
    if (size <= most) continue;
    most = size;
    at = index;
  }
  return [most, at];
}

function unequal(times: Float64Array, step: number, row: number, place: (row: number) => string): Failure {
  const here = round(times[row] - times[row - 1]);
  return irregular(
    `The samples are not equally spaced: a step is ${round(step)}, and to this sample it is ${here}.`,
    place(row),
  );
}

/** The number with the fewest decimals within a relative uncertainty. */
function roundest(value: number, uncertainty: number): number {
  for (let digits = 0; digits <= 9; digits++) {
    const rounded = Math.round(value * 10 ** digits) / 10 ** digits;
    if (rounded > 0 && Math.abs(rounded / value - 1) <= uncertainty) return rounded;
  }
  return value;
}

function wholeOr(value: number, uncertainty: number): number {
  const whole = Math.round(value);
  return Math.abs(whole / value - 1) <= uncertainty ? whole : roundest(value, 1e-9);
}

const round = (value: number) => Number(value.toPrecision(6));

function irregular(message: string, place: string): Failure {
  return new Failure(
    "csv-time",
    message,
    place,
    "Resample the record, fill its gaps with empty cells, or take the time column out and give the frequency.",
  );
}
