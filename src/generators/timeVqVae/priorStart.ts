import * as tf from "@tensorflow/tfjs-core";
import { type Initialiser, normal } from "../../neural/layers/initialisers.ts";
import type { Random } from "../../signal/random.ts";
import type { PriorStart } from "./configuration.ts";
import type { TokenGrid } from "./tokeniser.ts";

/** A row for each token. */
export type Table = tf.Variable & tf.Tensor2D;

interface Embedding {
  readonly width: number;
  /** Standard deviation of the first values. */
  readonly embeddingDeviation: number;
}

/** Where all codes have the same number. */
const smallest = 1e-12;

/** Of what is drawn for each code, beside what tells where it stands. */
const ownShare = 0.3;

/** Puts codes, each of their numbers scaled to deviate by 1, through a drawn matrix in the place of embeddings. */
export function embedCodes(
  table: Table,
  codes: tf.Tensor2D,
  { width, embeddingDeviation }: Embedding,
  random: Random,
) {
  tf.tidy(() => {
    const [count, codeWidth] = codes.shape;
    const { mean, variance } = tf.moments(codes, 0);
    const even = tf.div(tf.sub(codes, mean), tf.sqrt(tf.add(variance, smallest))) as tf.Tensor2D;
    const drawn = normal(embeddingDeviation / Math.sqrt(codeWidth))([codeWidth, width], random);
    const embedded = tf.matMul(even, tf.tensor2d(drawn, [codeWidth, width]));
    const [own, others] = tf.split(table, [count, table.shape[0] - count]);
    table.assign(tf.concat([tf.add(embedded, tf.mul(own, ownShare)), others]));
  });
}

/** First values of positions, `[1 + tokens, width]`: that of the class token, then those of all others. */
export const firstPositions = ({
  grid,
  embeddingDeviation,
  start,
}: Embedding & { readonly grid: TokenGrid; readonly start: PriorStart }): Initialiser =>
  start.positions === "drawn" ? normal(embeddingDeviation) : waves(grid, embeddingDeviation);

/**
 * Sines and cosines of a token's column, of periods from two columns to four times all of them, and numbers drawn for its row: two
 * tokens are turned against each other by their distance alone, wherever they stand. The class token has a row to itself.
 */
const waves =
  ({ columns }: TokenGrid, deviation: number): Initialiser =>
  ([places, width], random) => {
    const rows = Math.ceil((places - 1) / columns);
    const ofRows = normal(deviation)([rows + 1, width], random);
    const [shortest, longest] = [2, 4 * columns];
    const period = (pair: number) => shortest * (longest / shortest) ** (pair / Math.max(1, width / 2 - 1));
    const wave = (column: number, at: number) => {
      const angle = (2 * Math.PI * column) / period(Math.floor(at / 2));
      return Math.SQRT2 * deviation * (at % 2 === 0 ? Math.sin(angle) : Math.cos(angle));
    };
    return Float32Array.from({ length: places * width }, (_, index) => {
      const [place, at] = [Math.floor(index / width), index % width];
      if (place === 0) return ofRows[rows * width + at];
      const [row, column] = [Math.floor((place - 1) / columns), (place - 1) % columns];
      return ofRows[row * width + at] + wave(column, at);
    });
  };
