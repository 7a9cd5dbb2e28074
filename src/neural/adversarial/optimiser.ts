import type * as tf from "@tensorflow/tfjs-core";
import { Failure } from "../../domain/failure.ts";
import type { NamedVariable } from "../layers/scope.ts";
import type { AdamState } from "../training/adam.ts";
import type { NamedArray } from "../training/weights.ts";

/** What moves the variables of one network. */
export interface Optimiser {
  /** @returns the loss and the norm of all gradients before clipping; the caller disposes of both */
  minimise(loss: () => tf.Scalar): { readonly loss: tf.Scalar; readonly gradientNorm: tf.Scalar };
  state(): Promise<AdamState>;
  restore(state: AdamState): void;
  dispose(): void;
}

const moments = ["first", "second"] as const;

/** An optimiser's state as arrays, named after the variables that they belong to. */
export async function optimiserArrays(
  optimiser: Optimiser,
  parameters: readonly NamedVariable[],
): Promise<NamedArray[]> {
  const state = await optimiser.state();
  return [
    { name: "step", shape: [1], values: Float32Array.of(state.step) },
    ...moments.flatMap((moment) =>
      state[moment].map((values, index) => ({
        name: `${moment}.${parameters[index].name}`,
        shape: parameters[index].variable.shape,
        values,
      })),
    ),
  ];
}

/**
 * Goes on from what `optimiserArrays` gave.
 * @param hasFirst whether the optimiser keeps means of the gradients beside those of their squares
 * @throws Failure `weights-mismatch` where it is that of another network or optimiser
 */
export function restoreOptimiser(
  optimiser: Optimiser,
  parameters: readonly NamedVariable[],
  arrays: readonly NamedArray[],
  hasFirst: boolean,
): void {
  const byName = new Map(arrays.map(({ name, values }) => [name, values]));
  const read = (name: string, size: number): Float32Array => {
    const values = byName.get(name);
    if (values?.length === size) return values;
    throw new Failure(
      "weights-mismatch",
      values === undefined
        ? "This state lacks a part of the optimiser."
        : `It has ${values.length} numbers, not ${size}.`,
      name,
      "Use a state of the same model with the same hyper-parameters.",
    );
  };
  const [first, second] = moments.map((moment) =>
    moment === "second" || hasFirst
      ? parameters.map(({ name, variable }) => read(`${moment}.${name}`, variable.size))
      : [],
  );
  optimiser.restore({ step: read("step", 1)[0], first, second });
}
