import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "../backend/registerGradients.ts";
import { beforeAll, expect, test } from "vitest";
import { withSpread } from "./batchSpread.ts";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

test("behind every beat stands the standard deviation of the crowd at each sample", () => {
  const beats = tf.tensor2d([
    [1, 0],
    [3, 0],
  ]);
  const crowd = tf.tensor2d([
    [1, 5],
    [2, 5],
    [6, 5],
  ]);
  const found = withSpread(beats, crowd).arraySync();
  // The mean of 1, 2 and 6 is 3; squares of what is left: 4, 1 and 9.
  const spread = Math.sqrt(14 / 3);
  expect(found.map((row) => row.slice(0, 2))).toEqual([
    [1, 0],
    [3, 0],
  ]);
  for (const row of found) {
    expect(row[2]).toBeCloseTo(spread, 5);
    expect(row[3]).toBeCloseTo(0, 3);
  }
});

test("beats that are all alike have a slope to grow apart by", () => {
  const same = tf.ones([4, 3]) as tf.Tensor2D;
  const spreadOf = (x: tf.Tensor) => tf.sum(withSpread(x as tf.Tensor2D, x as tf.Tensor2D));
  for (const slope of tf.grad(spreadOf)(same).dataSync()) expect(Number.isFinite(slope)).toBe(true);
});
