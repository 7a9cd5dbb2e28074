import { euler } from "../integrators/euler.ts";
import { makeStepper } from "../integrators/explicit.ts";
import { type AngleDifference, type Drive, heartEquations, shortestWay } from "../mcsharry/dynamics.ts";

/** Samples of a beat: 0.6 s at 360 Hz. */
export const beatLength = 216;

const turn = 2 * Math.PI;
/** Hz, of the respiratory baseline. */
const respiration = 0.25;

/** How the beat's cycle is stepped through; the sources disagree on nearly all of it. */
export interface CycleOptions {
  /** Step of the integration and of the finite difference: a cycle takes 1. */
  readonly step: number;
  /** By how much the time of the baseline (s) advances with every sample. */
  readonly clockStep: number;
  /** `shortest` takes angles the shorter way round; `plain` leaves the difference as it is, as C's fmod does. */
  readonly difference: "shortest" | "plain";
  /** Of the respiratory baseline, in the model's own unit. */
  readonly baselineAmplitude: number;
  /** `constant` is 2π; `released` follows the program's fixed series of RR intervals. */
  readonly angularVelocity: "constant" | "released";
  /** Angle of the first sample, rad. */
  readonly startAngle: number;
}

/** What the released program of SimGAN does inside its loss. */
export const releasedCycle: CycleOptions = {
  step: 1 / beatLength,
  clockStep: 1 / 360,
  difference: "plain",
  baselineAmplitude: 0.005,
  angularVelocity: "released",
  // Its starting point is (x, y) = (−0.417750770388669, −0.9085616622823985): −114.69°, with R at sample 69.
  startAngle: Math.atan2(-0.9085616622823985, -0.417750770388669),
};

/**
 * What we recommend: the released step, whose 216 samples are one whole cycle, with waves that do not break at ±180°,
 * and a start that puts R (0°) at sample 72, where cut beats have it.
 */
export const recommendedCycle: CycleOptions = {
  ...releasedCycle,
  difference: "shortest",
  angularVelocity: "constant",
  startAngle: (-120 * Math.PI) / 180,
};

/** The numbers that the paper prints; 216 such steps end at 100°, before any T wave of its beats. */
export const paperCycle: CycleOptions = {
  ...releasedCycle,
  step: 1 / 360,
  baselineAmplitude: 0.15,
  angularVelocity: "constant",
};

/** What is the same for every beat, sample by sample. */
export interface PhaseTable {
  readonly options: CycleOptions;
  /** `[time]` rad, in (−π, π] */
  readonly theta: Float64Array;
  /** `[time]` */
  readonly x: Float64Array;
  /** `[time]` */
  readonly y: Float64Array;
  /** `[time]` z₀, in the model's own unit */
  readonly baseline: Float64Array;
}

/**
 * Phase and baseline of every sample of a beat by Euler's method, whose circle slowly widens: x and y do not depend on
 * the waves. The loss uses all samples but the last.
 */
export function phaseTable(options: CycleOptions = releasedCycle, length = beatLength): PhaseTable {
  const { step, clockStep, startAngle } = options;
  const drive = cycleDrive(options);
  // No waves: the third equation then holds the baseline alone, and is not looked at.
  const none = { theta: new Float64Array(0), a: new Float64Array(0), b: new Float64Array(0) };
  const advance = makeStepper(euler, heartEquations(none, drive), 3);
  const state = Float64Array.of(Math.cos(startAngle), Math.sin(startAngle), 0);
  const [theta, x, y, baseline] = Array.from({ length: 4 }, () => new Float64Array(length));
  let clock = 0;
  for (let index = 0; index < length; index++) {
    x[index] = state[0];
    y[index] = state[1];
    theta[index] = Math.atan2(state[1], state[0]);
    baseline[index] = drive.baseline(clock);
    advance(clock, step, state);
    clock += clockStep;
  }
  return { options, theta, x, y, baseline };
}

/** Angular velocity and baseline over the clock, for `heartEquations`. */
export function cycleDrive({ step, baselineAmplitude, angularVelocity }: CycleOptions): Drive {
  const intervals = angularVelocity === "released" ? releasedIntervals() : null;
  return {
    omega: (t) =>
      intervals === null ? turn : turn / intervals[(1 + Math.floor(t / step)) % intervals.length],
    baseline: (t) => baselineAmplitude * Math.sin(turn * respiration * t),
  };
}

/** How far apart two angles are under these options. */
export function angleDifference({ difference }: CycleOptions): AngleDifference {
  return difference === "shortest" ? shortestWay : (plain) => plain % turn;
}

/**
 * The RR intervals (s) of the released program, `[216]`: where ECGSYN draws amplitudes and phases from a spectrum, it
 * counts both up, so that these are always the same, within 1 % of 1 s but for the very last. Kept for comparison only.
 */
export function releasedIntervals(): Float64Array {
  const last = beatLength - 1;
  const raw = Float64Array.from({ length: beatLength }, (_, time) => {
    let sum = 0;
    for (let bin = 0; bin < beatLength; bin++)
      sum += (bin / last) * Math.cos(turn * (bin / last + (bin * time) / beatLength));
    return sum / beatLength;
  });
  const mean = raw.reduce((sum, value) => sum + value, 0) / beatLength;
  const variance = raw.reduce((sum, value) => sum + (value - mean) ** 2, 0) / beatLength;
  // 60 · (standard deviation of the heart rate, 1) / (its mean, 60)².
  const ratio = 1 / 60 / Math.sqrt(variance);
  return raw.map((value) => 1 + ratio * value);
}
