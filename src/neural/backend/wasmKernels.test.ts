import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, test } from "vitest";
import { normalTensor } from "../ops/differentiable.ts";
import { openBackend } from "./backends.ts";

/** Values of tensors that a function makes of one of a shape, on a backend. */
async function valuesOn(
  backend: "cpu" | "wasm",
  shape: readonly number[],
  run: (x: tf.Tensor) => tf.Tensor[],
): Promise<Float32Array[]> {
  await openBackend(backend);
  return tf.tidy(() => run(normalTensor(shape, 1)).map((each) => Float32Array.from(each.dataSync())));
}

describe("kernels of wasm that are not tfjs's own", () => {
  beforeAll(() => openBackend("wasm"));

  const cuts: [number[], number[], number[]][] = [
    [[9], [2], [5]],
    [
      [4, 70],
      [1, 3],
      [2, 65],
    ],
    [
      [3, 5, 7],
      [1, 0, 2],
      [2, 5, 4],
    ],
    [
      [2, 3, 4, 5],
      [1, 1, 0, 2],
      [1, 2, 4, 3],
    ],
    [
      [2, 3, 2, 4, 2],
      [0, 1, 0, 1, 1],
      [2, 2, 1, 3, 1],
    ],
  ];

  test.each(cuts)("cut %j from %j for %j as plain JavaScript does", async (shape, begin, size) => {
    const cut = (x: tf.Tensor) => [tf.slice(x, begin, size)];
    expect(await valuesOn("wasm", shape, cut)).toEqual(await valuesOn("cpu", shape, cut));
  });

  test("split along any axis, evenly and unevenly", async () => {
    const split = (x: tf.Tensor) => [
      ...tf.split(x, 2, 0),
      ...tf.split(x, [1, 3, 2], 1),
      ...tf.split(x, 5, -1),
    ];
    expect(await valuesOn("wasm", [4, 6, 5], split)).toEqual(await valuesOn("cpu", [4, 6, 5], split));
  });

  test("a clone shares its numbers and outlives what it was made of", () => {
    const { numBytes } = tf.memory();
    const x = tf.tensor1d([1, 2, 3]);
    const [clone, same] = [tf.clone(x), tf.cast(x, "float32")];
    x.dispose();
    expect(Array.from(clone.dataSync())).toEqual([1, 2, 3]);
    const other = tf.add(clone, 1);
    clone.dispose();
    expect(Array.from(same.dataSync())).toEqual([1, 2, 3]);
    expect(Array.from(other.dataSync())).toEqual([2, 3, 4]);
    tf.dispose([same, other]);
    expect(tf.memory().numBytes).toBe(numBytes);
  });

  test("a cast to another type still casts", () => {
    const found = tf.tidy(() => tf.cast(tf.tensor1d([0, 1.5, -2]), "int32").dataSync());
    expect(Array.from(found)).toEqual([0, 1, -2]);
  });
});
