import { principalComponents, projected } from "../../evaluation/closeness/embedding/principalComponents.ts";
import { finish } from "../../evaluation/closeness/work.ts";

/** Directions in which a generator's beats change most. */
export interface LatentDirections {
  /** `[count, latentSize]`; a step of 1 moves a beat by about one standard deviation along the component. */
  readonly directions: Float32Array;
  /** Share of the beats' variance that each explains. */
  readonly shares: readonly number[];
}

/**
 * Principal components of generated beats, led back to the latent vectors that they came from by regression (as GANSpace
 * does for layers: Härkönen et al., NeurIPS 2020).
 * @param latents `[rows, latentSize]`
 * @param beats   `[rows, length]` that the generator made of them
 */
export function latentDirections(
  latents: Float32Array,
  latentSize: number,
  beats: Float32Array,
  length: number,
  wanted: number,
): LatentDirections {
  const count = beats.length / length;
  const rows = { values: beats, count, length };
  const components = finish(principalComponents(rows, wanted));
  const { values: scores } = projected(components, rows);
  const { count: found, variances, totalVariance } = components;
  const directions = new Float32Array(found * latentSize);
  for (let component = 0; component < found; component++) {
    let squares = 0;
    for (let row = 0; row < count; row++) squares += scores[row * found + component] ** 2;
    const deviation = Math.sqrt(squares / count) || 1;
    for (let row = 0; row < count; row++) {
      // The regression's slope for a score of one standard deviation
      const weight = (scores[row * found + component] * deviation) / (squares || 1);
      for (let at = 0; at < latentSize; at++) {
        directions[component * latentSize + at] += weight * latents[row * latentSize + at];
      }
    }
  }
  return { directions, shares: Array.from(variances, (variance) => variance / totalVariance) };
}
