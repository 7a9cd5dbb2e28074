import * as tf from "@tensorflow/tfjs-core";
import { samePadding } from "../neural/ops/windows.ts";
import {
  batchNorm,
  convolution,
  dense,
  type StockContext,
  type StockLayer,
  transposedConvolution,
} from "./stockLayers.ts";

/** Both networks of a generator as they are written with tfjs's own operations. */
export interface StockPair {
  /** `[batch, latentSize]` → the generator's output */
  generator(context: StockContext): StockLayer;
  /** `[batch, 216]` → logits `[batch, 1]` */
  discriminator(context: StockContext): StockLayer;
}

const [latentSize, beatLength] = [100, 216];

const leaky: StockLayer = (x) => tf.leakyRelu(x, 0.2);

const inTurn =
  (layers: readonly StockLayer[]): StockLayer =>
  (x) =>
    layers.reduce((y, layer) => layer(y), x);

/** One hidden layer of 128 each. */
export const densePair: StockPair = {
  generator: (context) => {
    const [first, last] = [dense(context, latentSize, 128), dense(context, 128, beatLength)];
    return (x) => last(tf.relu(first(x)));
  },
  discriminator: (context) => {
    const [first, last] = [dense(context, beatLength, 128), dense(context, 128, 1)];
    return (x) => last(tf.relu(first(x)));
  },
};

/** Channels over the width, kernel, stride, zeros on both sides and length of SimGAN's first six layers. */
const spreading = [
  [32, 4, 1, 0, 4],
  [16, 4, 1, 0, 7],
  [8, 4, 2, 1, 14],
  [4, 3, 2, 1, 27],
  [2, 4, 2, 1, 54],
  [1, 4, 2, 1, 108],
] as const;

/** Seven transposed convolutions against six convolutions. */
export function convolutionalPair(width: number, hasBias: boolean, latents = latentSize): StockPair {
  const narrowing = { kernel: 4, stride: 2, padding: [1, 1] } as const;
  return {
    generator: (context) => {
      let inputs = latents;
      const layers = spreading.map(([multiple, kernel, stride, zeros, length]): StockLayer => {
        const [from, outputs] = [inputs, multiple * width];
        inputs = outputs;
        const motion = { kernel, stride, padding: [zeros, zeros], hasBias } as const;
        const spread = transposedConvolution(context, from, outputs, length, motion);
        return inTurn([spread, batchNorm(context, outputs), tf.relu]);
      });
      const last = transposedConvolution(context, inputs, 1, beatLength, { ...narrowing, hasBias });
      return (x) => tf.squeeze(inTurn([...layers, last])(tf.expandDims(x, 1)), [2]);
    },
    discriminator: (context) => {
      let inputs = 1;
      const layers = [1, 2, 4, 8, 16].map((multiple): StockLayer => {
        const [from, outputs] = [inputs, multiple * width];
        inputs = outputs;
        const convolve = convolution(context, from, outputs, narrowing);
        return inTurn(from === 1 ? [convolve, leaky] : [convolve, batchNorm(context, outputs), leaky]);
      });
      const last = convolution(context, inputs, 1, { kernel: 5, stride: 2, padding: [0, 0] });
      return (x) => tf.reshape(inTurn([...layers, last])(tf.expandDims(x, 2)), [-1, 1]);
    },
  };
}

/** Linear, three transposed convolutions of 5 and linear against four convolutions of 5 and linear. */
export function threeBeatPair(width: number): StockPair {
  const motionTo = (length: number) => ({ kernel: 5, stride: 2, padding: samePadding(length, 5, 2) });
  return {
    generator: (context) => {
      let inputs = 4 * width;
      const open = dense(context, latentSize, 27 * inputs);
      const openNorm = batchNorm(context, inputs);
      const layers = [54, 108, 216].map((length): StockLayer => {
        const from = inputs;
        inputs = from / 2;
        const motion = { ...motionTo(length), hasBias: true };
        const spread = transposedConvolution(context, from, inputs, length, motion);
        return inTurn([spread, batchNorm(context, inputs), tf.relu]);
      });
      const close = dense(context, beatLength * inputs, 3 * beatLength);
      return (x) => {
        const opened = tf.relu(openNorm(tf.reshape(open(x), [-1, 27, 4 * width])));
        return close(tf.reshape(inTurn(layers)(opened), [x.shape[0], -1]));
      };
    },
    discriminator: (context) => {
      let [inputs, length] = [1, beatLength];
      const layers = [1, 2, 4, 8].map((multiple): StockLayer => {
        const [from, outputs] = [inputs, multiple * width];
        const convolve = convolution(context, from, outputs, motionTo(length));
        [inputs, length] = [outputs, Math.ceil(length / 2)];
        return inTurn(from === 1 ? [convolve, leaky] : [convolve, batchNorm(context, outputs), leaky]);
      });
      const last = dense(context, length * inputs, 1);
      return (x) => last(tf.reshape(inTurn(layers)(tf.expandDims(x, 2)), [x.shape[0], -1]));
    },
  };
}
