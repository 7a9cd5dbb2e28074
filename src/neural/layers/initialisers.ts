import type { Random } from "../../signal/random.ts";

/** First values of a variable of a shape. */
export type Initialiser = (shape: readonly number[], random: Random) => Float32Array;

/** Elements of a shape. */
export const sizeOf = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1);

const drawn =
  (draw: (random: Random) => number): Initialiser =>
  (shape, random) => {
    const values = new Float32Array(sizeOf(shape));
    for (let index = 0; index < values.length; index++) values[index] = draw(random);
    return values;
  };

/** Every element the same. */
export const constant = (value: number): Initialiser => drawn(() => value);

/** Uniform between −limit and limit: PyTorch's own for linear and recurrent layers, with 1 / √inputs. */
export const uniform = (limit: number): Initialiser => drawn((random) => limit * (2 * random.uniform() - 1));

export const uniformBetween = (low: number, high: number): Initialiser =>
  drawn((random) => low + (high - low) * random.uniform());

export const normal = (standardDeviation: number): Initialiser =>
  drawn((random) => standardDeviation * random.normal());

/** Glorot & Bengio (AISTATS 2010), uniform: for matrices `[inputs, outputs]`. */
export const xavierUniform =
  (gain = 1): Initialiser =>
  (shape, random) => {
    const [inputs, outputs] = shape;
    return uniform(gain * Math.sqrt(6 / (inputs + outputs)))(shape, random);
  };

/** He et al. (ICCV 2015), normal by the outputs: for filters `[kernel, channels, filters]` before a rectifier. */
export const kaimingNormal: Initialiser = (shape, random) => {
  const [kernel, , filters] = shape;
  return normal(Math.sqrt(2 / (kernel * filters)))(shape, random);
};
