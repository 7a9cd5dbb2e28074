/**
 * How noise is added over the steps of a diffusion (Ho, Jain & Abbeel, NeurIPS 2020): the noisy signal of step t is
 * √ᾱₜ · signal + √(1 − ᾱₜ) · noise, with ᾱ falling from nearly 1 towards 0.
 */
export interface NoiseSchedule {
  /** T */
  readonly steps: number;
  /** ᾱₜ, the share of the signal's variance that is left, `[steps]` */
  readonly signal: Float64Array;
}

/** The schedule of variances β that each step adds: ᾱₜ = ∏ (1 − β). @param betas `[steps]` */
export function scheduleOfBetas(betas: ArrayLike<number>): NoiseSchedule {
  const signal = new Float64Array(betas.length);
  let product = 1;
  for (let t = 0; t < betas.length; t++) {
    product *= 1 - betas[t];
    signal[t] = product;
  }
  return { steps: betas.length, signal };
}

/** β in equal steps from the first to the last (Ho et al. 2020; DiffWave, Kong et al., ICLR 2021). */
export function linearSchedule(steps: number, first: number, last: number): NoiseSchedule {
  return scheduleOfBetas(
    Float64Array.from(
      { length: steps },
      (_, t) => first + (steps > 1 ? (t * (last - first)) / (steps - 1) : 0),
    ),
  );
}

/** What keeps the first steps of the cosine from being too small, and its last β from 1 (Nichol & Dhariwal 2021). */
const cosineOffset = 0.008;
const largestBeta = 0.999;

/** ᾱ as the square of a cosine (Nichol & Dhariwal, ICML 2021, equation 17). */
export function cosineSchedule(steps: number): NoiseSchedule {
  const share = (t: number) =>
    Math.cos(((t / steps + cosineOffset) / (1 + cosineOffset)) * (Math.PI / 2)) ** 2;
  return scheduleOfBetas(
    Float64Array.from({ length: steps }, (_, t) => Math.min(largestBeta, 1 - share(t + 1) / share(t))),
  );
}

/**
 * The schedule stretched so that nothing of the signal is left at its last step: √ᾱ moved and scaled linearly, its first
 * value kept (Lin et al., WACV 2024, algorithm 1).
 */
export function withoutTerminalSignal({ steps, signal }: NoiseSchedule): NoiseSchedule {
  const [first, last] = [Math.sqrt(signal[0]), Math.sqrt(signal[steps - 1])];
  const stretched = signal.map((each) => (((Math.sqrt(each) - last) * first) / (first - last)) ** 2);
  return { steps, signal: stretched };
}

/**
 * √ᾱ at the last step: how much of the signal is left where sampling starts from noise alone. A network has never seen such
 * noise where it lies far above 0.
 */
export function terminalSignal({ steps, signal }: NoiseSchedule): number {
  return Math.sqrt(signal[steps - 1]);
}

/** βₜ = 1 − ᾱₜ / ᾱₜ₋₁, the variance that step t adds. */
export function betaAt({ signal }: NoiseSchedule, t: number): number {
  return 1 - signal[t] / (t === 0 ? 1 : signal[t - 1]);
}

/** ᾱ / (1 − ᾱ), the signal-to-noise ratio. */
export const signalToNoise = (signal: number): number => signal / (1 - signal);
