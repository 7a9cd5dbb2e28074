import * as tf from "@tensorflow/tfjs-core";
import { Failure } from "../../domain/failure.ts";
import type { TrainableNetwork } from "./network.ts";

/** One variable of a network outside of the device. */
export interface NamedArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

const variablesOf = ({ parameters, buffers }: Pick<TrainableNetwork, "parameters" | "buffers">) => [
  ...parameters,
  ...buffers,
];

/** All variables of a network, trained ones first, read from the device. */
export async function readWeights(
  network: Pick<TrainableNetwork, "parameters" | "buffers">,
): Promise<NamedArray[]> {
  return Promise.all(
    variablesOf(network).map(async ({ name, variable }) => ({
      name,
      shape: variable.shape,
      values: Float32Array.from(await variable.data()),
    })),
  );
}

/** Puts weights into a network. @throws Failure `weights-mismatch` where they are those of another one */
export function writeWeights(
  network: Pick<TrainableNetwork, "parameters" | "buffers">,
  weights: readonly NamedArray[],
): void {
  const byName = new Map(weights.map((each) => [each.name, each]));
  const variables = variablesOf(network);
  for (const { name, variable } of variables) {
    const own = byName.get(name);
    if (own === undefined || own.shape.join() !== variable.shape.join()) {
      throw new Failure(
        "weights-mismatch",
        own === undefined
          ? "These weights lack a part of the network."
          : `Its shape is ${own.shape.join(" × ")}; the network has ${variable.shape.join(" × ")}.`,
        name,
        "Use weights of the same architecture with the same hyper-parameters.",
      );
    }
    tf.tidy(() => variable.assign(tf.tensor(own.values, variable.shape)));
  }
}

/** Arrays with a prefix before their names. */
export const prefixed = (prefix: string, arrays: readonly NamedArray[]): NamedArray[] =>
  arrays.map((each) => ({ ...each, name: `${prefix}.${each.name}` }));

/** Arrays under a prefix, without it. */
export const under = (prefix: string, arrays: readonly NamedArray[]): NamedArray[] =>
  arrays
    .filter(({ name }) => name.startsWith(`${prefix}.`))
    .map((each) => ({ ...each, name: each.name.slice(prefix.length + 1) }));
