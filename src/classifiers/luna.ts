import * as tf from "@tensorflow/tfjs-core";
import { chosenNumber, numberAt } from "../domain/schema.ts";
import { dropout } from "../neural/layers/dropout.ts";
import { normal, xavierUniform } from "../neural/layers/initialisers.ts";
import { linear } from "../neural/layers/linear.ts";
import { layerNorm } from "../neural/layers/normalisation.ts";
import type { Mode, Scope } from "../neural/layers/scope.ts";
import { gelu } from "../neural/ops/activations.ts";
import { attention } from "../neural/ops/attention.ts";
import { defineArchitecture } from "./architecture.ts";
import { head } from "./head.ts";
import {
  attentionWidth,
  backboneWidth,
  chunkLength,
  contextLength,
  depth,
  feedForwardWidth,
  heads,
} from "./hyperparameters.ts";
import { pooling, tokenFoot, tokenWidth } from "./tokens.ts";

const blockRate = 0.3;
const attentionRate = 0.2;

interface Pair {
  /** `[batch, tokens, 64]` */
  readonly sequence: tf.Tensor;
  /** `[batch, context, 64]` */
  readonly packed: tf.Tensor;
}

/** Packs the sequence into the short one, and unpacks that for every token: two attentions, each linear in the tokens. */
function lunaBlock(
  scope: Scope,
  count: number,
  width: number,
  hidden: number,
): (pair: Pair, mode: Mode) => Pair {
  const enter = (name: string) => linear(scope.within(name), tokenWidth, width);
  const within = (name: string) =>
    linear(scope.within(name), width, width, { initialise: xavierUniform(Math.SQRT1_2) });
  const leave = (name: string) => linear(scope.within(name), width, tokenWidth);
  const [sequenceIn, packedIn, contextIn] = [enter("sequenceIn"), enter("packedIn"), enter("contextIn")];
  const pack = { query: within("packQuery"), key: within("packKey"), value: within("packValue") };
  const unpack = { query: within("query"), key: within("key"), value: within("value") };
  const [sequenceOut, packedOut] = [leave("sequenceOut"), leave("packedOut")];
  const [sequenceNorm, packedNorm, lastNorm] = ["sequenceNorm", "packedNorm", "lastNorm"].map((name) =>
    layerNorm(scope.within(name), tokenWidth),
  );
  const [first, second] = [
    linear(scope.within("linear1"), tokenWidth, hidden),
    linear(scope.within("linear2"), hidden, tokenWidth),
  ];
  const scale = 1 / Math.sqrt(width / count);
  return ({ sequence, packed }, mode) => {
    const drop = (x: tf.Tensor) => dropout(x, attentionRate, mode);
    const context = contextIn(sequence);
    // The authors' code drops scores before the softmax here, and shares after it below.
    const short = attention(pack.query(packedIn(packed)), pack.key(context), pack.value(context), {
      heads: count,
      scale,
      changeScores: drop,
    }); // [batch, context, width]
    const long = attention(unpack.query(sequenceIn(sequence)), unpack.key(short), unpack.value(short), {
      heads: count,
      scale,
      change: drop,
    }); // [batch, tokens, width]
    const middle = sequenceNorm(tf.add(sequence, dropout(sequenceOut(long), blockRate, mode)));
    const nextPacked = packedNorm(tf.add(packed, dropout(packedOut(short), blockRate, mode)));
    const forward = second(dropout(gelu(first(middle)), blockRate, mode));
    return { sequence: lastNorm(tf.add(middle, dropout(forward, blockRate, mode))), packed: nextPacked };
  };
}

export const luna = defineArchitecture(
  {
    title: "Luna",
    description: "Attention through a short learned sequence, linear in the number of tokens.",
    paper: "Ma et al., NeurIPS 2021",
    family: "attention",
    hyperparameters: {
      chunkLength,
      depth,
      heads,
      attentionWidth,
      contextLength,
      feedForwardWidth,
      backboneWidth,
    },
  },
  (scope, values, { length, outputs }) => {
    const width = chosenNumber(values, "attentionWidth");
    // A head needs at least one number; the search space holds combinations that leave none.
    const count = Math.min(width, chosenNumber(values, "heads"));
    const features = chosenNumber(values, "backboneWidth");
    const hidden = chosenNumber(values, "feedForwardWidth");
    const foot = tokenFoot(scope.within("tokens"), length, chosenNumber(values, "chunkLength"), true);
    const context = chosenNumber(values, "contextLength");
    const start = scope.parameter("packed", [context, tokenWidth], normal(tokenWidth ** -0.5));
    const blocks = Array.from({ length: numberAt(values, "depth") }, (_, index) =>
      lunaBlock(scope.within("blocks").within(index), count, width, hidden),
    );
    const norm = layerNorm(scope.within("norm"), tokenWidth);
    const pool = pooling(scope.within("pooling"), foot.count);
    const last = linear(scope.within("features"), tokenWidth, features);
    const classify = head(scope.within("head"), features, outputs);
    return (signals, mode) => {
      const [batch] = signals.shape;
      const packed = tf.mul(tf.ones([batch, 1, 1]), tf.mul(start, Math.sqrt(tokenWidth)));
      let pair: Pair = { sequence: foot.tokens(signals), packed };
      for (const block of blocks) pair = block(pair, mode);
      return classify(last(pool(norm(pair.sequence))), mode);
    };
  },
);
