import { Failure } from "../../domain/failure.ts";
import { type NoiseSchedule, terminalSignal } from "./schedule.ts";

/**
 * What a network tells of a noisy signal: the noise ε in it, the signal x₀, v = √ᾱ ε − √(1 − ᾱ) x₀ (Salimans & Ho, ICLR
 * 2022), or the same for signals of the deviation s that they have, (√ᾱ s ε − √(1 − ᾱ) x₀ / s) / √(ᾱ s² + 1 − ᾱ): what the
 * preconditioning of Karras et al. (NeurIPS 2022, equation 8) makes of a network. Each follows from each of the others.
 */
export const predictions = ["noise", "signal", "velocity", "scaledVelocity"] as const;
export type Prediction = (typeof predictions)[number];

/** Standard deviation of the signals as networks see them: most of an ECG lies between −1 and 1 then. */
export const signalDeviation = 1 / 3;

/** What velocities of a step are made of: s, √ᾱ s, √(1 − ᾱ), and the length √(ᾱ s² + 1 − ᾱ) of these two. */
function velocityParts(prediction: "velocity" | "scaledVelocity", signal: number) {
  const deviation = prediction === "velocity" ? 1 : signalDeviation;
  const [kept, added] = [Math.sqrt(signal) * deviation, Math.sqrt(1 - signal)];
  return { deviation, kept, added, length: Math.hypot(kept, added) };
}

/** A weighted sum of two signals. */
export interface Mixture {
  readonly first: number;
  readonly second: number;
}

/** The noisy signal: `first` · signal + `second` · noise. @param signal ᾱ */
export const noising = (signal: number): Mixture => ({
  first: Math.sqrt(signal),
  second: Math.sqrt(1 - signal),
});

/** What a network is to tell: `first` · signal + `second` · noise. @param signal ᾱ */
export function targetMixture(prediction: Prediction, signal: number): Mixture {
  if (prediction === "noise") return { first: 0, second: 1 };
  if (prediction === "signal") return { first: 1, second: 0 };
  const { deviation, kept, added, length } = velocityParts(prediction, signal);
  return { first: -added / deviation / length, second: kept / length };
}

/** The signal that a prediction means: `first` · noisy signal + `second` · prediction. @param signal ᾱ, above 0 for noise */
export function signalMixture(prediction: Prediction, signal: number): Mixture {
  if (prediction === "signal") return { first: 0, second: 1 };
  if (prediction === "noise") {
    const [kept, added] = [Math.sqrt(signal), Math.sqrt(1 - signal)];
    return { first: 1 / kept, second: -added / kept };
  }
  const { deviation, kept, added, length } = velocityParts(prediction, signal);
  return { first: (kept * deviation) / length ** 2, second: (-added * deviation) / length };
}

/** The noise that a prediction means: `first` · noisy signal + `second` · prediction. @param signal ᾱ, below 1 for signal */
export function noiseMixture(prediction: Prediction, signal: number): Mixture {
  if (prediction === "noise") return { first: 0, second: 1 };
  if (prediction === "signal") {
    const [kept, added] = [Math.sqrt(signal), Math.sqrt(1 - signal)];
    return { first: 1 / added, second: -kept / added };
  }
  const { kept, added, length } = velocityParts(prediction, signal);
  return { first: added / length ** 2, second: kept / length };
}

/** Mixes two signals, value by value. */
export function mixed(
  { first, second }: Mixture,
  one: ArrayLike<number>,
  other: ArrayLike<number>,
): Float32Array {
  return Float32Array.from({ length: one.length }, (_, at) => first * one[at] + second * other[at]);
}

/**
 * Refuses what cannot be learned: where nothing of the signal is left, the noise does not tell it.
 * @throws Failure `noise-without-signal`
 */
export function checkPrediction(prediction: Prediction, schedule: NoiseSchedule): void {
  if (prediction !== "noise" || terminalSignal(schedule) > 0) return;
  throw new Failure(
    "noise-without-signal",
    "Where nothing of the signal is left, the noise says nothing of the signal: the last step would divide by 0.",
    "prediction",
    "Predict the velocity or the signal, or keep some of the signal in the last step.",
  );
}
