import * as tf from "@tensorflow/tfjs-core";
import { Failure } from "../domain/failure.ts";
import { linear } from "../neural/layers/linear.ts";
import type { Scope } from "../neural/layers/scope.ts";

/** Numbers of a token; the paper fixes it. */
export const tokenWidth = 64;

export interface TokenFoot {
  /** Tokens of a recording, the class token among them. */
  readonly count: number;
  /** `[batch, time]` → `[batch, tokens, 64]` */
  tokens(signals: tf.Tensor2D): tf.Tensor3D;
}

/**
 * Cuts recordings into pieces of `chunk` samples, what is left over at the end dropped, and maps each to a token. No
 * position is encoded anywhere, as in the authors' code.
 * @param classToken puts a piece of zeros in front
 * @throws Failure `recording-too-short`
 */
export function tokenFoot(scope: Scope, length: number, chunk: number, classToken: boolean): TokenFoot {
  const pieces = Math.floor(length / chunk);
  if (pieces < 2) {
    throw new Failure(
      "recording-too-short",
      `Recordings of ${length} samples do not give two tokens of ${chunk}.`,
      "Samples in a token",
      `Choose at most ${Math.floor(length / 2)}.`,
    );
  }
  const embed = linear(scope, chunk, tokenWidth);
  return {
    count: pieces + (classToken ? 1 : 0),
    tokens(signals) {
      const [batch] = signals.shape;
      const whole = length === pieces * chunk ? signals : tf.slice(signals, [0, 0], [batch, pieces * chunk]);
      const front = classToken
        ? tf.pad2d(whole as tf.Tensor2D, [
            [0, 0],
            [chunk, 0],
          ])
        : whole;
      return embed(tf.reshape(front, [batch, -1, chunk])) as tf.Tensor3D;
    },
  };
}

/**
 * A learned weight for every position: the only place where a network of tokens learns of the order.
 * @returns `[batch, tokens, channels]` → `[batch, channels]`
 */
export function pooling(scope: Scope, count: number): (x: tf.Tensor) => tf.Tensor2D {
  const weigh = linear(scope, count, 1);
  return (x) => tf.squeeze(weigh(tf.transpose(x, [0, 2, 1])), [2]) as tf.Tensor2D;
}

/** The mean over all tokens. `[batch, tokens, channels]` → `[batch, channels]` */
export const meanOverTokens = (x: tf.Tensor): tf.Tensor2D => tf.mean(x, 1) as tf.Tensor2D;
