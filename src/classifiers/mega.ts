import * as tf from "@tensorflow/tfjs-core";
import { chosenNumber, numberAt } from "../domain/schema.ts";
import { constant, normal } from "../neural/layers/initialisers.ts";
import { linear } from "../neural/layers/linear.ts";
import { layerNorm } from "../neural/layers/normalisation.ts";
import type { Scope } from "../neural/layers/scope.ts";
import { gelu, silu } from "../neural/ops/activations.ts";
import { attention } from "../neural/ops/attention.ts";
import { type LongConvolution, longConvolution } from "../neural/ops/longConvolution.ts";
import { matMul, project } from "../neural/ops/matMul.ts";
import { type RelativeBias, relativeBias } from "../neural/ops/relativeBias.ts";
import { defineArchitecture } from "./architecture.ts";
import { head } from "./head.ts";
import {
  attentionWidth,
  backboneWidth,
  chunkLength,
  depth,
  feedForwardWidth,
  heads,
} from "./hyperparameters.ts";
import { meanOverTokens, tokenFoot, tokenWidth } from "./tokens.ts";

type Layer = (x: tf.Tensor) => tf.Tensor;

/** Buckets of relative positions. */
const buckets = 32;
/** Hidden numbers of the feed-forward part; the authors' code fixes them. */
const hidden = 2 * tokenWidth;

/**
 * The kernel of exponential moving averages that are summed: α_j ((1 − α_j) δ_j)^l, spread over the channels by weights.
 * @param alpha   `[heads]`, between 0 and 1
 * @param damping `[heads]`, between 0 and 1
 * @param weights `[heads, channels]`
 * @param lags    `[time, 1]`: 0, 1, 2 …
 * @returns `[time, channels]`
 */
export function averageKernel(
  alpha: tf.Tensor,
  damping: tf.Tensor,
  weights: tf.Tensor,
  lags: tf.Tensor2D,
): tf.Tensor2D {
  const decay = tf.add(tf.log(tf.sub(1, alpha)), tf.log(damping));
  const powers = tf.mul(tf.exp(tf.mul(lags, decay)), alpha); // [time, heads]
  return matMul(powers, weights) as tf.Tensor2D;
}

/** Moving averages over the past and over the future, `[batch, tokens, 64]` → the same. */
function movingAverages(scope: Scope, count: number, convolution: LongConvolution, lags: tf.Tensor2D): Layer {
  const expansion = scope.parameter("expansion", [2 * count, tokenWidth], normal(1));
  const reduction = scope.parameter("reduction", [2 * count, tokenWidth], normal(1));
  const rates = ["", "reversed"].map((name) => {
    const own = name === "" ? scope : scope.within(name);
    return {
      alpha: own.parameter("alpha", [count], normal(1)),
      damping: own.parameter("damping", [count], normal(1)),
    };
  });
  return (x) => {
    const weights = tf.split(tf.mul(expansion, reduction), 2, 0);
    const [past, future] = rates.map(({ alpha, damping }, direction) =>
      averageKernel(tf.sigmoid(alpha), tf.sigmoid(damping), weights[direction], lags),
    );
    const forwards = convolution.convolve(x as tf.Tensor3D, past);
    const backwards = convolution.convolve(tf.reverse(x, 1) as tf.Tensor3D, future);
    return tf.add(forwards, tf.reverse(backwards, 1));
  };
}

/** A gated attention on moving averages, then a feed-forward part. `[batch, tokens, 64]` → the same */
function megaLayer(
  scope: Scope,
  options: { readonly heads: number; readonly width: number; readonly valueWidth: number },
  convolution: LongConvolution,
  lags: tf.Tensor2D,
  relative: RelativeBias,
): Layer {
  const { width, valueWidth } = options;
  const average = movingAverages(scope.within("average"), options.heads, convolution, lags);
  const shared = linear(scope.within("shared"), tokenWidth, width);
  const gamma = scope.parameter("gamma", [2, width], normal(0.02));
  const beta = scope.parameter("beta", [2, width], constant(0));
  const value = linear(scope.within("value"), tokenWidth, valueWidth);
  const reset = linear(scope.within("reset"), tokenWidth, valueWidth);
  const update = linear(scope.within("update"), tokenWidth, tokenWidth);
  const table = scope.parameter("relativeBias", [buckets, 1], normal(1)) as tf.Tensor as tf.Tensor2D;
  // The authors draw these from N(0, 1), which saturates; by the number of inputs here.
  const fromAverage = scope.parameter("fromAverage", [tokenWidth, tokenWidth], normal(tokenWidth ** -0.5));
  const fromAttention = scope.parameter(
    "fromAttention",
    [valueWidth, tokenWidth],
    normal(valueWidth ** -0.5),
  );
  const offset = scope.parameter("offset", [tokenWidth], constant(0));
  const norms = [layerNorm(scope.within("norm1"), tokenWidth), layerNorm(scope.within("norm2"), tokenWidth)];
  const [first, second] = [
    linear(scope.within("linear1"), tokenWidth, hidden),
    linear(scope.within("linear2"), hidden, tokenWidth),
  ];
  const matrix = (variable: tf.Variable) => variable as tf.Tensor as tf.Tensor2D;
  return (x) => {
    const averaged = average(x);
    const z = silu(shared(averaged)); // [batch, tokens, width]
    const [queries, keys] = tf
      .split(gamma as tf.Tensor, 2, 0)
      .map((scale, index) => tf.add(tf.mul(z, scale), tf.slice(beta, [index, 0], [1, width])));
    const bias = tf.mul(relative.bias(table), Math.sqrt(width)) as tf.Tensor2D;
    const attended = attention(queries, keys, silu(value(x)), {
      heads: 1,
      scale: tokenWidth ** -0.5,
      bias,
    }); // [batch, tokens, value width]
    const kept = tf.mul(silu(reset(averaged)), attended);
    const mixed = tf.add(project(averaged, matrix(fromAverage)), project(kept, matrix(fromAttention)));
    const candidate = silu(tf.add(mixed, offset));
    const gate = tf.sigmoid(update(averaged));
    const middle = norms[0](tf.add(x, tf.mul(gate, tf.sub(candidate, x))));
    return norms[1](tf.add(middle, second(gelu(first(middle)))));
  };
}

export const mega = defineArchitecture(
  {
    title: "Mega",
    description: "Moving averages over past and future feed a gated attention.",
    paper: "Ma et al., ICLR 2023",
    family: "attention",
    hyperparameters: { chunkLength, depth, heads, attentionWidth, feedForwardWidth, backboneWidth },
  },
  (scope, values, { length, outputs }) => {
    const features = chosenNumber(values, "backboneWidth");
    const foot = tokenFoot(scope.within("tokens"), length, chosenNumber(values, "chunkLength"), true);
    const convolution = longConvolution(foot.count);
    const relative = relativeBias(foot.count, buckets);
    const lags = tf.tidy(() => tf.expandDims(tf.range(0, foot.count), 1) as tf.Tensor2D);
    scope.owns(() => {
      convolution.dispose();
      relative.dispose();
      lags.dispose();
    });
    const options = {
      heads: chosenNumber(values, "heads"),
      width: chosenNumber(values, "attentionWidth"),
      valueWidth: chosenNumber(values, "feedForwardWidth"),
    };
    const layers = Array.from({ length: numberAt(values, "depth") }, (_, index) =>
      megaLayer(scope.within("layers").within(index), options, convolution, lags, relative),
    );
    const last = linear(scope.within("features"), tokenWidth, features);
    const classify = head(scope.within("head"), features, outputs);
    return (signals, mode) => {
      let x: tf.Tensor = foot.tokens(signals);
      for (const layer of layers) x = layer(x);
      return classify(last(meanOverTokens(x)), mode);
    };
  },
);
