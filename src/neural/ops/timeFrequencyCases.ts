import * as tf from "@tensorflow/tfjs-core";
import { snake } from "./activations.ts";
import { conv2d, conv2dTranspose } from "./conv2d.ts";
import type { DifferentiableCase, OpenOperation } from "./differentiable.ts";
import { shortTimeFourier } from "./stft.ts";

const signal = (x: tf.Tensor) => x as tf.Tensor3D;
const image = (x: tf.Tensor) => x as tf.Tensor4D;

const plain = (run: OpenOperation["run"]) => (): OpenOperation => ({ run });

/** Differentiable operations on signals as pictures of bands over time. */
export const timeFrequencyCases: readonly DifferentiableCase[] = [
  {
    name: "conv2d, 3 bands × 4 samples, stride 2, edges repeated",
    shapes: [
      [1, 2, 6, 2],
      [3, 4, 2, 2],
    ],
    open: plain((x, w) => conv2d(image(x), image(w), { stride: 2, padding: [1, 1], border: "replicate" })),
  },
  {
    name: "conv2d, 3 × 3",
    shapes: [
      [1, 3, 4, 2],
      [3, 3, 2, 2],
    ],
    open: plain((x, w) => conv2d(image(x), image(w), { stride: 1, padding: [1, 1] })),
  },
  {
    name: "conv2dTranspose, 3 bands × 4 samples, stride 2",
    shapes: [
      [1, 2, 3, 2],
      [3, 4, 2, 2],
    ],
    open: plain((x, w) => conv2dTranspose(image(x), image(w), 6, { stride: 2, padding: [1, 1] })),
  },
  {
    name: "snake",
    shapes: [[2, 3, 4], [4]],
    // Frequencies around 1: near 0 the division loses all digits.
    open: plain((x, a) => snake(x, tf.add(tf.mul(a, 0.2), 1) as tf.Tensor1D)),
  },
  {
    name: "short-time Fourier transform",
    shapes: [[2, 12]],
    open: () => {
      const { transform, dispose } = shortTimeFourier(12, 4, 2);
      return {
        run: (x) => {
          const { real, imaginary } = transform(x as tf.Tensor2D);
          return tf.concat([real, imaginary], 2);
        },
        dispose,
      };
    },
  },
  {
    name: "short-time Fourier transform of a mirrored signal",
    shapes: [[2, 12]],
    open: () => {
      const { transform, dispose } = shortTimeFourier(12, 4, 1, { border: "mirror", scale: 0.5 });
      return {
        run: (x) => {
          const { real, imaginary } = transform(x as tf.Tensor2D);
          return tf.concat([real, imaginary], 2);
        },
        dispose,
      };
    },
  },
  {
    name: "inverse short-time Fourier transform",
    shapes: [
      [2, 7, 3],
      [2, 7, 3],
    ],
    open: () => {
      const { inverse, dispose } = shortTimeFourier(12, 4, 2);
      return { run: (real, imaginary) => inverse(signal(real), signal(imaginary)), dispose };
    },
  },
];
