import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import "../../neural/backend/registerGradients.ts";
import { beforeAll, expect, test } from "vitest";
import { Scope } from "../../neural/layers/scope.ts";
import { Adam } from "../../neural/training/adam.ts";
import { softmaxCrossEntropy } from "../../neural/training/losses.ts";
import { createRandom } from "../../signal/random.ts";
import type { PriorStart } from "./configuration.ts";
import { maskedTokens } from "./maskSchedule.ts";
import { type Prior, type PriorShape, prior } from "./prior.ts";

beforeAll(() => tf.setBackend("wasm"));

test("tokens that are not hidden stay what they are, on every backend", async () => {
  for (const backend of ["cpu", "wasm"]) {
    await tf.setBackend(backend);
    const masks = tf.tensor2d([
      [1, 0],
      [0, 0],
    ]);
    const seen = maskedTokens(
      table([
        [3, 5],
        [7, 9],
      ]),
      masks,
      64,
    );
    expect(seen.dtype).toBe("int32");
    expect(seen.arraySync()).toEqual([
      [64, 5],
      [7, 9],
    ]);
  }
});

const shape: PriorShape = {
  width: 16,
  layers: 1,
  heads: 2,
  headWidth: 8,
  feedForward: 2,
  grid: { rows: 2, columns: 3, count: 6 },
  codes: 4,
  classes: 2,
  dropout: 0,
  embeddingDropout: 0,
  embeddingDeviation: 0.02,
  start: { embeddings: "drawn", positions: "drawn", seesNeighbours: false },
};
const masked = 4;
const mode = { training: true, random: createRandom(1) };
const asTrained = { training: false, random: createRandom(1) };
const table = (rows: number[][]) => tf.tensor2d(rows, [rows.length, rows[0].length], "int32");

/** Trains a prior to give these tokens of what it sees, then what it says is likeliest. */
function learned(
  own: PriorShape,
  given: tf.Tensor2D | null,
  wanted: number[][],
): { network: Prior; close(): void } {
  const scope = Scope.root(createRandom(2));
  const network = prior(scope, own);
  const adam = new Adam(
    scope.parameters.map(({ variable }) => variable),
    { learningRate: 0.02 },
  );
  const classes = tf.tensor1d([0, 1], "int32");
  const open = tf.fill([2, 6], masked, "int32") as tf.Tensor2D;
  const answers = tf.cast(tf.oneHot(tf.reshape(table(wanted), [12]), 4), "float32") as tf.Tensor2D;
  for (let step = 0; step < 120; step++) {
    const told = adam.minimise(() =>
      softmaxCrossEntropy(
        tf.reshape(network.logits(open, classes, given, mode), [12, 4]) as tf.Tensor2D,
        answers,
      ),
    );
    tf.dispose([told.loss, told.gradientNorm]);
  }
  return {
    network,
    close() {
      adam.dispose();
      scope.dispose();
    },
  };
}

const likeliest = (logits: tf.Tensor3D) => tf.argMax(logits, 2).arraySync() as number[][];

test("a prior tells classes apart, and leaves the mask out of its answers", () => {
  tf.engine().startScope();
  const wanted = [
    [0, 1, 2, 3, 0, 1],
    [3, 2, 1, 0, 3, 2],
  ];
  const { network, close } = learned(shape, null, wanted);
  const open = tf.fill([3, 6], masked, "int32") as tf.Tensor2D;
  const logits = network.logits(open, tf.tensor1d([1, 0, 2], "int32"), null, asTrained);
  expect(logits.shape).toEqual([3, 6, 4]);
  expect(likeliest(logits).slice(0, 2)).toEqual([wanted[1], wanted[0]]);
  // That of no class has a row of its own.
  const [second, first, none] = logits.arraySync();
  expect(none).not.toEqual(first);
  expect(none).not.toEqual(second);
  close();
  tf.engine().endScope();
});

test("a prior of high frequencies follows the low ones at the same time, in either row", () => {
  tf.engine().startScope();
  const own = { ...shape, given: { grid: { rows: 1, columns: 3, count: 3 }, codes: 4 } };
  const given = table([
    [0, 1, 2],
    [3, 3, 1],
  ]);
  const wanted = [
    [0, 1, 2, 0, 1, 2],
    [3, 3, 1, 3, 3, 1],
  ];
  const { network, close } = learned(own, given, wanted);
  const open = tf.fill([2, 6], masked, "int32") as tf.Tensor2D;
  // The classes exchanged: it is the low tokens that decide.
  const seen = network.logits(open, tf.tensor1d([0, 1], "int32"), tf.reverse(given, 0), mode);
  const follows = network.logits(open, tf.tensor1d([0, 1], "int32"), given, mode);
  expect(likeliest(follows)).toEqual(wanted);
  expect(seen.arraySync()).not.toEqual(follows.arraySync());
  close();
  tf.engine().endScope();
});

/**
 * How often a prior finds a hidden token late in a sequence, each the one before it and 1 more, when it has learned to find
 * those early in sequences alone.
 */
function foundLate(start: Partial<PriorStart>): number {
  const count = 12;
  const grid = { rows: 1, columns: count, count };
  const scope = Scope.root(createRandom(2));
  const network = prior(scope, {
    ...{ ...shape, grid, embeddingDeviation: 0.3 },
    start: { ...shape.start, ...start },
  });
  const adam = new Adam(
    scope.parameters.map(({ variable }) => variable),
    { learningRate: 0.01 },
  );
  const random = createRandom(3);
  const batch = 16;
  const asked = tf.zeros([batch], "int32") as tf.Tensor1D;
  const task = (first: number, last: number) => {
    const starts = Array.from({ length: batch }, () => random.integer(4));
    const hidden = starts.map(() => first + random.integer(last - first));
    const rows = starts.map((start, row) =>
      Array.from({ length: count }, (_, at) => (at === hidden[row] ? masked : (start + at) % 4)),
    );
    return { rows: table(rows), hidden, wanted: starts.map((start, row) => (start + hidden[row]) % 4) };
  };
  const answerAt = (logits: tf.Tensor3D, hidden: readonly number[]) =>
    tf.sum(
      tf.mul(logits, tf.expandDims(tf.oneHot(tf.tensor1d([...hidden], "int32"), count), 2)),
      1,
    ) as tf.Tensor2D;
  for (let step = 0; step < 150; step++) {
    tf.tidy(() => {
      const { rows, hidden, wanted } = task(1, 6);
      const answers = tf.cast(tf.oneHot(tf.tensor1d(wanted, "int32"), 4), "float32") as tf.Tensor2D;
      adam.minimise(() =>
        softmaxCrossEntropy(answerAt(network.logits(rows, asked, null, mode), hidden), answers),
      );
    });
  }
  const right = tf.tidy(() => {
    const { rows, hidden, wanted } = task(7, 11);
    const said = tf
      .argMax(answerAt(network.logits(rows, asked, null, asTrained), hidden), 1)
      .arraySync() as number[];
    return said.filter((token, row) => token === wanted[row]).length / batch;
  });
  tf.dispose(asked);
  adam.dispose();
  scope.dispose();
  return right;
}

test("what a prior of ten seconds learns of neighbours holds all along the signal", () => {
  const drawn = foundLate({});
  expect(drawn).toBeLessThan(0.4);
  expect(foundLate({ positions: "waves" })).toBeGreaterThan(drawn);
  expect(foundLate({ positions: "waves", seesNeighbours: true })).toBe(1);
});

test("embeddings that begin as codes are near each other where the codes are; that of the mask is another one", () => {
  tf.engine().startScope();
  const scope = Scope.root(createRandom(2));
  const start = { ...shape.start, embeddings: "codes" } as const;
  const own = { ...shape, width: 64, headWidth: 32, embeddingDeviation: 0.3, start };
  const network = prior(scope, own);
  const codes = tf.tensor2d([
    [1, -2, 3],
    [1.1, -2, 3],
    [-2, 1, 0],
    [0, 4, -2],
  ]);
  network.embedCodes(codes, codes, createRandom(4));
  const table = scope.parameters.find(({ name }) => name === "tokens")?.variable as tf.Tensor as tf.Tensor2D;
  const rows = table.arraySync();
  const apart = (one: number, other: number) =>
    Math.hypot(...rows[one].map((value, at) => value - rows[other][at]));
  expect(rows).toHaveLength(5);
  for (const [one, other] of [
    [0, 2],
    [0, 3],
    [2, 3],
    [0, 4],
  ]) {
    expect(apart(one, other)).toBeGreaterThan(2 * apart(0, 1));
  }
  const spread = Math.hypot(...rows.slice(0, 4).flat()) / Math.sqrt(4 * 64);
  expect(spread).toBeGreaterThan(0.2);
  expect(spread).toBeLessThan(0.4);
  scope.dispose();
  tf.engine().endScope();
});
