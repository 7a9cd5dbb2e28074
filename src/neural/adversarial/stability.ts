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

export interface ExplosionOptions {
  /** So many times as large as at first is too much. */
  readonly factor?: number;
  /** Steps over which sizes are taken. */
  readonly steps?: number;
}

/**
 * Whether the gradients of a network have grown beyond all measure, though they are still numbers: why, in words, or null.
 * @param first steps after the first ones, which have large gradients of their own
 * @param last  the latest steps
 */
export function gradientExplosion(
  first: MeasureHistory,
  last: MeasureHistory,
  { factor = 1000, steps = 20 }: ExplosionOptions = {},
): string | null {
  if (first.length < steps || last.length < steps) return null;
  for (const name of ["generatorGradient", "discriminatorGradient"] as const) {
    const [before, now] = [first, last.slice(-steps)].map((history) => medianOf(history, name));
    if (!(now > factor * before)) continue;
    return `The ${measureWords[name]} has grown ${Math.round(now / before).toLocaleString("en")} times as large as it was at first: the training is about to diverge. A lower learning rate or gradient clipping helps.`;
  }
  return null;
}

function medianOf(history: MeasureHistory, name: Measure): number {
  const sorted = Float64Array.from(history, (step) => step[name] ?? Number.NaN).toSorted();
  return sorted[sorted.length >> 1];
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
  /** What helps such a generator. */
  readonly advice?: string;
}

/** What helps against a collapse: of two networks that play against each other, and of others. */
export const collapseAdvice = {
  adversarial:
    "The spread of the batch before the discriminator, spectral normalisation, a critic, or a smaller weight of a second loss helps.",
  other: "More iterations or another learning rate helps.",
} as const;

/**
 * Whether the generator gives nearly the same beat over and over: why, in words, or null.
 * @param diversities of each look, the oldest first: the mean pair distance of beats from one fixed batch of latents, over
 * that of real beats
 */
export function modeCollapse(
  diversities: readonly number[],
  { threshold = 0.5, looks = 3, advice = collapseAdvice.adversarial }: CollapseOptions = {},
): string | null {
  const last = diversities.slice(-looks);
  if (last.length < looks || last.some((diversity) => diversity >= threshold)) return null;
  const percent = Math.round(100 * (last.at(-1) as number));
  return `Generated beats differ from each other ${percent} % as much as real ones, and less than ${Math.round(100 * threshold)} % over the last ${looks} looks: the generator has collapsed. ${advice}`;
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
