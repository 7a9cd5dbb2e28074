import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import "../backend/registerGradients.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { gradientErrors } from "../../testing/gradientCheck.ts";
import { relativeDifference } from "../backend/agreement.ts";
import { conv1d, conv1dTranspose } from "../ops/conv1d.ts";
import { normalTensor } from "../ops/differentiable.ts";
import { stridedConv1d, stridedConv1dTranspose } from "./stridedConvolution.ts";

/** Length, kernel, stride and zeros, as the networks have them and beyond. */
const motions = [
  [12, 4, 2, [1, 1]],
  [27, 4, 2, [1, 1]],
  [13, 4, 2, [1, 1]],
  [27, 3, 2, [1, 1]],
  [6, 5, 2, [0, 0]],
  [27, 5, 2, [2, 2]],
  [54, 5, 2, [1, 2]],
  [8, 2, 2, [0, 0]],
  [15, 4, 3, [0, 0]],
  [10, 1, 3, [0, 0]],
] as const;

type Op = (signal: tf.Tensor3D, filter: tf.Tensor3D) => tf.Tensor3D;

/** Value and both gradients. */
function results(op: Op, shapes: readonly (readonly number[])[]): Float32Array[] {
  return tf.tidy(() => {
    const [signal, filter] = shapes.map((shape, index) => normalTensor(shape, 1 + index));
    const value = op(signal as tf.Tensor3D, filter as tf.Tensor3D);
    const weights = normalTensor(value.shape, 9);
    const gradients = tf.grads((x, w) => tf.sum(tf.mul(op(x as tf.Tensor3D, w as tf.Tensor3D), weights)))([
      signal,
      filter,
    ]);
    return [value, ...gradients].map((tensor) => Float32Array.from(tensor.dataSync()));
  });
}

describe.each(["cpu", "wasm"])("on %s", (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });

  test.each(motions)(
    "%i samples, kernel %i, stride %i, zeros %j: as the general convolution",
    (...motion) => {
      const [length, kernel, stride, padding] = motion;
      const shape = { stride, padding };
      const count = Math.floor((length + padding[0] + padding[1] - kernel) / stride) + 1;
      const filter = [kernel, 3, 5];
      const general = { ...shape, dilation: 1 };
      const pairs: [Op, Op, number[]][] = [
        [(x, w) => stridedConv1d(x, w, shape), (x, w) => conv1d(x, w, general), [2, length, 3]],
        [
          (x, w) => stridedConv1dTranspose(x, w, length, shape),
          (x, w) => conv1dTranspose(x, w, length, general),
          [2, count, 5],
        ],
      ];
      for (const [own, reference, signal] of pairs) {
        const found = results(own, [signal, filter]);
        const expected = results(reference, [signal, filter]);
        expect(found.map((each) => each.length)).toEqual(expected.map((each) => each.length));
        expect(relativeDifference(expected, found)).toBeLessThan(1e-5);
      }
    },
  );
});

test("its gradient has a gradient", async () => {
  await tf.setBackend("cpu");
  const shape = { stride: 2, padding: [1, 1] } as const;
  const slopes = {
    name: "squared slopes",
    shapes: [
      [1, 6, 2],
      [4, 2, 3],
    ],
    open: () => ({
      run: (x: tf.Tensor, w: tf.Tensor) =>
        tf.square(
          tf.grad((y) => tf.sum(tf.square(stridedConv1d(y as tf.Tensor3D, w as tf.Tensor3D, shape))))(x),
        ),
    }),
  };
  for (const { relative } of gradientErrors(slopes)) expect(relative).toBeLessThan(5e-3);
});

test("windows that do not fit a length are refused", () => {
  const filter = normalTensor([4, 1, 1], 1) as tf.Tensor3D;
  const signal = normalTensor([1, 5, 1], 2) as tf.Tensor3D;
  expect(() => stridedConv1dTranspose(signal, filter, 20, { stride: 2, padding: [1, 1] })).toThrow(
    RangeError,
  );
});
