import * as tf from "@tensorflow/tfjs-core";
import type { Scope } from "../layers/scope.ts";
import { attention } from "../ops/attention.ts";
import { modulateOverTime } from "../ops/overTime.ts";
import { groupNorm, pointwise, sameConvolution } from "./layers.ts";

const kernel = 5;

/** `[batch, time, inputs]` of one or several signals side by side → `[batch, time, outputs]` */
export type Block = (inputs: readonly tf.Tensor3D[], condition?: tf.Tensor2D) => tf.Tensor3D;

export interface BlockShape {
  readonly inputs: readonly number[];
  readonly hidden: number;
  readonly outputs: number;
  readonly groups: number;
  readonly activation: (x: tf.Tensor) => tf.Tensor;
  /** Numbers of the condition that scales and shifts the first half; 0 for none. */
  readonly condition: number;
}

/** conv → norm (→ scale, shift) → activation → conv → norm → activation, beside it what came in. */
export function residualBlock(scope: Scope, shape: BlockShape): Block {
  const { inputs, hidden, outputs, groups, activation } = shape;
  const first = convolutionOfAll(scope.within("convolution1"), inputs, hidden, kernel, true);
  const norm1 = groupNorm(scope.within("norm1"), hidden, groups);
  const scale = shape.condition > 0 ? pointwise(scope.within("scale"), shape.condition, hidden) : null;
  const shift = shape.condition > 0 ? pointwise(scope.within("shift"), shape.condition, hidden) : null;
  const second = sameConvolution(scope.within("convolution2"), hidden, outputs, { kernel });
  const norm2 = groupNorm(scope.within("norm2"), outputs, groups);
  const isSame = inputs.length === 1 && inputs[0] === outputs;
  const beside = isSame ? null : convolutionOfAll(scope.within("beside"), inputs, outputs, 1, false);
  return (signals, condition) => {
    let x = norm1(first(signals)); // [batch, time, hidden]
    if (scale !== null && shift !== null && condition !== undefined) {
      x = modulateOverTime(x, scale(condition) as tf.Tensor2D, shift(condition) as tf.Tensor2D);
    }
    x = activation(norm2(second(activation(x)))) as tf.Tensor3D; // [batch, time, outputs]
    return tf.add(x, beside === null ? signals[0] : beside(signals));
  };
}

/** A convolution of several signals as if their channels stood side by side: the sum of one for each. */
export function convolutionOfAll(
  scope: Scope,
  inputs: readonly number[],
  outputs: number,
  size: number,
  bias: boolean,
): (signals: readonly tf.Tensor3D[]) => tf.Tensor {
  const parts = inputs.map((channels, index) => {
    const own = scope.within(index);
    const isFirst = index === 0;
    return size === 1
      ? pointwise(own, channels, outputs, { bias: bias && isFirst })
      : sameConvolution(own, channels, outputs, { kernel: size, bias: bias && isFirst });
  });
  return (signals) => tf.addN(parts.map((part, index) => part(signals[index])));
}

/** Attention of every time to all times, added to what came in. @returns `[batch, time, channels]` → the same */
export function selfAttention(
  scope: Scope,
  channels: number,
  heads: number,
  groups: number,
): (x: tf.Tensor3D) => tf.Tensor3D {
  const norm = groupNorm(scope.within("norm"), channels, groups);
  const [query, key, value, out] = ["query", "key", "value", "out"].map((name) =>
    pointwise(scope.within(name), channels, channels),
  );
  const scale = 1 / Math.sqrt(channels / heads);
  return (x) => {
    const normal = norm(x);
    return tf.add(x, out(attention(query(normal), key(normal), value(normal), { heads, scale })));
  };
}
