import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "./backend/registerGradients.ts";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createRandom } from "../signal/random.ts";
import { Scope } from "./layers/scope.ts";
import { normalTensor } from "./ops/differentiable.ts";
import { type QuantiserOptions, VectorQuantiser } from "./vectorQuantiser.ts";

beforeAll(() => tf.setBackend("cpu"));

let scope: Scope;
let before: number;
beforeEach(() => {
  before = tf.memory().numTensors;
  tf.engine().startScope();
  scope = Scope.root(createRandom(1));
});
afterEach(() => {
  scope.dispose();
  tf.engine().endScope();
  expect(tf.memory().numTensors).toBe(before);
});

const quantiserOf = (options: Partial<QuantiserOptions> = {}) =>
  new VectorQuantiser(scope, { codes: 2, width: 2, decay: 0.5, reviveBelow: 0, ...options });

/** Sets or reads a buffer. */
const buffer = (name: string) => scope.buffers.find((each) => each.name === name)?.variable as tf.Variable;
const put = (name: string, values: number[] | number[][]) =>
  tf.tidy(() => buffer(name).assign(tf.tensor(values)));
const codes = () => buffer("codebook").arraySync() as number[][];

/** A codebook at two points, each with one vector in its past. */
function atTwoPoints(options: Partial<QuantiserOptions> = {}): VectorQuantiser {
  const quantiser = quantiserOf(options);
  for (const name of ["codebook", "sums"]) {
    put(name, [
      [0, 0],
      [4, 0],
    ]);
  }
  return quantiser;
}

describe("quantising", () => {
  test("takes the nearest code, and the squared distances are the commitment", () => {
    const { value, tokens, commitment } = atTwoPoints().quantise(
      tf.tensor2d([
        [1, 0],
        [3, 1],
        [5, 0],
      ]),
    );
    expect(Array.from(tokens.dataSync())).toEqual([0, 1, 1]);
    expect(value.arraySync()).toEqual([
      [0, 0],
      [4, 0],
      [4, 0],
    ]);
    // (1 + (1 + 1) + 1) / 6
    expect(commitment.dataSync()[0]).toBeCloseTo(4 / 6, 6);
  });

  test("gives the gradient with respect to its value straight on to the vectors", () => {
    const quantiser = quantiserOf({ codes: 7, width: 3 });
    const vectors = normalTensor([5, 3], 2) as tf.Tensor2D;
    const loss = (given: tf.Tensor) => tf.sum(tf.pow(tf.add(given, 0.3), 3)) as tf.Scalar;
    const through = tf.grad((given) => loss(quantiser.quantise(given as tf.Tensor2D).value))(vectors);
    const atValue = tf.grad(loss)(quantiser.quantise(vectors).value);
    expect(through.arraySync()).toEqual(atValue.arraySync());
    expect(through.arraySync()).not.toEqual(tf.grad(loss)(vectors).arraySync());
  });

  test("draws vectors to codes that stand still by the commitment: 2 (z − e) / rows / width", () => {
    const vectors = tf.tensor2d([[1, 0.5]]);
    const gradient = tf.grad((given) => atTwoPoints().quantise(given as tf.Tensor2D).commitment)(vectors);
    expect(gradient.arraySync()).toEqual([[1, 0.5]]);
  });
});

describe("updates", () => {
  test("are those of a worked example", () => {
    const quantiser = atTwoPoints();
    // To code 0 one vector, to code 1 three; γ = 0.5 with past counts of 1 and sums (0, 0), (4, 0).
    quantiser.update(
      tf.tensor2d([
        [1, 1],
        [3, 0],
        [5, 0],
        [4, 3],
      ]),
      createRandom(1),
    );
    // N = (1, 2), m = (0.5, 0.5), (8, 1.5); Ñ differs from N by less than ε.
    expect(Array.from(buffer("counts").dataSync())).toEqual([1, 2]);
    expect(buffer("sums").arraySync()).toEqual([
      [0.5, 0.5],
      [8, 1.5],
    ]);
    const [first, second] = codes();
    const smoothed = (count: number) => ((count + 1e-5) / (3 + 2e-5)) * 3;
    first.forEach((value) => {
      expect(value).toBeCloseTo(0.5 / smoothed(1), 6);
    });
    expect(second[0]).toBeCloseTo(8 / smoothed(2), 5);
    expect(second[1]).toBeCloseTo(1.5 / smoothed(2), 6);
  });

  test("bring codes to the means of vectors that stay the same", () => {
    const quantiser = atTwoPoints({ decay: 0.8 });
    const vectors = tf.tensor2d([
      [0, 1],
      [1, 0],
      [5, 2],
      [6, 2],
      [7, 5],
    ]);
    for (let step = 0; step < 80; step++) quantiser.update(vectors, createRandom(step));
    const [first, second] = codes();
    for (const [found, mean] of [
      [first, [0.5, 0.5]],
      [second, [6, 3]],
    ]) {
      found.forEach((value, at) => {
        expect(value).toBeCloseTo(mean[at], 4);
      });
    }
  });

  test("put a code that stands for nothing where vectors are, and then it is used", () => {
    const quantiser = atTwoPoints({ reviveBelow: 0.9, decay: 0.5 });
    put("codebook", [
      [0, 0],
      [100, 0],
    ]);
    const vectors = tf.tensor2d([
      [-1, 0],
      [1, 0],
    ]);
    quantiser.update(vectors, createRandom(3));
    expect([-1, 1]).toContain(codes()[1][0]);
    expect(buffer("counts").arraySync()).toEqual([1.5, expect.closeTo(0.9, 6)]);
    expect(Array.from(quantiser.nearest(vectors).dataSync())).toContain(1);
    // Without revival it stays unused.
    const still = new VectorQuantiser(scope.within("still"), {
      codes: 2,
      width: 2,
      decay: 0.5,
      reviveBelow: 0,
    });
    for (const name of ["still.codebook", "still.sums"]) {
      put(name, [
        [0, 0],
        [100, 0],
      ]);
    }
    still.update(vectors, createRandom(3));
    expect(Array.from(still.nearest(vectors).dataSync())).toEqual([0, 0]);
  });

  test("depend on the buffers and the random numbers alone", () => {
    const vectors = normalTensor([20, 3], 4) as tf.Tensor2D;
    const options = { codes: 6, width: 3, decay: 0.9, reviveBelow: 1 };
    const [whole, resumed] = ["whole", "resumed"].map(
      (name) => new VectorQuantiser(scope.within(name), options),
    );
    whole.update(vectors, createRandom(5));
    for (const name of ["codebook", "counts", "sums"]) {
      tf.tidy(() => buffer(`resumed.${name}`).assign(tf.clone(buffer(`whole.${name}`) as tf.Tensor)));
    }
    for (const each of [whole, resumed]) each.update(vectors, createRandom(6));
    for (const name of ["codebook", "counts", "sums"]) {
      expect(buffer(`resumed.${name}`).arraySync()).toEqual(buffer(`whole.${name}`).arraySync());
    }
  });
});

describe("k-means", () => {
  /** Twelve vectors in three heaps of 2, 4 and 6. */
  const heaps = () => {
    const middles = [[0, 0], [0, 0], ...Array(4).fill([10, 0]), ...Array(6).fill([0, 10])] as number[][];
    return tf.add(tf.tensor2d(middles), tf.mul(normalTensor([12, 2], 7), 0.1)) as tf.Tensor2D;
  };

  test("finds heaps of vectors, with counts a batch and sums to match", () => {
    const quantiser = quantiserOf({ codes: 3 });
    // One of the seeds that begin in three heaps: k-means finds the nearest solution, not the best.
    quantiser.initialise(heaps(), 2, createRandom(4));
    const found = codes().map(([x, y]) => [Math.round(x), Math.round(y)].join());
    expect([...found].sort()).toEqual(["0,0", "0,10", "10,0"]);
    const counts = buffer("counts").arraySync() as number[];
    const expected: Record<string, number> = { "0,0": 1, "10,0": 2, "0,10": 3 };
    expect(counts).toEqual(found.map((middle) => expected[middle]));
    const sums = buffer("sums").arraySync() as number[][];
    codes().forEach((code, row) => {
      expect(sums[row][0]).toBeCloseTo(code[0] * counts[row], 4);
    });
    // exp of the entropy of 1/6, 2/6, 3/6
    const entropy = -[1 / 6, 2 / 6, 3 / 6].reduce((sum, share) => sum + share * Math.log(share), 0);
    expect(quantiser.perplexity().dataSync()[0]).toBeCloseTo(Math.exp(entropy), 4);
  });

  test("gives every code a place where vectors are fewer than codes", () => {
    const quantiser = quantiserOf({ codes: 5 });
    quantiser.initialise(
      tf.tensor2d([
        [1, 2],
        [3, 4],
      ]),
      1,
      createRandom(1),
    );
    for (const [x, y] of codes()) expect(["1,2", "3,4"]).toContain(`${x},${y}`);
    expect(Math.min(...(buffer("counts").arraySync() as number[]))).toBeGreaterThan(0);
  });
});
