import type { SignalPool } from "../neural/adversarial/realBatches.ts";
import type { Random } from "../signal/random.ts";

/** Real beats that a generated one may take its height from. */
const nearest = 5;
/** Real beats that are looked through for each generated one; more of a class are passed over evenly. */
const mostCandidates = 1000;

/** @returns so many of the rows at most, at even distances */
export const candidatesOf = (rows: readonly number[]): number[] =>
  rows.length <= mostCandidates
    ? [...rows]
    : Array.from(
        { length: mostCandidates },
        (_, at) => rows[Math.floor((at * rows.length) / mostCandidates)],
      );

/**
 * One of the five rows nearest to a beat, drawn evenly: form and height of beats belong together.
 * @param pool of beats that are scaled as the beat is
 * @param candidates rows of the pool, one at least
 */
export function rowOfLikeForm(
  { samples, length }: Pick<SignalPool, "samples" | "length">,
  candidates: readonly number[],
  beat: Float32Array,
  random: Random,
): number {
  const best: { readonly row: number; readonly distance: number }[] = [];
  let limit = Number.POSITIVE_INFINITY;
  for (const row of candidates) {
    const distance = squaredDistance(samples, row * length, beat, limit);
    if (distance >= limit) continue;
    best.push({ row, distance });
    best.sort((one, other) => one.distance - other.distance);
    if (best.length > nearest) best.pop();
    if (best.length === nearest) limit = best[nearest - 1].distance;
  }
  return best[random.integer(best.length)].row;
}

/** Goes no further where it exceeds a limit. */
function squaredDistance(samples: Float32Array, from: number, beat: Float32Array, limit: number): number {
  let sum = 0;
  for (let at = 0; at < beat.length && sum < limit; at++) {
    const difference = samples[from + at] - beat[at];
    sum += difference * difference;
  }
  return sum;
}
