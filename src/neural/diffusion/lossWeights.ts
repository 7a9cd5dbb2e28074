import { type Prediction, signalDeviation } from "./prediction.ts";
import { signalToNoise } from "./schedule.ts";

/** How the steps count in the loss. */
export const weightings = ["uniform", "signalToNoise", "limited"] as const;
export type Weighting = (typeof weightings)[number];

/** γ of Hang et al. (ICCV 2023). */
export const signalToNoiseLimit = 5;

/**
 * What the squared error of a step counts. The weights by the ratio are those of the error of the signal: min(SNR, γ) for
 * a network that tells the signal, that over SNR for noise, over SNR + 1 for velocity (Hang et al., ICCV 2023), and over
 * SNR + 1 / s² for that of signals of the deviation s.
 * @param signal ᾱ of the step, above 0 for noise
 */
export function lossWeight(
  weighting: Weighting,
  prediction: Prediction,
  signal: number,
  limit = signalToNoiseLimit,
): number {
  if (weighting === "uniform") return 1;
  const ratio = signalToNoise(signal);
  const ofSignal = weighting === "limited" ? Math.min(ratio, limit) : ratio;
  if (prediction === "signal") return ofSignal;
  if (prediction === "noise") return ofSignal / ratio;
  return ofSignal / (ratio + (prediction === "velocity" ? 1 : 1 / signalDeviation ** 2));
}
