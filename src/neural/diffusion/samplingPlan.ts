import { alignedSteps, fastBetas } from "./alignedSteps.ts";
import { type NoiseSchedule, scheduleOfBetas } from "./schedule.ts";

/** Ways from noise to a signal: every step of the training, six of them, or as many as wished. */
export const samplers = ["implicit", "ancestral", "aligned"] as const;
export type Sampler = (typeof samplers)[number];

/** One step of sampling, from more noise to less. */
export interface SamplingStep {
  /** Step of the training whose noise level it starts from; between two whole ones for the aligned sampler. */
  readonly time: number;
  /** ᾱ before the step. */
  readonly signal: number;
  /** The next signal: `kept` · noisy signal + `told` · predicted signal + `noise` · a new deviate. */
  readonly kept: number;
  readonly told: number;
  readonly noise: number;
}

export interface SamplingChoice {
  readonly sampler: Sampler;
  /** Steps of the implicit sampler. */
  readonly steps: number;
  /** Share of new noise in each step of the implicit sampler: 0 none, 1 as the ancestral one. */
  readonly eta: number;
}

/**
 * The steps of a sampler, the noisiest first. All are of one form, that of implicit models (Song, Meng & Ermon, ICLR 2021,
 * equation 12): over all steps with η = 1 it is ancestral sampling with the variance of the posterior.
 * @throws Failure `schedule-not-aligned`
 */
export function samplingPlan(
  schedule: NoiseSchedule,
  { sampler, steps, eta }: SamplingChoice,
): SamplingStep[] {
  if (sampler === "aligned") {
    const times = alignedSteps(schedule, fastBetas);
    return planOf(times, scheduleOfBetas(fastBetas).signal, 1);
  }
  const times =
    sampler === "ancestral"
      ? Array.from({ length: schedule.steps }, (_, t) => t)
      : evenSteps(schedule.steps, steps);
  const signal = Float64Array.from(times, (time) => schedule.signal[time]);
  return planOf(times, signal, sampler === "ancestral" ? 1 : eta);
}

/** Whole steps at even distances, first and last among them, each once. */
export function evenSteps(total: number, wanted: number): number[] {
  const count = Math.min(total, wanted);
  if (count === 1) return [total - 1];
  return Array.from({ length: count }, (_, index) => Math.round((index * (total - 1)) / (count - 1)));
}

function planOf(times: readonly number[], signal: ArrayLike<number>, eta: number): SamplingStep[] {
  return times
    .map((time, index) => {
      const next = index === 0 ? 1 : signal[index - 1];
      return { time, signal: signal[index], ...stepBetween(signal[index], next, eta) };
    })
    .reverse();
}

/**
 * A step from one noise level to another.
 * @param from ᾱ before it, below 1
 * @param to   ᾱ after it
 */
export function stepBetween(
  from: number,
  to: number,
  eta: number,
): Pick<SamplingStep, "kept" | "told" | "noise"> {
  const noise = eta * Math.sqrt((1 - to) / (1 - from)) * Math.sqrt(Math.max(0, 1 - from / to));
  // The noise found in the signal, as (noisy − √ᾱ · signal) / √(1 − ᾱ), is added again at the new level.
  const kept = Math.sqrt(Math.max(0, 1 - to - noise ** 2) / (1 - from));
  return { kept, told: Math.sqrt(to) - kept * Math.sqrt(from), noise };
}
