import { type Measure, type MeasureHistory, measureWords } from "../training/measures.ts";

/**
 * Why a run has diverged, in words; null where it has not.
 * @param firstPosition of the history
 */
export function divergence(history: MeasureHistory, firstPosition = 0): string | null {
  for (const [index, step] of history.entries()) {
    for (const [name, value] of Object.entries(step) as [Measure, number][]) {
      if (Number.isFinite(value)) continue;
      return `In step ${firstPosition + index + 1} the ${measureWords[name]} is no number. A lower learning rate, gradient clipping or a longer warm-up helps.`;
    }
  }
  return null;
}

/** The mean distance of all pairs of rows, as root mean square over the samples. @param rows `[row, length]` */
export function meanPairDistance(rows: Float32Array, length: number): number {
  const count = rows.length / length;
  let sum = 0;
  for (let one = 0; one < count; one++) {
    for (let other = 0; other < one; other++) {
      let squares = 0;
      for (let at = 0; at < length; at++) {
        squares += (rows[one * length + at] - rows[other * length + at]) ** 2;
      }
      sum += Math.sqrt(squares / length);
    }
  }
  return sum / ((count * (count - 1)) / 2);
}

export interface CollapseOptions {
  /** Diversity below this share of that of real beats is too little. */
  readonly threshold?: number;
  /** So many looks in a row. */
  readonly looks?: number;
}

/**
 * Whether the generator gives nearly the same beat over and over: why, in words, or null.
 * @param diversities of each look, the oldest first: the mean pair distance of beats from one fixed batch of latents, over
 * that of real beats
 */
export function modeCollapse(
  diversities: readonly number[],
  { threshold = 0.5, looks = 3 }: CollapseOptions = {},
): string | null {
  const last = diversities.slice(-looks);
  if (last.length < looks || last.some((diversity) => diversity >= threshold)) return null;
  const percent = Math.round(100 * (last.at(-1) as number));
  return `Generated beats differ from each other ${percent} % as much as real ones, and less than ${Math.round(100 * threshold)} % over the last ${looks} looks: the generator has collapsed. An earlier checkpoint, a smaller weight of the simulator loss, spectral normalisation or a critic helps.`;
}

export interface SaturationOptions {
  /** Share of right judgements that leaves the generator nothing to learn from. */
  readonly level?: number;
  /** So many steps in a row. */
  readonly steps?: number;
}

/**
 * Whether the discriminator knows every beat, so that its gradients say nothing to the generator, or knows nothing more:
 * why, in words, or null. For networks that play by cross entropy.
 */
export function discriminatorSaturation(
  history: MeasureHistory,
  { level = 0.99, steps = 100 }: SaturationOptions = {},
): string | null {
  const last = history.slice(-steps);
  if (last.length < steps) return null;
  const every = (isSo: (real: number, fake: number) => boolean) =>
    last.every(({ realAccuracy = Number.NaN, fakeAccuracy = Number.NaN }) =>
      isSo(realAccuracy, fakeAccuracy),
    );
  if (every((real, fake) => real >= level && fake >= level)) {
    return `For ${steps} steps the discriminator has told real from generated beats without fail: the generator learns little from it. Label smoothing, spectral normalisation, a narrower discriminator or two generator updates a step help.`;
  }
  if (every((real, fake) => real <= 1 - level && fake >= level)) {
    return `For ${steps} steps the discriminator has called every beat generated. A lower learning rate helps.`;
  }
  if (every((real, fake) => real >= level && fake <= 1 - level)) {
    return `For ${steps} steps the discriminator has called every beat real: it has stopped learning. A lower learning rate or one generator update a step helps.`;
  }
  return null;
}
