import { Failure } from "../../domain/failure.ts";
import { type NoiseSchedule, scheduleOfBetas, terminalSignal } from "./schedule.ts";

/** The six variances that DiffWave samples with (Kong et al., ICLR 2021, appendix C). */
export const fastBetas = [1e-4, 1e-3, 1e-2, 0.05, 0.2, 0.5] as const;

/**
 * The steps of a training at which a short schedule has as much noise, between two whole ones where it falls there: √ᾱ is
 * interpolated linearly (Kong et al., ICLR 2021, section 3 and appendix C).
 * @returns `[betas.length]`
 * @throws Failure `schedule-not-aligned` where the short schedule goes beyond what was trained
 */
export function alignedSteps(training: NoiseSchedule, betas: readonly number[]): number[] {
  const levels = Array.from(training.signal, Math.sqrt);
  return Array.from(scheduleOfBetas(betas).signal, Math.sqrt).map((level) => {
    // Both begin with the same β, whose roots may differ in the last bit.
    if (level >= levels[0]) return 0;
    const after = levels.findIndex((each) => each <= level);
    if (after < 0) {
      throw new Failure(
        "schedule-not-aligned",
        `The short schedule leaves ${level.toFixed(3)} of the signal, the training's last step ${terminalSignal(training).toFixed(3)}.`,
        "sampler",
        "Choose another sampler, or train with more noise in the last step.",
      );
    }
    const before = after - 1;
    return before + (levels[before] - level) / (levels[before] - levels[after]);
  });
}
