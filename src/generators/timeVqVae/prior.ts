import * as tf from "@tensorflow/tfjs-core";
import { dropout } from "../../neural/layers/dropout.ts";
import { constant, normal, uniform } from "../../neural/layers/initialisers.ts";
import { linear } from "../../neural/layers/linear.ts";
import { batchNorm, layerNorm } from "../../neural/layers/normalisation.ts";
import type { Mode, Scope } from "../../neural/layers/scope.ts";
import { gelu } from "../../neural/ops/activations.ts";
import { attention } from "../../neural/ops/attention.ts";
import { conv1d } from "../../neural/ops/conv1d.ts";
import { embedding } from "../../neural/ops/embedding.ts";
import { project, turned } from "../../neural/ops/matMul.ts";
import { normaliseRootMeanSquare } from "../../neural/ops/normalise.ts";
import type { Random } from "../../signal/random.ts";
import type { PriorSize } from "./configuration.ts";
import { embedCodes, firstPositions, type Table } from "./priorStart.ts";
import type { TokenGrid } from "./tokeniser.ts";

export interface PriorShape extends PriorSize {
  readonly grid: TokenGrid;
  /** K; the number K itself is that of the mask. */
  readonly codes: number;
  /** Classes that can be asked for; the number after the last is that of none. */
  readonly classes: number;
  /** Within the layers, and of the embeddings of known tokens. */
  readonly dropout: number;
  readonly embeddingDropout: number;
  /** Standard deviation of the first values of all embeddings. */
  readonly embeddingDeviation: number;
  /** Tokens of low frequencies that those of high ones depend on. */
  readonly given?: { readonly grid: TokenGrid; readonly codes: number };
}

export interface Prior {
  /**
   * A guess of all tokens at once.
   * @param tokens  int32 `[batch, tokens]`, `codes` where masked
   * @param classes int32 `[batch]`, `classes` for none
   * @param given   int32 `[batch, tokens of low frequencies]`, where the shape asks for them
   * @returns logits `[batch, tokens, codes]`
   */
  logits(tokens: tf.Tensor2D, classes: tf.Tensor1D, given: tf.Tensor2D | null, mode: Mode): tf.Tensor3D;
  /**
   * Lets embeddings begin as the codes that they stand for, where the shape asks for it.
   * @param own   `[codes, code width]`
   * @param given those of low frequencies
   */
  embedCodes(own: tf.Tensor2D, given: tf.Tensor2D, random: Random): void;
}

/**
 * The bidirectional transformer of stage 2: a class token, then embedded tokens, with learned positions; layers that
 * normalise first; and a head that compares with the embeddings themselves. Its logits leave the mask out.
 */
export function prior(scope: Scope, shape: PriorShape): Prior {
  const { width, codes, grid } = shape;
  const table = tableOf(scope, "tokens", codes + 1, shape);
  const classTable = tableOf(scope, "classes", shape.classes + 1, shape);
  const positions = scope.parameter(
    "positions",
    [grid.count + 1, width],
    firstPositions(shape),
  ) as tf.Tensor as tf.Tensor2D;
  const beside = shape.given === undefined ? null : lowBeside(scope.within("given"), shape, shape.given);
  const neighbours = shape.start.seesNeighbours ? neighbourhood(scope.within("neighbours"), shape) : null;
  const layers = Array.from({ length: shape.layers }, (_, layer) =>
    transformerLayer(scope.within(`layer${layer + 1}`), shape),
  );
  const lastNorm = rootMeanSquareNorm(scope.within("norm"), width);
  const headLinear = linear(scope.within("head"), width, width);
  const headNorm = layerNorm(scope.within("headNorm"), width);
  const bias = scope.parameter("bias", [codes + 1], constant(0)) as tf.Tensor;

  const logits: Prior["logits"] = (tokens, classes, given, mode) => {
    const [batch, count] = tokens.shape;
    const known = embedding(table, tokens); // [batch, tokens, width]
    const isMasked = tf.cast(tf.expandDims(tf.equal(tokens, codes), 2), "float32");
    const own = mode.training
      ? tf.add(
          tf.mul(known, isMasked),
          tf.mul(dropout(known, shape.embeddingDropout, mode), tf.sub(1, isMasked)),
        )
      : known;
    const joined = beside === null || given === null ? own : beside.joined(own, given, mode);
    const told = neighbours === null ? joined : tf.add(joined, neighbours(joined, mode));
    const first = tf.expandDims(embedding(classTable, classes), 1); // [batch, 1, width]
    const sequence = tf.add(tf.concat([first, told], 1), positions); // [batch, 1 + tokens, width]
    const through = layers.reduce((x, layer) => layer(x, mode), sequence as tf.Tensor);
    const answers = tf.slice(lastNorm(through), [0, 1, 0], [batch, count, width]);
    const compared = headNorm(gelu(headLinear(answers)));
    const all = tf.add(project(compared, turned(table) as tf.Tensor2D), bias); // [batch, tokens, codes + 1]
    return tf.slice(all, [0, 0, 0], [batch, count, codes]) as tf.Tensor3D;
  };
  return {
    logits,
    embedCodes(own, given, random) {
      if (shape.start.embeddings === "drawn") return;
      embedCodes(table, own, shape, random);
      if (beside !== null) embedCodes(beside.table, given, shape, random);
    },
  };
}

function tableOf(scope: Scope, name: string, rows: number, { width, embeddingDeviation }: PriorShape) {
  return scope.parameter(name, [rows, width], normal(embeddingDeviation)) as tf.Tensor as Table;
}

/** Attention and a feed-forward network, each normalised first and added to what came in. `[batch, time, width]` → same */
function transformerLayer(scope: Scope, shape: PriorShape): (x: tf.Tensor, mode: Mode) => tf.Tensor {
  const { width, heads, headWidth, feedForward } = shape;
  const inner = heads * headWidth;
  const attentionNorm = rootMeanSquareNorm(scope.within("attentionNorm"), width);
  const [queries, keys, values] = ["queries", "keys", "values"].map((name) =>
    linear(scope.within(name), width, inner, { bias: false }),
  );
  const out = linear(scope.within("out"), inner, width, { bias: false });
  const forwardNorm = rootMeanSquareNorm(scope.within("forwardNorm"), width);
  const widen = linear(scope.within("widen"), width, feedForward * width);
  const narrow = linear(scope.within("narrow"), feedForward * width, width);
  return (x, mode) => {
    const looked = attentionNorm(x);
    const attended = attention(queries(looked), keys(looked), values(looked), {
      heads,
      scale: 1 / Math.sqrt(headWidth),
      change: (shares) => dropout(shares, shape.dropout, mode),
    });
    const between = tf.add(x, out(attended));
    const hidden = dropout(gelu(widen(forwardNorm(between))), shape.dropout, mode);
    return tf.add(between, narrow(hidden));
  };
}

function rootMeanSquareNorm(scope: Scope, width: number): (x: tf.Tensor) => tf.Tensor {
  const scale = scope.parameter("weight", [width], constant(1)) as tf.Tensor as tf.Tensor1D;
  return (x) => normaliseRootMeanSquare(x, scale);
}

/**
 * Embedded tokens of high frequencies beside those of the low ones at the same time, mapped to one width. The released program
 * stretches the low tokens over the flattened grid instead, where they stand at other times than those they belong to.
 */
function lowBeside(
  scope: Scope,
  shape: PriorShape,
  given: NonNullable<PriorShape["given"]>,
): { readonly table: Table; joined(own: tf.Tensor, tokens: tf.Tensor2D, mode: Mode): tf.Tensor } {
  const { width, grid } = shape;
  const table = tableOf(scope, "tokens", given.codes, shape);
  const places = tf.tensor1d(nearestPlaces(grid, given.grid), "int32");
  scope.owns(() => places.dispose());
  const neighbours = neighbourhood(scope, shape);
  const joined = linear(scope.within("joined"), 2 * width, width);
  return {
    table,
    joined(own, tokens, mode) {
      const low = embedding(table, tf.gather(tokens, places, 1)); // [batch, tokens of high frequencies, width]
      return joined(tf.concat([own, neighbours(low, mode)], 2));
    },
  };
}

/** What each token has around it: a convolution of three, GELU, normalisation and one more. `[batch, time, width]` → the same */
function neighbourhood(scope: Scope, { width }: PriorShape): (x: tf.Tensor, mode: Mode) => tf.Tensor {
  const first = convolutionOfThree(scope.within("convolution1"), width);
  const norm = batchNorm(scope.within("norm"), width);
  const second = convolutionOfThree(scope.within("convolution2"), width);
  return (x, mode) => second(norm(gelu(first(x)), mode));
}

/** For each place of a grid, the place of another one that is nearest in band and time. */
export function nearestPlaces(grid: TokenGrid, other: TokenGrid): Int32Array {
  return Int32Array.from({ length: grid.count }, (_, place) => {
    const row = Math.floor((Math.floor(place / grid.columns) * other.rows) / grid.rows);
    const column = Math.floor(((place % grid.columns) * other.columns) / grid.columns);
    return row * other.columns + column;
  });
}

/** `[batch, time, width]` → the same */
function convolutionOfThree(scope: Scope, width: number): (x: tf.Tensor) => tf.Tensor {
  const draw = uniform(1 / Math.sqrt(3 * width));
  const weight = scope.parameter("weight", [3, width, width], draw) as tf.Tensor;
  const bias = scope.parameter("bias", [width], draw) as tf.Tensor;
  const motion = { stride: 1, dilation: 1, padding: [1, 1] } as const;
  return (x) => tf.add(conv1d(x as tf.Tensor3D, weight as tf.Tensor3D, motion), bias);
}
