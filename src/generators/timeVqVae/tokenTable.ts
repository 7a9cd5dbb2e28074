import * as tf from "@tensorflow/tfjs-core";
import { rowsOf, type SignalPool } from "../../neural/adversarial/realBatches.ts";
import { createRandom } from "../../signal/random.ts";
import { type BandName, bandNames } from "./bandSplit.ts";
import type { TimeVqVaeModel } from "./model.ts";

/** Tokens of training signals. */
export interface TokenTable {
  /** @returns int32 `[rows, tokens]` of both parts */
  of(rows: readonly number[]): Readonly<Record<BandName, tf.Tensor2D>>;
  /** Finds all of them anew, since the tokeniser is another one. */
  forget(): void;
  dispose(): void;
}

/** The tokens of the rows of a pool, each found when it is first asked for: in the second stage the tokeniser stays as it is. */
export function tokenTable({ split, tokenisers }: TimeVqVaeModel, pool: SignalPool): TokenTable {
  const asTrained = { training: false, random: createRandom(0) };
  const counts = bandNames.map((band) => tokenisers[band].grid.count);
  const width = counts.reduce((sum, count) => sum + count);
  const found = tf.tidy(() => tf.variable(tf.zeros([pool.count, width], "int32"), false));
  const isKnown = new Uint8Array(pool.count);

  const find = (rows: readonly number[]) => {
    const signals = tf.tensor2d(rowsOf(pool, rows), [rows.length, pool.length]);
    const parts = split.split(signals);
    const tokens = tf.concat(
      bandNames.map((band) => tokenisers[band].tokens(parts[band].image, asTrained)),
      1,
    );
    found.assign(tf.tensorScatterUpdate(found, tf.tensor2d([...rows], [rows.length, 1], "int32"), tokens));
    for (const row of rows) isKnown[row] = 1;
  };
  return {
    of: (rows) =>
      tf.tidy(() => {
        const unknown = [...new Set(rows)].filter((row) => isKnown[row] === 0);
        if (unknown.length > 0) find(unknown);
        const tokens = tf.gather(found as tf.Tensor, tf.tensor1d([...rows], "int32"));
        const [low, high] = tf.split(tokens, counts, 1) as tf.Tensor2D[];
        return { low, high };
      }),
    forget: () => isKnown.fill(0),
    dispose: () => found.dispose(),
  };
}
