import { Failure } from "../../domain/failure.ts";
import type { Generator } from "../../generators/generator.ts";
import { type NamedArray, prefixed, readWeights } from "../../neural/training/weights.ts";

/**
 * The weights that signals are drawn by: those of the drawing network, which may be averages over the last iterations, or, of
 * a generator of several networks, all that its state keeps of them without the optimisers.
 * @throws Failure `no-weights` of a generator that has none
 */
export async function generatorWeights(generator: Generator, title: string): Promise<NamedArray[]> {
  const { network } = generator;
  const weights =
    network === null
      ? (await generator.state()).filter(({ name }) => /^generator(Average)?\./.test(name))
      : prefixed("generator", await readWeights(network));
  if (weights.length > 0) return weights;
  throw new Failure(
    "no-weights",
    "It draws from equations and has no weights.",
    title,
    "Export its beats, or choose a generator that is trained.",
  );
}
