import * as tf from "@tensorflow/tfjs-core";
import { project } from "../ops/matMul.ts";
import { gru, lstm } from "../ops/recurrent.ts";
import { uniform } from "./initialisers.ts";
import type { Scope } from "./scope.ts";

export type RecurrentCell = "gru" | "lstm";

const gateCounts: Readonly<Record<RecurrentCell, number>> = { gru: 3, lstm: 4 };

/**
 * One direction of a recurrent layer with PyTorch's two biases and uniform ±1/√units.
 * @returns `[batch, time, inputs]` → `[batch, time, units]`
 */
export function recurrentLayer(
  scope: Scope,
  cell: RecurrentCell,
  inputs: number,
  units: number,
): (x: tf.Tensor) => tf.Tensor3D {
  const width = gateCounts[cell] * units;
  const draw = uniform(1 / Math.sqrt(units));
  const [inputWeight, recurrentWeight] = [
    scope.parameter("inputWeight", [inputs, width], draw) as tf.Tensor as tf.Tensor2D,
    scope.parameter("recurrentWeight", [units, width], draw) as tf.Tensor as tf.Tensor2D,
  ];
  const [inputBias, recurrentBias] = [
    scope.parameter("inputBias", [width], draw) as tf.Tensor as tf.Tensor1D,
    scope.parameter("recurrentBias", [width], draw) as tf.Tensor as tf.Tensor1D,
  ];
  return (x) => {
    const projected = tf.add(project(x, inputWeight), inputBias) as tf.Tensor3D;
    return cell === "gru"
      ? gru(projected, recurrentWeight, recurrentBias)
      : lstm(tf.add(projected, recurrentBias) as tf.Tensor3D, recurrentWeight);
  };
}

/**
 * Both directions side by side.
 * @returns `[batch, time, inputs]` → `[batch, time, 2 × units]`
 */
export function bidirectional(
  scope: Scope,
  cell: RecurrentCell,
  inputs: number,
  units: number,
): (x: tf.Tensor) => tf.Tensor3D {
  const forward = recurrentLayer(scope.within("forward"), cell, inputs, units);
  const backward = recurrentLayer(scope.within("backward"), cell, inputs, units);
  return (x) => tf.concat([forward(x), tf.reverse(backward(tf.reverse(x, 1)), 1)], 2) as tf.Tensor3D;
}
