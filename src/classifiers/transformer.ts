import * as tf from "@tensorflow/tfjs-core";
import { chosenNumber, numberAt } from "../domain/schema.ts";
import { dropout } from "../neural/layers/dropout.ts";
import { xavierUniform } from "../neural/layers/initialisers.ts";
import { linear } from "../neural/layers/linear.ts";
import { layerNorm } from "../neural/layers/normalisation.ts";
import type { Mode, Scope } from "../neural/layers/scope.ts";
import { gelu } from "../neural/ops/activations.ts";
import { attentionOfHeads, splitProjections } from "../neural/ops/attention.ts";
import { defineArchitecture } from "./architecture.ts";
import { head } from "./head.ts";
import { backboneWidth, chunkLength, depth, feedForwardWidth, heads } from "./hyperparameters.ts";
import { pooling, tokenFoot, tokenWidth } from "./tokens.ts";

const rate = 0.1;

/** An encoder layer that normalises after each of its two parts. `[batch, tokens, 64]` → the same */
function encoderLayer(scope: Scope, count: number, hidden: number): (x: tf.Tensor, mode: Mode) => tf.Tensor {
  const mix = linear(scope.within("queryKeyValue"), tokenWidth, 3 * tokenWidth, {
    initialise: xavierUniform(),
  });
  const join = linear(scope.within("join"), tokenWidth, tokenWidth);
  const [first, second] = [
    linear(scope.within("linear1"), tokenWidth, hidden),
    linear(scope.within("linear2"), hidden, tokenWidth),
  ];
  const norms = [layerNorm(scope.within("norm1"), tokenWidth), layerNorm(scope.within("norm2"), tokenWidth)];
  const scale = 1 / Math.sqrt(tokenWidth / count);
  return (x, mode) => {
    const [queries, keys, values] = splitProjections(mix(x), 3, count);
    const change = (shares: tf.Tensor) => dropout(shares, rate, mode);
    const attended = join(attentionOfHeads(queries, keys, values, { heads: count, scale, change }));
    const middle = norms[0](tf.add(x, dropout(attended, rate, mode)));
    const forward = second(dropout(gelu(first(middle)), rate, mode));
    return norms[1](tf.add(middle, dropout(forward, rate, mode)));
  };
}

export const transformer = defineArchitecture(
  {
    title: "Transformer",
    description: "Every token attends to every other; no position is encoded.",
    paper: "Vaswani et al., NeurIPS 2017",
    family: "attention",
    hyperparameters: { chunkLength, depth, heads, feedForwardWidth, backboneWidth },
  },
  (scope, values, { length, outputs }) => {
    const features = chosenNumber(values, "backboneWidth");
    const hidden = chosenNumber(values, "feedForwardWidth");
    const foot = tokenFoot(scope.within("tokens"), length, chosenNumber(values, "chunkLength"), true);
    const layers = Array.from({ length: numberAt(values, "depth") }, (_, index) =>
      encoderLayer(scope.within("layers").within(index), chosenNumber(values, "heads"), hidden),
    );
    const pool = pooling(scope.within("pooling"), foot.count);
    const last = linear(scope.within("features"), tokenWidth, features);
    const classify = head(scope.within("head"), features, outputs);
    return (signals, mode) => {
      let x: tf.Tensor = foot.tokens(signals);
      for (const layer of layers) x = layer(x, mode);
      return classify(last(pool(x)), mode);
    };
  },
);
